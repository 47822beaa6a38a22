import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Included } from '../api/types.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useTable } from '../app/session.tsx';
import { FieldCell } from '../fields/FieldCell.tsx';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { textSetting } from '../fields/settings.ts';
import { visibleFields } from '../model/paths.ts';

/** Child lines as a record page shows them. */
export function LinesTable({ field, value, included }: { field: FieldModel; value: Json; included: Included }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { table, access } = useTable(textSetting(field, 'table') ?? '');
  const lines = Array.isArray(value) ? value.filter((line): line is { [key: string]: Json } => line !== null && typeof line === 'object' && !Array.isArray(line)) : [];
  if (!table || lines.length === 0) return <span className="quiet">{t('form.noLines')}</span>;
  const parent = textSetting(field, 'field');
  const form = table.forms[0];
  const open = (form?.sections ?? []).filter((section) => !section.folded).flatMap((section) => section.fields);
  const columns = visibleFields(table, access).filter((column) => !column.system && column.name !== parent && (open.length === 0 || open.includes(column.name)));
  const isRight = (column: FieldModel) => FIELD_COMPONENTS[column.type].column.align === 'right';
  return (
    <div className="lines-input lines-read lines-scroller">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={isRight(column) ? 'align-right' : undefined}>
                {label(column.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column.name} className={isRight(column) ? 'align-right' : undefined}>
                  <FieldCell field={column} value={line[column.name]} record={line} included={included} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
