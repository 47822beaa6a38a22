/** One planned change: what it is, what it means for data and people, who else uses it. */
import { Button, Collapse, Table, Tag } from 'antd';
import type { DataEffect, PlannedChange } from '#engine/changes/plan.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { Link } from 'react-router';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { issuePath } from '../shell/issues.ts';
import { AccessTable } from './AccessTable.tsx';
import { NoRoleNote } from './NoRoleNote.tsx';
import { ChangeHead } from './ChangeHead.tsx';
import { PropertyTable } from './PropertyTable.tsx';
import { type PublishTexts, usePublishTexts } from './texts.ts';

const CLASS_COLORS = { safe: 'green', lossy: 'orange', blocked: 'red' } as const;

export function ClassTag({ value }: { value: PlannedChange['class'] }) {
  const texts = usePublishTexts();
  return <Tag color={CLASS_COLORS[value]}>{texts.class[value]}</Tag>;
}

function Counts({ effect, texts }: { effect: DataEffect; texts: PublishTexts }) {
  const parts = (['records', 'filled', 'converted', 'altered', 'failed'] as const).filter((key) => key === 'records' || key === 'filled' || effect[key] > 0);
  return (
    <p className="plan-counts">
      {parts.map((key) => (
        <span key={key} className={key === 'failed' ? 'plan-failed' : undefined}>
          {fill(texts.counts[key], { n: effect[key].toLocaleString() })}
        </span>
      ))}
    </p>
  );
}

function Samples({ effect, texts }: { effect: DataEffect; texts: PublishTexts }) {
  const label = useLabel();
  const rows = effect.samples.map((sample) => ({ ...sample, key: sample.record }));
  return (
    <Table
      size="small"
      dataSource={rows}
      pagination={rows.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
      columns={[
        { title: texts.record, dataIndex: 'title', render: (title: string, row) => title || row.record.slice(0, 8), ellipsis: true },
        { title: texts.before, dataIndex: 'before', ellipsis: true },
        { title: texts.after, dataIndex: 'after', render: (after: string | null) => (after === null ? <span className="quiet">{texts.none}</span> : after), ellipsis: true },
        { title: texts.reason, dataIndex: 'reason', render: (_, row) => (row.reason ? label(row.reason) : ''), ellipsis: true },
      ]}
    />
  );
}

interface ChangeCardProps {
  readonly change: PlannedChange;
  /** Takes the uses that need no judgement out of the draft; absent where there is no draft. */
  readonly onRepair?: ((change: PlannedChange) => void) | undefined;
}

export function ChangeCard({ change, onRepair }: ChangeCardProps) {
  const texts = usePublishTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const { effect, dependents, access } = change;
  // After any other change the uses still stand.
  const removable = change.action === 'remove' && dependents.some((dependent) => dependent.repair === 'remove');
  const folded = [
    ...(change.properties.length > 0 ? [{ key: 'details', label: texts.details, children: <PropertyTable properties={change.properties} of={change} /> }] : []),
    ...(effect && effect.samples.length > 0 ? [{ key: 'samples', label: fill(texts.samples, { n: effect.samples.length }), children: <Samples effect={effect} texts={texts} /> }] : []),
    ...(access && access.length > 0 ? [{ key: 'access', label: texts.access, children: <AccessTable access={access} /> }] : []),
  ];
  return (
    <li className={`plan-change plan-${change.class}`}>
      <ChangeHead change={change}>{change.class === 'safe' ? null : <ClassTag value={change.class} />}</ChangeHead>
      {change.notes.map((note) => (
        <p key={note.en} className="plan-note">
          {label(note)}
        </p>
      ))}
      <NoRoleNote change={change} />
      {effect && effect.filled > 0 ? <Counts effect={effect} texts={texts} /> : null}
      {access && access.length === 0 ? <p className="plan-note quiet">{texts.accessNone}</p> : null}
      {dependents.length > 0 ? (
        <div className="plan-dependents">
          <span className="quiet">{change.action === 'remove' ? texts.dependents : texts.uses}</span>
          <ul>
            {dependents.map((dependent) => (
              <li key={dependent.path + dependent.label.en}>
                <Link to={issuePath(definitions, dependent)}>{label(dependent.label)}</Link> {dependent.repair === 'edit' ? <span className="quiet">({texts.edit})</span> : null}
              </li>
            ))}
          </ul>
          {removable && onRepair ? (
            <Button size="small" onClick={() => onRepair(change)}>
              {texts.repair}
            </Button>
          ) : null}
        </div>
      ) : null}
      {folded.length > 0 ? <Collapse ghost size="small" items={folded} defaultActiveKey={change.class === 'safe' ? ['access'] : ['samples', 'access']} /> : null}
    </li>
  );
}
