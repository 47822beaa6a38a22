/** What the clock would set off on a day that has not come. */
import { useMutation } from '@tanstack/react-query';
import { Button, DatePicker, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { labelOf } from '#engine/workflows/scope.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import { fill } from '../../i18n/index.ts';
import { simulate } from '../api.ts';
import { useRunTexts } from '../runs/texts.ts';
import { useMoment } from '../runs/when.ts';

/** `workflow`: as drawn; absent: all that are live. */
export function Simulation({ workflow }: { workflow?: unknown }) {
  const { simulate: texts } = useRunTexts();
  const label = useLabel();
  const moment = useMoment();
  const { definitions } = useDraft();
  const [date, setDate] = useState<dayjs.Dayjs | null>(null);
  const run = useMutation({ mutationFn: (at: string) => simulate(at, workflow) });
  const choose = (next: dayjs.Dayjs | null) => {
    setDate(next);
    if (next) run.mutate(next.format('YYYY-MM-DD'));
  };
  const nodeName = (name: string, node: string): string => {
    const found = definitions.workflows?.find((own) => own.name === name)?.nodes.find((own) => own.name === node);
    return found ? label(labelOf(found)) : node;
  };
  const report = run.data;
  return (
    <div className="trial-part">
      <p className="quiet">{texts.hint}</p>
      <div className="simulate-tools">
        <DatePicker value={date} aria-label={texts.date} placeholder={texts.date} minDate={dayjs()} onChange={choose} />
        <Button onClick={() => choose(dayjs().add(1, 'day'))}>{texts.tomorrow}</Button>
        <Button onClick={() => choose(dayjs().add(1, 'month').startOf('month'))}>{texts.first}</Button>
        <Button onClick={() => choose(dayjs().add(6, 'month'))}>{texts.half}</Button>
      </div>
      {run.isPending ? <Skeleton active /> : run.isError ? <ErrorState error={run.error} onRetry={() => choose(date)} /> : null}
      {report && !run.isPending ? (
        report.count === 0 ? (
          <EmptyState small title={texts.none} />
        ) : (
          <>
            <p>
              <strong>{fill(texts.count, { at: report.at, n: report.count })}</strong> {report.items.length < report.count ? <span className="quiet">{fill(texts.shown, { n: report.items.length })}</span> : null}
            </p>
            <ul className="simulate-list">
              {report.items.map((item, index) => (
                <li key={index}>
                  <span className="tabular quiet">{moment(item.due)}</span>
                  <span className="ellipsis">
                    <strong>{label(item.label)}</strong> {item.kind === 'timer' && item.node ? fill(texts.timer, { node: nodeName(item.workflow, item.node) }) : texts.start}
                  </span>
                  <span className="ellipsis quiet">{item.record?.title}</span>
                </li>
              ))}
            </ul>
          </>
        )
      ) : report || run.isPending || run.isError ? null : (
        <EmptyState small title={texts.choose} />
      )}
    </div>
  );
}

export function SimulateTab() {
  return (
    <div className="tab-body">
      <Simulation />
    </div>
  );
}
