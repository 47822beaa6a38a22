/** Which records the drafted workflow would have touched in the past. */
import { HistoryOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { BackTestReport } from '#engine/workflows/reports.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { fill } from '../../i18n/index.ts';
import { portsOf } from '#engine/changes/edit-workflows.ts';
import { backTest } from '../api.ts';
import { useRunTexts } from '../runs/texts.ts';
import { useMoment } from '../runs/when.ts';

export function BackTest({ workflow }: { workflow: WorkflowDefinition }) {
  const { test: texts } = useRunTexts();
  const [from, setFrom] = useState<dayjs.Dayjs>(() => dayjs().subtract(1, 'year'));
  const run = useMutation({ mutationFn: () => backTest(workflow, from.format('YYYY-MM-DD')) });
  return (
    <div className="trial-part">
      <p className="quiet">{texts.backHint}</p>
      <div className="simulate-tools">
        <DatePicker value={from} allowClear={false} maxDate={dayjs()} aria-label={texts.from} prefix={texts.from} onChange={(next: dayjs.Dayjs | null) => (next ? setFrom(next) : undefined)} />
        <Button type="primary" icon={<HistoryOutlined aria-hidden="true" />} loading={run.isPending} onClick={() => run.mutate()}>
          {texts.backRun}
        </Button>
      </div>
      {run.isPending ? <Skeleton active /> : run.isError ? <ErrorState error={run.error} onRetry={() => run.mutate()} /> : run.data ? <Report report={run.data} workflow={workflow} /> : null}
    </div>
  );
}

function Report({ report, workflow }: { report: BackTestReport; workflow: WorkflowDefinition }) {
  const { test: texts, runs } = useRunTexts();
  const label = useLabel();
  const moment = useMoment();
  const most = Math.max(1, ...report.byMonth.map((month) => month.times));
  const labels = new Map(workflow.nodes.flatMap((node) => portsOf(node).map((port) => [port.name, label(port.label)] as const)));
  return (
    <>
      {report.notes.map((note) => (
        <Alert key={note.en} type="info" showIcon title={label(note)} />
      ))}
      {report.times === 0 ? (
        <EmptyState small title={texts.never} />
      ) : (
        <>
          <p className="back-count">{fill(texts.backCount, { records: report.records, times: report.times })}</p>
          <table className="month-bars">
            <tbody>
              {report.byMonth.map(({ month, times }) => (
                <tr key={month}>
                  <th scope="row" className="tabular">
                    {month}
                  </th>
                  <td>
                    <span className="month-bar" style={{ width: `${(times / most) * 100}%` }} />
                  </td>
                  <td className="tabular">{times}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <h3>
            {texts.hits} {report.hits.length < report.times ? <span className="quiet">{fill(texts.hitsShown, { n: report.hits.length })}</span> : null}
          </h3>
          <ul className="simulate-list">
            {report.hits.map((hit, index) => (
              <li key={index}>
                <span className="tabular quiet">{moment(hit.at)}</span>
                <span className="ellipsis">{hit.record ? hit.record.title || runs.hidden : runs.noRecord}</span>
                <span className="quiet">{hit.port === null ? '' : fill(texts.port, { port: labels.get(hit.port) ?? hit.port })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
