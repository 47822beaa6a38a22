import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { EmptyState } from '../ui/EmptyState.tsx';

/** A part that could not be fetched means that a newer version was deployed since this page was opened. */
function isMissingChunk(error: unknown): boolean {
  return error instanceof TypeError && /import|module/i.test(error.message);
}

export function CrashPage() {
  const { t } = useTranslation();
  const outdated = isMissingChunk(useRouteError());
  return (
    <div className="page-center" role="alert">
      <EmptyState
        title={outdated ? t('error.chunk') : t('error.crashed')}
        hint={outdated ? t('error.chunkHint') : t('error.crashedHint')}
        action={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t('app.reload')}
          </Button>
        }
      />
    </div>
  );
}
