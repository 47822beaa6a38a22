/** What a dry run on one record would have done, field by field and message by message. */
import { Alert } from 'antd';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { TrialEffect, TrialRun } from '#engine/workflows/reports.ts';
import { labelOf } from '#engine/workflows/scope.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { FieldCell } from '#runtime/fields/FieldCell.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import { fill } from '../../i18n/index.ts';
import { StateMark } from '../runs/RunList.tsx';
import { useRunTexts } from '../runs/texts.ts';
import { useMoment } from '../runs/when.ts';

interface TrialResultProps {
  readonly run: TrialRun;
  readonly workflow: WorkflowDefinition;
  readonly onShow: (card: string) => void;
  /** Colours the way of this one alone. */
  readonly onTrace: () => void;
}

export function TrialResult({ run, workflow, onShow, onTrace }: TrialResultProps) {
  const { test: texts, runs } = useRunTexts();
  const label = useLabel();
  const moment = useMoment();
  const nameOf = (name: string): string => {
    const node = workflow.nodes.find((own) => own.name === name);
    return node ? label(labelOf(node)) : name;
  };
  return (
    <article className="trial-run">
      <header>
        <StateMark state={run.state} />
        <button type="button" className="trial-title" onClick={onTrace}>
          <strong className="ellipsis">{run.record ? run.record.title || runs.hidden : runs.noRecord}</strong>
        </button>
        <span className="quiet">{fill(texts.finished, { at: moment(run.finishedAt) })}</span>
      </header>
      {run.wouldStart ? null : <Alert type="warning" showIcon title={texts.wouldNot} />}
      {run.problem ? <Alert type="error" showIcon title={label(run.problem)} /> : null}
      {run.effects.length === 0 ? <p className="quiet">{texts.nothing}</p> : null}
      <ol className="effect-list">
        {run.effects.map((effect, index) => (
          <li key={index}>
            <span className={`effect-kind effect-${effect.kind}`}>{texts.effect[effect.kind]}</span>
            <div>
              <EffectWords effect={effect} />
              <p className="effect-foot quiet">
                <button type="button" onClick={() => onShow(effect.node)}>
                  {nameOf(effect.node)}
                </button>{' '}
                · {moment(effect.at)}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </article>
  );
}

function EffectWords({ effect }: { effect: TrialEffect }) {
  const { test: texts } = useRunTexts();
  const label = useLabel();
  switch (effect.kind) {
    case 'create':
    case 'update':
    case 'delete': return <RecordEffect effect={effect} />;
    case 'notice': return <Message title={label(effect.title)} note={fill(texts.to, { names: effect.to.join(', ') })} body={effect.body && label(effect.body)} />;
    case 'email': return <Message title={effect.subject} note={fill(texts.to, { names: effect.to })} body={effect.text} />;
    case 'request': return <Message title={`${effect.method} ${effect.url}`} note="" body={effect.body} />;
    case 'approval': {
      const outcome = Object.hasOwn(texts.outcome, effect.decided) ? texts.outcome[effect.decided as keyof typeof texts.outcome] : effect.decided;
      return <Message title={label(effect.title)} note={`${fill(texts.to, { names: effect.to.join(', ') })} · ${fill(texts.decided, { outcome })}`} body={null} />;
    }
  }
}

function Message({ title, note, body }: { title: string; note: string; body: string | null }) {
  return (
    <>
      <strong className="effect-title">{title}</strong>
      {note ? <p className="quiet">{note}</p> : null}
      {body ? <p className="effect-body">{body}</p> : null}
    </>
  );
}

function RecordEffect({ effect }: { effect: Extract<TrialEffect, { kind: 'create' | 'update' | 'delete' }> }) {
  const { test: texts, runs } = useRunTexts();
  const label = useLabel();
  const { model } = useDraft();
  const table = model.tables[effect.record.table];
  return (
    <>
      <strong className="effect-title">
        {table ? label(table.label) : effect.record.table} · {effect.record.title || runs.hidden}
      </strong>
      <dl className="effect-changes">
        {effect.changes.map(({ field: name, before, after }) => {
          const field = table?.fields[name];
          return (
            <div key={name}>
              <dt>{field ? label(field.label) : name}</dt>
              <dd>
                {effect.kind === 'update' ? (
                  <>
                    <s className="quiet">
                      <Value field={field} value={before} empty={texts.empty} />
                    </s>{' '}
                    →{' '}
                  </>
                ) : null}
                <Value field={field} value={after} empty={texts.empty} />
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

function Value({ field, value, empty }: { field: FieldModel | undefined; value: Json; empty: string }) {
  if (value === null || value === undefined) return <span className="quiet">{empty}</span>;
  return field ? <FieldCell field={field} value={value} record={{}} included={{}} empty={empty} /> : <code>{JSON.stringify(value)}</code>;
}
