/** Formatted text, kept as Markdown: no HTML is stored, so none has to be cleaned. */
import { longText } from './long-text.ts';
import type { FieldType } from './field-type.ts';

/** The words of a Markdown text, for search and for one-line previews. */
export function plainOfMarkdown(markdown: string): string {
  return markdown
    .replace(/!?\[([^[\]]{0,500})\]\([^()]{0,2000}\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replace(/[*_`~]{1,3}/g, '');
}

export const richText: FieldType = {
  ...longText,
  label: { 'zh-CN': '富文本', en: 'Rich text' },
  searchText: (value) => (typeof value === 'string' ? plainOfMarkdown(value) : ''),
  examples: { ...longText.examples, valid: ['# 需求\n\n- **样品** 已寄出', 'plain'] },
};
