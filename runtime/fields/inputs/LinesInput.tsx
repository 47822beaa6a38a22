import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useContext, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import { computeFormulas } from '#engine/records/record-rules.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import type { TableAccess, Values } from '../../api/types.ts';
import { useLabel } from '../../app/i18n/index.ts';
import { useApp, useTable } from '../../app/session.tsx';
import { FormIssuesContext } from '../../forms/form-issues.ts';
import { LinesAheadContext } from '../../forms/use-lines-ahead.ts';
import { followReference } from '../../model/follow-reference.ts';
import { visibleFields } from '../../model/paths.ts';
import { ruleContext, toRuleData } from '../../model/rule-data.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import type { InputProps } from '../field-components.ts';
import { FieldCell } from '../FieldCell.tsx';
import { FIELD_COMPONENTS } from '../index.ts';
import { textSetting } from '../settings.ts';

/** Amounts follow what is typed. A formula that needs the server's word lists waits until the record is saved. */
function withFormulas(table: TableModel, line: Values, context: RuleContext): Values {
  try {
    return { ...line, ...computeFormulas(table, toRuleData(table, line), context) };
  } catch {
    return line;
  }
}

/** The open sections of the lines' own form say which columns matter; without one the first few fields do. */
function lineColumns(table: TableModel, access: TableAccess, parent: string | undefined): readonly FieldModel[] {
  const fields = visibleFields(table, access).filter((column) => !column.system && column.name !== parent && FIELD_COMPONENTS[column.type] !== FIELD_COMPONENTS.lines);
  const form = table.forms[0];
  const named = (form?.sections ?? form?.tabs?.flatMap((tab) => tab.sections) ?? []).filter((section) => !section.folded).flatMap((section) => section.fields);
  const chosen = named.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  return chosen.length > 0 ? chosen : fields.slice(0, MOST_COLUMNS);
}

/** Amounts that a row works out are added up beneath. */
const isSummed = (column: FieldModel): boolean => column.computed !== undefined && column.settings.format === 'money';

const MOST_COLUMNS = 8;

/** The line as saving would leave it, with the plain values that people type: a known one by its id, new ones in their order. */
function lineAhead(ahead: readonly Values[] | undefined, lines: readonly Values[], index: number): Values | undefined {
  const line = lines[index];
  if (!ahead || !line) return undefined;
  if (typeof line.id === 'string') return ahead.find(({ id }) => id === line.id);
  const known = new Set(lines.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])));
  const place = lines.slice(0, index).filter(({ id }) => typeof id !== 'string').length;
  return ahead.filter(({ id }) => !known.has(String(id)))[place];
}

function isLine(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Rows owned by this record, edited as a small table. Each keeps its id, so the server knows what changed. */
export function LinesInput({ field, value, onChange, id, disabled, included, record }: InputProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const app = useApp();
  const issues = useContext(FormIssuesContext);
  const ahead = useContext(LinesAheadContext)[field.name];
  const { table, access } = useTable(textSetting(field, 'table') ?? '');
  const lines: readonly { [key: string]: Json }[] = Array.isArray(value) ? value.filter(isLine) : [];
  const latest = useRef(lines);
  latest.current = lines;
  if (!table) return null;
  const parent = textSetting(field, 'field');
  const columns = lineColumns(table, access, parent);
  const owner = parent === undefined ? undefined : { reference: parent, values: record };
  const context = ruleContext(app);
  const change = (next: readonly Values[]) => onChange(next.length > 0 ? next.map((line) => ({ ...line })) : null);
  const edit = (index: number, name: string, next: Json) => {
    const line = { ...lines[index], [name]: next };
    change(lines.with(index, line));
    followReference(app, table, line, name).then(
      (filled) => {
        const now = latest.current[index];
        if (now && Object.keys(filled).length > 0) change(latest.current.with(index, { ...now, ...filled }));
      },
      // The server fills in the same defaults when the line is saved without them.
      () => undefined,
    );
  };
  const fresh = () => Object.fromEntries(columns.flatMap((column) => (column.default !== undefined && (typeof column.default !== 'object' || column.default === null) ? [[column.name, column.default as Json]] : [])));

  return (
    <div id={id} className="lines-input">
      <div className="lines-scroller">
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              {columns.map((column) => (
                <th key={column.name} scope="col" style={{ minWidth: Math.round(FIELD_COMPONENTS[column.type].column.width * 0.85) }} className={column.required ? 'required-label' : undefined}>
                  {label(column.label)}
                </th>
              ))}
              <th aria-label={t('action.remove')} />
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => {
              const later = lineAhead(ahead, lines, index);
              const shown = withFormulas(table, { ...line, ...later }, context);
              return (
              <tr key={typeof line.id === 'string' ? line.id : `new-${index}`}>
                <td className="quiet tabular lines-fixed">{index + 1}</td>
                {columns.map((column) => {
                  const { Input } = FIELD_COMPONENTS[column.type];
                  const problem = issues.get(`/${field.name}/${index}/${column.name}`);
                  const fixed = column.computed !== undefined || column.readOnly === true || access.fields[column.name] !== 'write';
                  return (
                    <td key={column.name} title={problem} className={fixed ? 'lines-fixed' : undefined}>
                      {fixed ? (
                        <FieldCell field={column} value={shown[column.name]} record={shown} included={included} />
                      ) : (
                        <>
                        <label className="hidden-label" htmlFor={`${id}-${index}-${column.name}`}>
                          {label(column.label)} {index + 1}
                        </label>
                        <Input
                          id={`${id}-${index}-${column.name}`}
                          field={column}
                          value={line[column.name] ?? null}
                          record={line}
                          owner={owner}
                          included={included}
                          disabled={disabled}
                          invalid={problem !== undefined}
                          onChange={(next) => edit(index, column.name, next)}
                        />
                        </>
                      )}
                      {!fixed && later && JSON.stringify(later[column.name] ?? null) !== JSON.stringify(line[column.name] ?? null) ? (
                        <span className="lines-ahead">
                          {t('form.afterSaving')} <FieldCell field={column} value={later[column.name]} record={later} included={included} />
                        </span>
                      ) : null}
                      {problem ? <span className="field-problem">{problem}</span> : null}
                    </td>
                  );
                })}
                <td>
                  <IconButton size="small" label={t('form.removeLine')} icon={<DeleteOutlined aria-hidden="true" />} disabled={disabled ?? false} onClick={() => change(lines.filter((_, other) => other !== index))} />
                </td>
              </tr>
              );
            })}
          </tbody>
          {lines.length > 1 && columns.some(isSummed) ? (
            <tfoot>
              <tr>
                <td />
                {columns.map((column) => (
                  <td key={column.name} className="lines-fixed">
                    {isSummed(column) ? <FieldCell field={column} value={lines.reduce((sum, line, index) => sum + Number(withFormulas(table, { ...line, ...lineAhead(ahead, lines, index) }, context)[column.name] ?? 0), 0)} record={{}} included={included} /> : null}
                  </td>
                ))}
                <td />
              </tr>
            </tfoot>
          ) : null}
        </table>
        {lines.length === 0 ? <p className="quiet lines-empty">{t('form.noLines')}</p> : null}
      </div>
      {disabled ? null : (
        <Button type="dashed" size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={() => change([...lines, fresh()])}>
          {t('form.addLine')}
        </Button>
      )}
    </div>
  );
}
