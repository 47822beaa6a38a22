/** What waits for a second person: of one user on their page, of everybody on the page of permissions. */
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { decideLevelChange, type LevelChange, useLevelChanges } from '../api/level-changes.ts';
import { useLocale } from '../app/i18n/index.ts';
import { isAdministrator, useApp } from '../app/session.tsx';
import { formatMoment } from '../fields/format.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import './account.css';
import { useAccountTexts } from './texts.ts';

export function LevelChanges({ user }: { user?: string }) {
  const found = useLevelChanges(isAdministrator(useApp()));
  const waiting = (found.data?.data ?? []).filter((change) => user === undefined || change.user.id === user);
  return waiting.map((change) => <Waiting key={change.user.id} change={change} />);
}

function Waiting({ change }: { change: LevelChange }) {
  const texts = useAccountTexts();
  const locale = useLocale();
  const toast = useToast();
  const errorText = useErrorText();
  const { model } = useApp();
  const [busy, setBusy] = useState(false);
  const decide = async (decision: 'confirm' | 'refuse') => {
    setBusy(true);
    try {
      await decideLevelChange(change, decision);
      toast({ text: decision === 'confirm' ? texts.levelConfirmed(change.user.name) : texts.levelRefused });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Alert
      type="warning"
      showIcon
      className="level-change"
      title={texts.levelWaits(change)}
      description={change.refusal ?? texts.levelAsked(change.by, formatMoment(change.at, locale, model.settings.timeZone))}
      action={
        <div className="level-change-buttons">
          {change.refusal === null ? (
            <Button type="primary" size="small" loading={busy} onClick={() => void decide('confirm')}>
              {texts.levelConfirm}
            </Button>
          ) : null}
          {change.refusal === null || change.isOwn ? (
            <Button size="small" disabled={busy} onClick={() => void decide('refuse')}>
              {change.isOwn ? texts.levelWithdraw : texts.levelRefuse}
            </Button>
          ) : null}
        </div>
      }
    />
  );
}
