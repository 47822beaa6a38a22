import { ArrowLeftOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { IconButton } from './IconButton.tsx';

interface PageHeadProps {
  readonly title: string;
  readonly extra?: ReactNode;
  /** Where the arrow leads; absent, there is none. */
  readonly back?: string;
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Relata` : 'Relata';
  }, [title]);
}

export function PageHead({ title, extra, back }: PageHeadProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useDocumentTitle(title);
  return (
    <header className="page-head">
      {back ? <IconButton label={t('action.back')} icon={<ArrowLeftOutlined aria-hidden="true" />} onClick={() => void navigate(back)} /> : null}
      <h1>{title}</h1>
      {extra ? <div className="page-extra">{extra}</div> : null}
    </header>
  );
}
