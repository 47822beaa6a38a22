import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Included, Values } from '../api/types.ts';
import { useApp } from '../app/session.tsx';
import { sourceField } from '../model/source-field.ts';
import { FIELD_COMPONENTS } from './index.ts';

interface FieldCellProps {
  readonly field: FieldModel;
  readonly value: Json | undefined;
  readonly record: Values;
  readonly included: Included;
  readonly room?: 'line' | 'block';
  /** What someone may see who has the right `masked`: the server's text, drawn as it is. */
  readonly masked?: boolean;
  readonly empty?: string;
}

/** A value, by its type; nothing for an empty one. */
export function FieldCell({ field, value, record, included, room = 'line', masked = false, empty }: FieldCellProps) {
  const { model } = useApp();
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return empty === undefined ? null : <span className="quiet">{empty}</span>;
  }
  if (masked) return <span className="tabular quiet">{typeof value === 'string' ? value : '***'}</span>;
  const shown = sourceField(model, field);
  const { Cell } = FIELD_COMPONENTS[shown.type];
  return <Cell field={shown} value={value} record={record} included={included} room={room} />;
}
