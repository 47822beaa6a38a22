import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly action?: ReactNode;
  readonly small?: boolean;
}

function Drawing() {
  return (
    <svg width="72" height="56" viewBox="0 0 72 56" fill="none" aria-hidden="true" className="empty-drawing">
      <rect x="8" y="10" width="48" height="36" rx="6" className="empty-drawing-back" />
      <rect x="16" y="4" width="48" height="36" rx="6" className="empty-drawing-front" />
      <path d="M24 15h18M24 23h30M24 31h12" className="empty-drawing-lines" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  );
}

/** One sentence, one action. */
export function EmptyState({ title, hint, action, small }: EmptyStateProps) {
  return (
    <div className={small ? 'empty empty-small' : 'empty'}>
      {small ? null : <Drawing />}
      <p className="empty-title">{title}</p>
      {hint ? <p className="empty-hint">{hint}</p> : null}
      {action ? <div className="empty-action">{action}</div> : null}
    </div>
  );
}
