/** Asks once more, with the name typed by hand; then waits while the server is away, and opens anew what it has become. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Input, Modal, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { type BackupEntry, restoreBackup, serverState } from '../api/system.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment } from '../fields/format.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useSystemTexts } from './texts.ts';

const LOOK_EVERY_MS = 800;

export function RestoreDialog({ backup, onClose }: { backup: BackupEntry; onClose: () => void }) {
  const texts = useSystemTexts();
  const locale = useLocale();
  const errorText = useErrorText();
  const { user, model } = useApp();
  const { timeZone } = model.settings;
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  /** The run of the server that was asked; waiting is over when another answers. */
  const [waitingFor, setWaitingFor] = useState<{ readonly run: string | null } | null>(null);
  const name = backup.name;

  const begin = () => {
    setAsking(true);
    setProblem(null);
    restoreBackup(name)
      .then(setWaitingFor, (error: unknown) => setProblem(errorText(error)))
      .finally(() => setAsking(false));
  };
  const isWaiting = waitingFor !== null;
  return (
    <Modal
      open
      title={isWaiting ? texts.restoring : texts.restoreTitle}
      onCancel={onClose}
      onOk={begin}
      okText={texts.restoreNow}
      okButtonProps={{ danger: true, disabled: typed.trim() !== name, loading: asking }}
      cancelText={texts.cancel}
      {...(isWaiting && { footer: null, closable: false, keyboard: false, mask: { closable: false } })}
    >
      {isWaiting ? (
        <Waiting run={waitingFor.run} />
      ) : (
        <>
          <p>{texts.restoreWhat(formatMoment(backup.at, locale, timeZone))}</p>
          {user.hasPassword ? null : <Alert type="warning" showIcon title={texts.restoreNoPassword} />}
          <p><label htmlFor="restore-confirm">{texts.restoreType}</label></p>
          <code className="system-command">{name}</code>
          <Input id="restore-confirm" className="system-typed" value={typed} autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} onPressEnter={() => typed.trim() === name && begin()} />
          {problem ? <Alert type="error" showIcon title={problem} /> : null}
        </>
      )}
    </Modal>
  );
}

function Waiting({ run }: { run: string | null }) {
  const texts = useSystemTexts();
  const { data } = useQuery({ queryKey: ['server-state'], queryFn: serverState, refetchInterval: LOOK_EVERY_MS, refetchIntervalInBackground: true, gcTime: 0, networkMode: 'always' });
  const isBack = data?.state === 'running' && data.run !== run;
  useEffect(() => {
    // Sessions ended with the old store; when nothing was restored this page says why.
    if (isBack) window.location.reload();
  }, [isBack]);
  return (
    <div aria-live="polite">
      <Progress percent={data?.state === 'restoring' ? (data.percent ?? 0) : 0} status="active" />
      <p>{data?.state === 'restoring' ? texts.restoringHint : texts.restarting}</p>
    </div>
  );
}
