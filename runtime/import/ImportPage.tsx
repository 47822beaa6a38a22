/** The import wizard. The draft lives on the server: the address holds its id, so closing the tab loses nothing. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import { type Automations, cancelImport, changeImport, type DraftChanges, importKeys, type ImportStatus, runImport, useImport } from '../api/imports.ts';
import { refreshTable } from '../api/records.ts';
import { useLabel } from '../app/i18n/index.ts';
import { tablePath } from '../app/paths.ts';
import { useTable } from '../app/session.tsx';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { ErrorState, useErrorText } from '../ui/ErrorState.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { useToast } from '../ui/toast.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { AutomationChoice } from './AutomationChoice.tsx';
import { ImportHistory } from './ImportHistory.tsx';
import { ImportProgress } from './ImportProgress.tsx';
import { ImportReport } from './ImportReport.tsx';
import { MatchColumns } from './MatchColumns.tsx';
import { Preview } from './Preview.tsx';
import { UploadStep } from './UploadStep.tsx';
import './import.css';

export function ImportPage() {
  const { table: name = '' } = useParams();
  const { table, access } = useTable(name);
  if (!table || !access.import) return <NotFoundPage />;
  return <Wizard key={table.name} table={table} />;
}

function Wizard({ table }: { table: TableModel }) {
  const { t } = useTranslation();
  const label = useLabel();
  const phone = usePhone();
  const toast = useToast();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const id = params.get('import') ?? undefined;
  const status = useImport(id);
  const [checking, setChecking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [automations, setAutomations] = useState<Automations>('none');

  const put = (change: (old: ImportStatus) => ImportStatus) => id && client.setQueryData<ImportStatus>(importKeys.one(id), (old) => old && change(old));
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  const begin = (next: ImportStatus) => {
    client.setQueryData<ImportStatus>(importKeys.one(next.draft.id), next);
    setChecking(false);
    setParams({ import: next.draft.id });
  };
  const leave = () => {
    setChecking(false);
    setAutomations('none');
    setParams({});
    void client.invalidateQueries({ queryKey: importKeys.history(table.name) });
  };
  const change = (changes: DraftChanges) =>
    attempt(async () => {
      const draft = await changeImport(id ?? '', changes);
      put((old) => ({ draft, run: old.run?.dryRun ? null : old.run }));
    });
  const start = (dryRun: boolean) =>
    attempt(async () => {
      const run = await runImport(id ?? '', dryRun, automations);
      put((old) => ({ ...old, run }));
      await client.invalidateQueries({ queryKey: importKeys.one(id ?? '') });
    });

  const run = status.data?.run ?? null;
  const real = run !== null && !run.dryRun;
  const step = id === undefined ? 0 : real ? 3 : checking || run !== null ? 2 : 1;

  const content = () => {
    if (id === undefined) {
      return (
        <>
          <UploadStep table={table} onUploaded={(draft) => begin({ draft, run: null })} />
          <ImportHistory table={table} onOpen={(chosen) => setParams({ import: chosen })} />
        </>
      );
    }
    if (status.isPending) return <BlockSkeleton />;
    if (!status.data) return <ErrorState error={status.error} onRetry={() => void status.refetch()} />;
    const { draft } = status.data;
    if (run?.state === 'running') {
      return <ImportProgress run={run} onCancel={() => void attempt(async () => void (await cancelImport(id)))} />;
    }
    if (run && real) return <ImportReport table={table} draft={draft} run={run} onAgain={leave} onUndone={() => { refreshTable(table.name); void status.refetch(); }} />;
    if (step === 1) return <MatchColumns table={table} draft={draft} busy={busy} onChange={change} onNext={() => setChecking(true)} onOther={leave} />;
    return (
      <>
        {run ? <ImportReport table={table} draft={draft} run={run} onAgain={leave} onUndone={() => undefined} /> : null}
        <Preview draft={draft} />
        <AutomationChoice id={id} value={automations} onChange={setAutomations} />
        <div className="import-foot">
          <Button
            onClick={() => {
              setChecking(false);
              put((old) => ({ ...old, run: null }));
            }}
          >
            {t('action.back')}
          </Button>
          <Button loading={busy} onClick={() => void start(true)}>
            {t('import.dryRun')}
          </Button>
          <Button type="primary" loading={busy} onClick={() => void start(false)}>
            {t('import.run')}
          </Button>
        </div>
      </>
    );
  };

  return (
    <div className="page">
      <PageHead title={t('import.title', { table: label(table.pluralLabel) })} back={tablePath(table.name)} />
      <div className="page-body import-page">
        <Steps
          className="import-steps"
          size="small"
          current={step}
          orientation="horizontal"
          responsive={false}
          items={[t('import.upload'), t('import.match'), t('import.check'), t('import.result')].map((title, index) => ({ title: phone && index !== step ? '' : title }))}
        />
        {content()}
      </div>
    </div>
  );
}
