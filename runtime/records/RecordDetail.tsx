/** Every field of a record in the sections of its form, to read, and to change in place. */
import { EditOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { isBlank } from '#engine/records/record-rules.ts';
import { holds } from '#engine/rules/evaluate.ts';
import type { RecordAnswer } from '../api/types.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useApp, useTable } from '../app/session.tsx';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { FieldCell } from '../fields/FieldCell.tsx';
import { LinesTable } from './LinesTable.tsx';
import { buildFormTabs, fieldsOfTabs, fittingForm, isTextBlock } from '../forms/form-layout.ts';
import { fieldStates } from '../forms/form-values.ts';
import { ruleContext, toRuleData } from '../model/rule-data.ts';
import { useHops } from '../model/use-hops.ts';
import { CellEditor } from '../views/table/CellEditor.tsx';
import { useChange } from './use-change.ts';

const RevealButton = lazy(() => import('../sharing/index.ts').then((module) => ({ default: module.RevealButton })));

const MORE = { 'zh-CN': '其他信息', en: 'Other' };
const SYSTEM = { 'zh-CN': '系统信息', en: 'System' };
const SYSTEM_SHOWN = ['owner', 'owner_department', 'collaborators', 'created_at', 'created_by', 'updated_at', 'updated_by'];

export function RecordDetail({ table, answer }: { table: TableModel; answer: RecordAnswer }) {
  const label = useLabel();
  const app = useApp();
  const { data, access } = answer;
  const context = useMemo(() => ruleContext(app), [app]);
  const { hops } = useHops(table, data);
  const ruleValues = useMemo(() => ({ ...data, ...hops }), [data, hops]);
  const states = useMemo(() => fieldStates(table, ruleValues, access.fields, context), [table, ruleValues, access.fields, context]);
  const ruleData = useMemo(() => toRuleData(table, ruleValues), [table, ruleValues]);

  const form = fittingForm(table, ruleData, context) ?? table.forms[0];
  const sections = useMemo(() => {
    const tabs = buildFormTabs({ table, form, rights: access.fields, creating: false, labels: { more: MORE } });
    const placed = new Set(fieldsOfTabs(tabs).map((field) => field.name));
    const isFree = (field: FieldModel | undefined): field is FieldModel => field !== undefined && !field.hidden && access.fields[field.name] !== undefined && !placed.has(field.name);
    const rest = Object.values(table.fields).filter((field) => isFree(field) && !field.system);
    const system = SYSTEM_SHOWN.map((name) => table.fields[name]).filter(isFree);
    return [
      ...tabs.flatMap((tab) => tab.sections).map((section) => ({ ...section, label: section.label ?? tabs[0]?.label })),
      { name: '_rest', label: MORE, fields: rest, entries: rest, columns: 2, folded: true },
      { name: '_system', label: SYSTEM, fields: system, entries: system, columns: 2, folded: true },
    ].filter((section) => section.fields.length > 0);
  }, [table, form, access.fields]);

  return (
    <div className="record-detail">
      {sections.map((section) => {
        const shown = section.fields.filter((field) => states.get(field.name)?.visible);
        if (shown.length === 0 || ('visible' in section && !holds(section.visible, ruleData, context))) return null;
        const grid = (
          <dl className={`detail-grid detail-grid-${section.columns}`}>
            {section.entries.map((entry, index) =>
              isTextBlock(entry) ? (
                <div key={`text ${index}`} className="form-text pre-line" role="note">
                  {label(entry.text)}
                </div>
              ) : shown.includes(entry) ? (
                <DetailField key={entry.name} table={table} field={entry} answer={answer} editable={access.update && states.get(entry.name)?.readOnly === false} />
              ) : null,
            )}
          </dl>
        );
        if (!section.label) return <section key={section.name}>{grid}</section>;
        return (
          <details key={section.name} open={!section.folded}>
            <summary>
              {label(section.label)} <span className="quiet">{shown.filter((field) => !isBlank(data[field.name])).length || ''}</span>
            </summary>
            {grid}
          </details>
        );
      })}
    </div>
  );
}

/** A masked value with a way to the whole of it, for who may take it. */
function Uncoverable({ field, id, masked, children }: { field: FieldModel; id: string; masked: boolean; children: React.ReactNode }) {
  const { access } = useTable(field.table);
  if (!masked || !access.reveal) return children;
  return (
    <Suspense fallback={children}>
      <RevealButton field={field} id={id}>
        {children}
      </RevealButton>
    </Suspense>
  );
}

interface DetailFieldProps {
  readonly table: TableModel;
  readonly field: FieldModel;
  readonly answer: RecordAnswer;
  readonly editable: boolean;
}

function DetailField({ table, field, answer, editable }: DetailFieldProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const change = useChange(table);
  const [editing, setEditing] = useState<{ draft: Json; problem: string | null } | null>(null);
  const { data, included, access } = answer;
  const value = data[field.name] ?? null;
  const isLines = FIELD_COMPONENTS[field.type] === FIELD_COMPONENTS.lines;

  const save = async (next: Json) => {
    setEditing(null);
    const refusal = await change(answer, { [field.name]: next });
    const message = refusal?.issues.find((issue) => issue.path.startsWith(`/${field.name}`))?.message ?? refusal?.issues[0]?.message;
    if (message) setEditing({ draft: next, problem: message });
  };

  return (
    <div className={FIELD_COMPONENTS[field.type].wide ? 'detail-field detail-wide' : 'detail-field'}>
      <dt>
        {field.computed && field.help ? (
          <Tooltip title={label(field.help)}>
            <span className="explained" tabIndex={0}>
              {label(field.label)}
            </span>
          </Tooltip>
        ) : (
          label(field.label)
        )}
      </dt>
      <dd className={editing ? 'detail-edited' : undefined} onDoubleClick={() => (editable && !isLines ? setEditing({ draft: value, problem: null }) : undefined)}>
        {editing ? (
          <CellEditor key={editing.problem} field={field} value={editing.draft} record={data} included={included} problem={editing.problem} onCommit={(next) => void save(next)} onCancel={() => setEditing(null)} />
        ) : isLines ? (
          <LinesTable field={field} value={value} included={included} />
        ) : (
          <Uncoverable field={field} id={data.id} masked={access.fields[field.name] === 'masked' && value !== null}>
            <FieldCell field={field} value={value} record={data} included={included} room="block" masked={access.fields[field.name] === 'masked'} empty="–" />
          </Uncoverable>
        )}
        {editable && !editing && !isLines ? (
          <button type="button" className="grid-pencil" aria-label={t('list.editCell', { field: label(field.label) })} onClick={() => setEditing({ draft: value, problem: null })}>
            <EditOutlined aria-hidden="true" />
          </button>
        ) : null}
      </dd>
    </div>
  );
}
