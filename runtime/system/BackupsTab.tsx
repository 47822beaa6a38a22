/** Backups: made, proved, drilled, fetched, restored. */
import { CheckCircleFilled, CloudDownloadOutlined, ExclamationCircleFilled, SaveOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Progress } from 'antd';
import { useState } from 'react';
import { type BackupEntry, type Backups, BACKUPS_KEY, backupUrl, cancelBackup, drillBackup, makeBackup, useBackups } from '../api/system.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment, formatNumber } from '../fields/format.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { useToast } from '../ui/toast.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import { useSystemTexts } from './texts.ts';

const MEGABYTE = 1_048_576;

export function BackupsTab() {
  const texts = useSystemTexts();
  const locale = useLocale();
  const toast = useToast();
  const errorText = useErrorText();
  const client = useQueryClient();
  const { timeZone } = useApp().model.settings;
  const found = useBackups();
  const [restored, setRestored] = useState<BackupEntry | null>(null);
  const act = (work: () => Promise<Backups>) => void work().then((answer) => client.setQueryData(BACKUPS_KEY, answer), (error: unknown) => toast({ kind: 'error', text: errorText(error) }));
  if (found.isPending) return <RowsSkeleton rows={6} columns={4} />;
  if (!found.data) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const { running, failed, restorable, folder, next } = found.data;
  // One that is being made is none yet.
  const data = found.data.data.filter(({ name, rows }) => name !== running?.name || rows > 0);
  const number = (value: number) => formatNumber(value, locale);
  const start = (
    <Button type="primary" icon={<SaveOutlined aria-hidden="true" />} disabled={running !== null} onClick={() => act(makeBackup)}>
      {texts.backUpNow}
    </Button>
  );
  return (
    <>
      <p className="quiet">{texts.backupHint}</p>
      <dl className="system-facts">
        <dt>{texts.folder}</dt><dd>{folder}</dd>
        <dt>{texts.next}</dt><dd className="tabular">{formatMoment(next, locale, timeZone)}</dd>
      </dl>
      {failed ? <Alert type="error" showIcon title={failed} /> : null}
      {running ? (
        <div aria-live="polite" className="system-progress">
          <p>{running.step === 'writing' ? texts.writing : texts.verifying}</p>
          <Progress percent={running.total > 0 ? Math.floor((running.done / running.total) * 100) : 0} status="active" />
          <Button onClick={() => act(cancelBackup)}>{texts.cancel}</Button>
        </div>
      ) : data.length > 0 ? start : null}
      {data.length === 0 && !running ? <EmptyState title={texts.noBackups} hint={texts.noBackupsHint} action={start} /> : null}
      {data.length > 0 ? (
        <table className="system-table">
          <thead>
            <tr><th>{texts.made}</th><th>{texts.holds}</th><th>{texts.size}</th><th>{texts.proved}</th><th aria-label={texts.what} /></tr>
          </thead>
          <tbody>
            {data.map((backup) => (
              <tr key={backup.name}>
                <td className="tabular">{formatMoment(backup.at, locale, timeZone)}<br /><span className="quiet">{texts[backup.kind]}</span></td>
                <td className="tabular">{texts.holding(number(backup.rows), number(backup.files))}</td>
                <td className="tabular">{(backup.size / MEGABYTE).toFixed(1)} MB</td>
                <td><Proof backup={backup} /></td>
                <td>
                  <Button size="small" disabled={running !== null} onClick={() => act(() => drillBackup(backup.name))}>{texts.drill}</Button>
                  {restorable ? <Button size="small" disabled={running !== null} onClick={() => setRestored(backup)}>{texts.restore}</Button> : null}
                  <Button size="small" icon={<CloudDownloadOutlined aria-hidden="true" />} href={backupUrl(backup.name)}>{texts.fetch}</Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <p className="quiet">{texts.kept}</p>
      <section className="page-section">
        <h2>{texts.restore}</h2>
        <p className="quiet">{texts.restoreHint}</p>
        <code className="system-command">./relata.mjs restore {data[0] ? `${folder}/${data[0].name}` : 'FILE'} --yes</code>
      </section>
      {restored ? <RestoreDialog backup={restored} onClose={() => setRestored(null)} /> : null}
    </>
  );
}

function Proof({ backup }: { backup: BackupEntry }) {
  const texts = useSystemTexts();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  if (backup.problem) return <span><ExclamationCircleFilled style={{ color: 'var(--ant-color-error)' }} aria-hidden="true" /> {backup.problem}</span>;
  if (!backup.verifiedAt) return <span className="quiet">{texts.notProved}</span>;
  return <span><CheckCircleFilled style={{ color: 'var(--ant-color-success)' }} aria-hidden="true" /> {texts.provedAt(formatMoment(backup.verifiedAt, locale, timeZone))}</span>;
}
