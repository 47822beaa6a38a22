/** Goes through the drafted workflow on records that are really there; nothing is written and nothing is sent. */
import { ExperimentOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Collapse, DatePicker, Input, InputNumber, Select, Skeleton } from 'antd';
import type dayjs from 'dayjs';
import { useState } from 'react';
import type { Json } from '#engine/fields/field-type.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { TrialRequest } from '#engine/workflows/reports.ts';
import { scopeOf } from '#engine/workflows/scope.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import { RecordChooser } from '../../preview/RecordChooser.tsx';
import { useLiveModel } from '../../preview/preview-app.ts';
import { Setting } from '../../ui/Setting.tsx';
import { tryWorkflow } from '../api.ts';
import { type Trace, traceOf } from '../canvas/trace.ts';
import { useRunTexts } from '../runs/texts.ts';
import { TrialResult } from './TrialResult.tsx';

const MOST_RECORDS = 20;

interface DryRunProps {
  readonly workflow: WorkflowDefinition;
  readonly onTrace: (trace: Trace | null) => void;
  readonly onShow: (card: string) => void;
}

export function DryRun({ workflow, onTrace, onShow }: DryRunProps) {
  const { test: texts } = useRunTexts();
  const label = useLabel();
  const { model } = useDraft();
  const live = useLiveModel();
  const { table } = scopeOf(workflow, model.tables);
  const [records, setRecords] = useState<readonly (string | null)[]>([null]);
  const [now, setNow] = useState<dayjs.Dayjs | null>(null);
  const [decide, setDecide] = useState<'approved' | 'rejected'>('approved');
  const [events, setEvents] = useState<'happen' | 'timeout'>('timeout');
  const [status, setStatus] = useState(200);
  const [body, setBody] = useState('{}');
  const answer = readJson(body);
  const chosen = records.filter((one): one is string => one !== null);
  const run = useMutation({
    mutationFn: (trial: TrialRequest) => tryWorkflow(trial),
    onSuccess: (report) => onTrace(report.runs.length > 0 ? traceOf(report.runs.flatMap((one) => one.steps)) : null),
  });
  const start = () => run.mutate({ workflow, records: chosen, decide, events, ...(now && { now: now.toISOString() }), ...(answer !== undefined && { response: { status, body: answer } }) });
  const isKnown = table === null || Object.hasOwn(live.tables, table);
  const setAt = (index: number, next: string | null) => setRecords(records.map((own, i) => (i === index ? next : own)));
  const report = run.isPending ? undefined : run.data;
  return (
    <div className="trial-part">
      <p className="quiet">{texts.dryHint}</p>
      {table === null ? (
        <p className="quiet">{texts.noRecord}</p>
      ) : isKnown ? (
        <Setting id="trial-record-0" label={texts.records} help={texts.recordsHint}>
          <div className="trial-records">
            {records.map((record, index) => (
              <div key={index} className="trial-record">
                <RecordChooser id={`trial-record-${index}`} table={table} value={record} onChange={(next) => setAt(index, next)} />
                {records.length > 1 ? <IconButton size="small" label={label({ 'zh-CN': '移除', en: 'Remove' })} icon={<CloseOutlined aria-hidden="true" />} onClick={() => setRecords(records.filter((_, i) => i !== index))} /> : null}
              </div>
            ))}
            {records.length < MOST_RECORDS && records.at(-1) !== null ? (
              <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setRecords([...records, null])}>
                {texts.addRecord}
              </Button>
            ) : null}
          </div>
        </Setting>
      ) : (
        <Alert type="info" showIcon title={texts.needsLive} />
      )}
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: 'more',
            label: [now ? now.format('YYYY-MM-DD HH:mm') : texts.fromNow, `${texts.decide}${texts.colon}${texts[decide]}`, `${texts.events}${texts.colon}${texts[events]}`, `HTTP ${status}`].join(' · '),
            children: (
              <>
                <Setting id="trial-now" label={texts.now} help={texts.nowHint}>
                  <DatePicker id="trial-now" className="full" showTime={{ format: 'HH:mm' }} value={now} onChange={(next: dayjs.Dayjs | null) => setNow(next)} />
                </Setting>
                <div className="parameter-two">
                  <Setting id="trial-decide" label={texts.decide}>
                    <Select id="trial-decide" className="full" value={decide} options={[{ value: 'approved' as const, label: texts.approved }, { value: 'rejected' as const, label: texts.rejected }]} onChange={setDecide} />
                  </Setting>
                  <Setting id="trial-events" label={texts.events}>
                    <Select id="trial-events" className="full" value={events} options={[{ value: 'happen' as const, label: texts.happen }, { value: 'timeout' as const, label: texts.timeout }]} onChange={setEvents} />
                  </Setting>
                </div>
                <Setting id="trial-status" label={texts.status}>
                  <InputNumber id="trial-status" className="full" min={100} max={599} value={status} onChange={(next) => setStatus(next ?? 200)} />
                </Setting>
                <Setting id="trial-body" label={texts.body} problem={answer === undefined ? texts.wrongBody : undefined}>
                  <Input.TextArea id="trial-body" className="code-input" autoSize={{ minRows: 2, maxRows: 8 }} value={body} onChange={(event) => setBody(event.target.value)} />
                </Setting>
              </>
            ),
          },
        ]}
      />
      <Button type="primary" icon={<ExperimentOutlined aria-hidden="true" />} loading={run.isPending} disabled={answer === undefined || (table !== null && chosen.length === 0)} onClick={start}>
        {texts.run}
      </Button>
      {run.isPending ? <Skeleton active /> : run.isError ? <ErrorState error={run.error} onRetry={start} /> : null}
      {report && report.issues.length > 0 ? <Alert type="error" showIcon title={texts.issues} description={report.issues.slice(0, 5).map((issue) => <p key={issue.path}>{label(issue.message)}</p>)} /> : null}
      {report?.runs.map((one, index) => <TrialResult key={index} run={one} workflow={workflow} onShow={onShow} onTrace={() => onTrace(traceOf(one.steps))} />)}
    </div>
  );
}

function readJson(text: string): Json | undefined {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Told under the input; nothing is sent before it can be read.
    return undefined;
  }
}
