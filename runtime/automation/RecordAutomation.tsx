/** What workflows are going to do with a record, why, and what they have done. */
import { CheckCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecordForecast, RunState, RunSummary } from '#engine/workflows/reports.ts';
import { useRecordWorkflows, withdrawRun } from '../api/workflows.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { useApp } from '../app/session.tsx';
import { dayOf, formatDate, formatMoment, formatRelative } from '../fields/format.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { OpenApprovals } from './OpenApprovals.tsx';

const UNDER_WAY: ReadonlySet<RunState> = new Set(['running', 'waiting']);

/** `none`: nothing to show. `ahead`: something is to come, under way or in trouble; `quiet`: nothing of the kind. */
export function useAutomationKind(table: string, id: string): 'none' | 'quiet' | 'ahead' {
  const { data } = useRecordWorkflows(table, id);
  if (!data || data.forecasts.length + data.runs.length + data.approvals.length === 0) return 'none';
  return data.approvals.length > 0 || data.forecasts.some(({ due }) => due !== null) || data.runs.some(({ state }) => UNDER_WAY.has(state) || state === 'failed') ? 'ahead' : 'quiet';
}

export function RecordAutomation({ table, id }: { table: string; id: string }) {
  const { t } = useTranslation();
  const { data } = useRecordWorkflows(table, id);
  if (!data) return null;
  const coming = data.forecasts.filter(({ due }) => due !== null).sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''));
  const rest = data.forecasts.filter(({ due }) => due === null);
  return (
    <div className="automation">
      <OpenApprovals approvals={data.approvals} table={table} id={id} />
      {data.forecasts.length > 0 ? (
        <ul aria-label={t('automation.forecasts')}>
          {coming.map((forecast) => (
            <Forecast key={forecast.workflow} forecast={forecast} open={coming.length === 1} />
          ))}
          {rest.length === 1 || coming.length === 0 ? rest.map((forecast) => <Forecast key={forecast.workflow} forecast={forecast} open={false} />) : null}
        </ul>
      ) : null}
      {rest.length > 1 && coming.length > 0 ? (
        <details className="forecast">
          <summary className="quiet">{t('automation.notDueMany', { count: rest.length })}</summary>
          <ul>
            {rest.map((forecast) => (
              <Forecast key={forecast.workflow} forecast={forecast} open={false} />
            ))}
          </ul>
        </details>
      ) : null}
      {data.runs.length > 0 ? (
        <>
          <h3>{t('automation.runs')}</h3>
          <ul>
            {data.runs.map((run) => (
              <Run key={run.id} run={run} table={table} id={id} />
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function Forecast({ forecast, open }: { forecast: RecordForecast; open: boolean }) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const name = label(forecast.label);
  const sentence = forecast.due === null ? t('automation.notDue', { name }) : t('automation.due', { name, day: formatDate(dayOf(forecast.due, timeZone), locale) });
  if (forecast.conditions.length + forecast.because.length === 0) return <li className="forecast">{sentence}</li>;
  return (
    <li className="forecast">
      <details open={open}>
        <summary>{sentence}</summary>
        {forecast.conditions.length > 0 ? (
          <ul className="forecast-conditions">
            {forecast.conditions.map(({ text, holds }, index) => (
              <li key={index} className={holds ? '' : 'quiet'}>
                {holds ? <CheckCircleFilled className="yes" role="img" aria-label={t('automation.holds')} /> : <MinusCircleOutlined role="img" aria-label={t('automation.holdsNot')} />}
                <span>{label(text)}</span>
              </li>
            ))}
          </ul>
        ) : null}
        {forecast.because.map(({ label: what, value, record }, index) => (
          <p key={index} className="forecast-because quiet">
            {t('automation.because', { what: label(what), value })} {record && record.title !== '' ? <Link to={recordPagePath(record.table, record.id)}>{record.title}</Link> : null}
          </p>
        ))}
      </details>
    </li>
  );
}

function Run({ run, table, id }: { run: RunSummary; table: string; id: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const toast = useToast();
  const errorText = useErrorText();
  const { model, me } = useApp();
  const { timeZone } = model.settings;
  const isUnderWay = UNDER_WAY.has(run.state);

  const withdraw = async () => {
    try {
      await withdrawRun(run.id, table, id);
      toast({ text: t('automation.withdrawn', { name: label(run.label) }) });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    }
  };
  return (
    <li className="run">
      <span className={`run-state run-${run.state}`}>{t(`automation.state.${run.state}`)}</span>
      <div className="run-main">
        <span>{label(run.label)}</span>
        <span className="quiet run-when">
          {run.starter ? `${run.starter.name} · ` : ''}
          <time dateTime={run.startedAt} title={formatMoment(run.startedAt, locale, timeZone)}>
            {formatRelative(run.startedAt, locale)}
          </time>
          {isUnderWay && run.dueAt !== null ? ` · ${t('automation.goesOn', { at: formatMoment(run.dueAt, locale, timeZone) })}` : ''}
        </span>
        {run.problem ? <span className="run-problem">{label(run.problem)}</span> : null}
      </div>
      {isUnderWay && run.starter?.id === me.id ? (
        <Button size="small" onClick={() => void withdraw()}>
          {t('automation.withdraw')}
        </Button>
      ) : null}
    </li>
  );
}
