/** What rules see of a record in the browser, and who asks. Loaded with forms and actions, not with the first screen. */
import { FIELD_TYPES } from '#engine/fields/index.ts';
import type { FieldType, Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import type { AppState } from '../app/session.tsx';
import type { Values } from '../api/types.ts';

export function ruleContext({ me, model }: Pick<AppState, 'me' | 'model'>): RuleContext {
  return {
    me: me.id,
    myDepartment: me.departmentId,
    mySubordinates: me.subordinateIds,
    now: new Date().toISOString(),
    timeZone: model.settings.timeZone,
  };
}

/** Values by field; `customer.owner` becomes an object under `customer` that still reads as its id. */
export function toRuleData(table: TableModel, values: Values): Record<string, Json> {
  const data: Record<string, Json> = {};
  for (const [name, value] of Object.entries(values)) {
    if (name.includes('.')) continue;
    const field = Object.hasOwn(table.fields, name) ? table.fields[name] : undefined;
    const type: FieldType | undefined = field && FIELD_TYPES[field.type];
    data[name] = field && type?.toRule && value !== null ? type.toRule(value, field) : value;
  }
  for (const [path, value] of Object.entries(values)) {
    if (path.includes('.')) setPath(data, path.split('.'), value);
  }
  return data;
}

function setPath(data: Record<string, Json>, [first, ...rest]: readonly string[], value: Json): void {
  if (first === undefined) return;
  if (rest.length === 0) {
    data[first] = value;
    return;
  }
  const present = data[first];
  const inner: Record<string, Json> =
    present !== null && typeof present === 'object' && !Array.isArray(present) ? present : { ...(typeof present === 'string' && { id: present }) };
  data[first] = inner;
  setPath(inner, rest, value);
}
