import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../ui/EmptyState.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <div className="page-center">
      <EmptyState
        title={t('error.notFound')}
        hint={t('error.notFoundHint')}
        action={
          <Link to="/">
            <Button>{t('error.home')}</Button>
          </Link>
        }
      />
    </div>
  );
}
