/** Texts of a column that no option, user or record is called: for each, what it means, or that the field stays empty. */
import { MinusCircleOutlined, UndoOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { ImportColumn } from '../api/imports.ts';
import { useApp } from '../app/session.tsx';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { IconButton } from '../ui/IconButton.tsx';

interface MapTextsProps {
  readonly table: TableModel;
  readonly column: ImportColumn;
  readonly busy: boolean;
  /** `undefined` takes a decision back. */
  readonly onDecide: (text: string, value: Json | undefined) => void;
}

/** A target is `field`, `field.lookup`, or `child:field` of a record made with this one. */
function targetField(model: AppModel, table: TableModel, target: string): FieldModel | undefined {
  const [child, own] = target.includes(':') ? target.split(':') : [table.name, target];
  return model.tables[child ?? '']?.fields[own?.split('.')[0] ?? ''];
}

export function MapTexts({ table, column, busy, onDecide }: MapTextsProps) {
  const { t } = useTranslation();
  const { model } = useApp();
  const { values = {}, unknown = [], target } = column;
  const field = target === null ? undefined : targetField(model, table, target);
  const decided = Object.keys(values).map((text) => ({ text, count: undefined }));
  const open = unknown.filter(({ text }) => !Object.hasOwn(values, text));
  if (!field || decided.length + open.length === 0) return null;
  const { Input } = FIELD_COMPONENTS[field.type];
  return (
    <div className="import-texts">
      <p className={open.length > 0 ? 'import-unknown' : 'import-mapped'}>{open.length > 0 ? t('import.unknown') : t('import.mapped')}</p>
      <ul>
        {[...open, ...decided].map(({ text, count }) => {
          const value = Object.hasOwn(values, text) ? (values[text] ?? null) : undefined;
          const id = `map-${column.index}-${text}`;
          return (
            <li key={text}>
              <label htmlFor={id} title={text}>
                {count === undefined ? text : t('import.times', { text, count })}
              </label>
              {value === null ? (
                <span id={id} className="quiet import-left">
                  {t('import.leftEmpty')}
                </span>
              ) : (
                <Input id={id} field={field} value={value ?? null} record={{}} included={{}} disabled={busy} onChange={(next) => onDecide(text, next ?? undefined)} />
              )}
              {value === undefined ? (
                <IconButton size="small" disabled={busy || field.required === true} label={t('import.leaveEmpty')} icon={<MinusCircleOutlined aria-hidden="true" />} onClick={() => onDecide(text, null)} />
              ) : (
                <IconButton size="small" disabled={busy} label={t('action.undo')} icon={<UndoOutlined aria-hidden="true" />} onClick={() => onDecide(text, undefined)} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
