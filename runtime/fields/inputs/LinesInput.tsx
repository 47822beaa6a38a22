import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import type { Values } from '../../api/types.ts';
import { useLabel } from '../../app/i18n/index.ts';
import { useTable } from '../../app/session.tsx';
import { FormIssuesContext } from '../../forms/form-issues.ts';
import { visibleFields } from '../../model/paths.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import type { InputProps } from '../field-components.ts';
import { FieldCell } from '../FieldCell.tsx';
import { FIELD_COMPONENTS } from '../index.ts';
import { textSetting } from '../settings.ts';

const MOST_COLUMNS = 7;

function isLine(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Rows owned by this record, edited as a small table. Each keeps its id, so the server knows what changed. */
export function LinesInput({ field, value, onChange, id, disabled, included }: InputProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const issues = useContext(FormIssuesContext);
  const { table, access } = useTable(textSetting(field, 'table') ?? '');
  const lines: readonly { [key: string]: Json }[] = Array.isArray(value) ? value.filter(isLine) : [];
  if (!table) return null;
  const parent = textSetting(field, 'field');
  const columns = visibleFields(table, access)
    .filter((column) => !column.system && column.name !== parent && FIELD_COMPONENTS[column.type].Input !== FIELD_COMPONENTS[field.type].Input)
    .slice(0, MOST_COLUMNS);
  const change = (next: readonly Values[]) => onChange(next.length > 0 ? next.map((line) => ({ ...line })) : null);
  const fresh = () => Object.fromEntries(columns.flatMap((column) => (column.default !== undefined && (typeof column.default !== 'object' || column.default === null) ? [[column.name, column.default as Json]] : [])));

  return (
    <div className="lines-input">
      <div className="lines-scroller">
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              {columns.map((column) => (
                <th key={column.name} scope="col" style={{ minWidth: FIELD_COMPONENTS[column.type].column.width }} className={column.required ? 'required-label' : undefined}>
                  {label(column.label)}
                </th>
              ))}
              <th aria-label={t('action.remove')} />
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <tr key={typeof line.id === 'string' ? line.id : `new-${index}`}>
                <td className="quiet tabular">{index + 1}</td>
                {columns.map((column) => {
                  const { Input } = FIELD_COMPONENTS[column.type];
                  const problem = issues.get(`/${field.name}/${index}/${column.name}`);
                  const fixed = column.computed !== undefined || column.readOnly === true || access.fields[column.name] !== 'write';
                  return (
                    <td key={column.name} title={problem}>
                      {fixed ? (
                        <FieldCell field={column} value={line[column.name]} record={line} included={included} />
                      ) : (
                        <Input
                          id={`${id}-${index}-${column.name}`}
                          field={column}
                          value={line[column.name] ?? null}
                          record={line}
                          included={included}
                          disabled={disabled}
                          invalid={problem !== undefined}
                          onChange={(next) => change(lines.with(index, { ...line, [column.name]: next }))}
                        />
                      )}
                      {problem ? <span className="field-problem">{problem}</span> : null}
                    </td>
                  );
                })}
                <td>
                  <IconButton size="small" label={t('form.removeLine')} icon={<DeleteOutlined aria-hidden="true" />} disabled={disabled ?? false} onClick={() => change(lines.filter((_, other) => other !== index))} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {lines.length === 0 ? <p className="quiet lines-empty">{t('form.noLines')}</p> : null}
      </div>
      {disabled ? null : (
        <Button id={id} type="dashed" size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={() => change([...lines, fresh()])}>
          {t('form.addLine')}
        </Button>
      )}
    </div>
  );
}
