/** One's own wishes about notices, saved as they are changed. */
import { DatePicker, Select, Switch, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticePreferences } from '#engine/workflows/reports.ts';
import { isProblem } from '../api/problem.ts';
import { type PreferencesAnswer, savePreferences, usePreferences } from '../api/notices.ts';
import { useLabel } from '../app/i18n/index.ts';
import { ErrorState, useErrorText } from '../ui/ErrorState.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { useToast } from '../ui/toast.tsx';
import { PeopleInput } from './PeopleInput.tsx';
import './settings.css';

const TIME = 'HH:mm';
const DAY = 'YYYY-MM-DD';
const USUAL_QUIET = { from: '21:00', to: '08:00' };
const USUAL_DIGEST = '08:30';
const USUAL_ABSENCE_DAYS = 7;

const clock = (time: string): Dayjs => dayjs(`2000-01-01T${time}`);

export function NoticeSettings() {
  const { t } = useTranslation();
  const preferences = usePreferences();
  return (
    <section className="page-section">
      <h2>{t('inbox.settings')}</h2>
      {preferences.isPending ? <BlockSkeleton lines={3} /> : null}
      {preferences.isError && !preferences.data ? <ErrorState error={preferences.error} onRetry={() => void preferences.refetch()} /> : null}
      {preferences.data ? <Settings answer={preferences.data} /> : null}
    </section>
  );
}

interface LineProps {
  readonly text: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly children?: ReactNode;
}

function Line({ text, hint, on, disabled = false, onSwitch, children }: LineProps) {
  return (
    <div className="setting">
      <label className="setting-head">
        <span>
          {text}
          {hint ? <span className="setting-hint quiet">{hint}</span> : null}
        </span>
        <Switch checked={on} disabled={disabled} onChange={onSwitch} aria-label={text} />
      </label>
      {on && children ? <div className="setting-more">{children}</div> : null}
    </div>
  );
}

function Settings({ answer }: { answer: PreferencesAnswer }) {
  const { t } = useTranslation();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const { workflows, ...saved } = answer;
  const { email, quiet, digestAt, muted, absence } = saved;

  const save = async (change: Partial<NoticePreferences>) => {
    try {
      await savePreferences({ ...saved, ...change });
      toast({ text: t('profile.saved') });
      return true;
    } catch (error) {
      const issue = isProblem(error) ? error.issues[0] : undefined;
      toast({ kind: 'error', text: issue?.message ?? errorText(error) });
      return false;
    }
  };
  return (
    <>
      <Line text={t('inbox.email')} hint={t('inbox.emailHint')} on={email} onSwitch={(on) => void save({ email: on })} />
      <Line text={t('inbox.digest')} hint={t('inbox.digestHint')} on={digestAt !== null && email} disabled={!email} onSwitch={(on) => void save({ digestAt: on ? USUAL_DIGEST : null })}>
        {digestAt !== null ? (
          <TimePicker aria-label={t('inbox.digestAt')} format={TIME} minuteStep={5} needConfirm={false} allowClear={false} value={clock(digestAt)} onChange={(next) => next && void save({ digestAt: next.format(TIME) })} />
        ) : null}
      </Line>
      <Line text={t('inbox.quiet')} hint={t('inbox.quietHint')} on={quiet !== null} onSwitch={(on) => void save({ quiet: on ? USUAL_QUIET : null })}>
        {quiet ? (
          <TimePicker.RangePicker
            aria-label={t('inbox.quiet')}
            format={TIME}
            minuteStep={5}
            order={false}
            needConfirm={false}
            allowClear={false}
            value={[clock(quiet.from), clock(quiet.to)]}
            onChange={(next) => next?.[0] && next[1] && void save({ quiet: { from: next[0].format(TIME), to: next[1].format(TIME) } })}
          />
        ) : null}
      </Line>
      {workflows.length > 0 ? (
        <div className="setting">
          <label className="field-label" htmlFor="muted-workflows">
            {t('inbox.muted')}
          </label>
          <Select
            id="muted-workflows"
            className="full"
            mode="multiple"
            placeholder={t('inbox.mutedNone')}
            value={[...muted]}
            options={workflows.map((workflow) => ({ value: workflow.name, label: label(workflow.label) }))}
            onChange={(next: string[]) => void save({ muted: next })}
          />
        </div>
      ) : null}
      <Absence absence={absence} onSave={(next) => save({ absence: next })} />
    </>
  );
}

type AbsenceValue = NoticePreferences['absence'];

/** Saved once there is somebody to decide; until then it is only being written. */
function Absence({ absence, onSave }: { absence: AbsenceValue; onSave: (next: AbsenceValue) => Promise<boolean> }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<{ readonly delegate: string | null; readonly from: string; readonly to: string } | null>(absence);
  const change = (next: typeof draft) => {
    setDraft(next);
    if (next === null) {
      if (absence) void onSave(null);
    } else if (next.delegate !== null) {
      void onSave({ ...next, delegate: next.delegate }).then((isSaved) => {
        if (!isSaved) setDraft(absence);
      });
    }
  };
  const today = dayjs();
  return (
    <Line
      text={t('inbox.absence')}
      hint={t('inbox.absenceHint')}
      on={draft !== null}
      onSwitch={(on) => change(on ? { delegate: null, from: today.format(DAY), to: today.add(USUAL_ABSENCE_DAYS, 'day').format(DAY) } : null)}
    >
      {draft ? (
        <div className="setting-absence">
          <DatePicker.RangePicker
            aria-label={t('inbox.absence')}
            allowClear={false}
            value={[dayjs(draft.from), dayjs(draft.to)]}
            onChange={(next) => next?.[0] && next[1] && change({ ...draft, from: next[0].format(DAY), to: next[1].format(DAY) })}
          />
          <div>
            <label className="field-label" htmlFor="absence-delegate">
              {t('inbox.absenceDelegate')}
            </label>
            <PeopleInput id="absence-delegate" value={draft.delegate === null ? [] : [draft.delegate]} onChange={([delegate]) => change({ ...draft, delegate: delegate ?? null })} />
          </div>
        </div>
      ) : null}
    </Line>
  );
}
