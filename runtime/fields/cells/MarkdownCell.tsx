import { lazy, Suspense } from 'react';
import type { CellProps } from '../field-components.ts';

const Markdown = lazy(() => import('../../ui/Markdown.tsx').then((module) => ({ default: module.Markdown })));

/** A list shows the words without their marks. */
function plainWords(markdown: string): string {
  return markdown.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[#*_`>~|]+/g, '').replace(/\s+/g, ' ').trim();
}

export function MarkdownCell({ value, room }: CellProps) {
  const text = String(value);
  if (room === 'line') return <span className="ellipsis">{plainWords(text)}</span>;
  return (
    <Suspense fallback={<span className="pre-line">{text}</span>}>
      <Markdown text={text} />
    </Suspense>
  );
}
