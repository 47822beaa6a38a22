import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.ts';
import { EmptyState } from './EmptyState.tsx';

/** What to tell a person about anything that was thrown. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => (isProblem(error) ? error.detail || error.title || t('error.unknown') : t('error.unknown'));
}

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** Fills the page instead of its place. */
  readonly page?: boolean;
  /** The way out when there is nothing to try again. */
  readonly way?: ReactNode;
}

export function ErrorState({ error, onRetry, page, way }: ErrorStateProps) {
  const { t } = useTranslation();
  const text = useErrorText();
  const gone = isProblem(error, 404);
  return (
    <div role="alert" className={page ? 'page-center' : undefined}>
      <EmptyState
        title={gone ? t('error.recordGone') : t('error.loadFailed')}
        hint={gone ? t('error.recordGoneHint') : text(error)}
        action={onRetry && !gone ? <Button onClick={onRetry}>{t('action.retry')}</Button> : (way ?? null)}
      />
    </div>
  );
}
