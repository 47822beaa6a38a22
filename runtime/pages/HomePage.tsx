/** The first page of the day: what to create, what is mine, what moved. Drawn from the navigation of the model alone. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import { useFewRecords } from '../api/records.ts';
import { useCreate } from '../app/create-context.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { useCreatableTables, useHomeDashboard, useNavigationTables } from '../app/navigation.ts';
import { recordPagePath, tablePath } from '../app/paths.ts';
import { isSystemOwner, useApp } from '../app/session.tsx';
import { formatCount, formatRelative } from '../fields/format.ts';
import { titleOf } from '../model/titles.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ModelIcon } from '../ui/ModelIcon.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { HomeWork } from './HomeWork.tsx';

const FirstChoice = lazy(() => import('./FirstChoice.tsx').then((module) => ({ default: module.FirstChoice })));
const Workbench = lazy(() => import('../dashboards/Workbench.tsx').then((module) => ({ default: module.Workbench })));

const CARDS = 6;
const OWN = { '==': [{ var: 'owner' }, { var: '$me' }] };

function greetingKey(hour: number): 'home.morning' | 'home.noon' | 'home.evening' {
  return hour < 12 ? 'home.morning' : hour < 18 ? 'home.noon' : 'home.evening';
}

function Counter({ table }: { table: TableModel }) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const all = useFewRecords(table.name, { limit: 1, count: true, fields: [table.titleField] });
  const own = useFewRecords(table.name, { limit: 1, count: true, fields: [table.titleField], filter: OWN });
  const text = (count: { value: number; capped: boolean } | undefined) => (count ? formatCount(count, locale) : '–');
  return (
    <Link to={tablePath(table.name)} className="home-counter">
      <span className="home-counter-name">
        <ModelIcon name={table.icon} label={label(table.pluralLabel)} /> {label(table.pluralLabel)}
      </span>
      <strong>{text(all.data?.count)}</strong>
      <span className="quiet">
        {t('home.own')} {text(own.data?.count)}
      </span>
    </Link>
  );
}

function RecentCard({ table }: { table: TableModel }) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const query = { limit: 6, sort: ['-updated_at'], fields: [table.titleField, 'updated_at'] };
  const own = useFewRecords(table.name, { ...query, filter: OWN });
  // Who owns nothing (a manager, an administrator) sees what moved lately instead of an empty card.
  const nothingOwn = own.data?.data.length === 0;
  const all = useFewRecords(table.name, query, nothingOwn);
  const recent = nothingOwn ? all : own;
  return (
    <section className="home-card">
      <header>
        <h2>{nothingOwn ? label(table.pluralLabel) : t('home.mine', { table: label(table.pluralLabel) })}</h2>
        {nothingOwn ? <span className="quiet">{t('home.recent')}</span> : null}
        <Link to={tablePath(table.name)}>{t('home.seeAll')}</Link>
      </header>
      {recent.isPending ? <RowsSkeleton rows={6} columns={2} height={36} /> : null}
      {recent.isError && !recent.data ? <ErrorState error={recent.error} onRetry={() => void recent.refetch()} /> : null}
      {recent.data?.data.length === 0 ? <EmptyState small title={t('home.empty')} /> : null}
      {recent.data && recent.data.data.length > 0 ? (
        <ul className="home-list">
          {recent.data.data.map((record) => (
            <li key={record.id}>
              <Link to={recordPagePath(table.name, record.id)}>
                <span className="ellipsis">{titleOf(table, record, recent.data.included) || t('field.noTitle')}</span>
                <time className="quiet">{typeof record.updated_at === 'string' ? formatRelative(record.updated_at, locale) : ''}</time>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

export function HomePage() {
  const { t } = useTranslation();
  const label = useLabel();
  const app = useApp();
  const { user } = app;
  const workbench = useHomeDashboard();
  const create = useCreate();
  const phone = usePhone();
  const tables = useNavigationTables().filter((table) => !table.builtIn);
  const creatable = useCreatableTables().filter((table) => !table.builtIn);
  if (tables.length === 0) {
    return (
      <div className="page-center">
        <EmptyState title={t('app.noTables')} hint={t('app.noTablesHint')} />
      </div>
    );
  }
  return (
    <div className="page">
      <PageHead title={t(greetingKey(new Date().getHours()), { name: user.name })} />
      <div className={workbench ? 'page-body home-workbench' : 'page-body home'}>
        {app.definitionsVersion === 1 && isSystemOwner(app) ? (
          <Suspense fallback={null}>
            <FirstChoice />
          </Suspense>
        ) : null}
        {creatable.length > 0 && !phone ? (
          <section aria-label={t('home.quick')} className="home-quick">
            {creatable.slice(0, CARDS).map((table) => (
              <Button key={table.name} icon={<PlusOutlined aria-hidden="true" />} onClick={() => create({ table: table.name })}>
                {label(table.label)}
              </Button>
            ))}
          </section>
        ) : null}
        {workbench ? (
          <Suspense fallback={<RowsSkeleton rows={8} columns={4} />}>
            <Workbench dashboard={workbench} />
          </Suspense>
        ) : (
          <HomeOfTables tables={tables} />
        )}
      </div>
    </div>
  );
}

/** Without a workbench: the views that the app names, how much there is, and what moved. */
function HomeOfTables({ tables }: { tables: readonly TableModel[] }) {
  const { t } = useTranslation();
  return (
    <>
        <HomeWork />
        <section aria-label={t('home.counts')} className="home-counters">
          {tables.slice(0, CARDS).map((table) => (
            <Counter key={table.name} table={table} />
          ))}
        </section>
        <div className="home-cards">
          {tables.slice(0, CARDS).map((table) => (
            <RecentCard key={table.name} table={table} />
          ))}
        </div>
    </>
  );
}
