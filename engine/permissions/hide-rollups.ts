/**
 * A roll-up gathers all there is, whoever reads it. So a role that may read nothing of what is gathered, or not the field
 * that is, does not see the roll-up either, nor a formula over it; unless the definition declares it `unscoped`, or the
 * table says what the role may do with the field.
 */
import { fieldTypeOf } from '../rules/paths.ts';
import type { FieldModel, TableGrant, TableModel } from '../model/app-model.ts';
import type { Rule } from '../rules/rule.ts';
import { partsOf } from './scopes.ts';

type Tables = Readonly<Record<string, Pick<TableModel, 'name' | 'fields' | 'permissions'>>>;

/** The tables with grants that hide such roll-ups. One may gather another that is itself hidden: until no more are. */
export function hideRollups<T extends Tables[string]>(tables: Readonly<Record<string, T>>): Record<string, T> {
  const hidden = Object.assign(Object.create(null), Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, { ...table, permissions: hiding(table, tables) }]))) as Record<string, T>;
  return countHidden(hidden) === countHidden(tables) ? hidden : hideRollups(hidden);
}

function countHidden(tables: Tables): number {
  return Object.values(tables).flatMap(({ permissions }) => Object.values(permissions)).reduce((sum, { fields }) => sum + Object.keys(fields ?? {}).length, 0);
}

function hiding(table: Tables[string], tables: Tables): TableModel['permissions'] {
  return Object.fromEntries(Object.entries(table.permissions).map(([role, grant]) => [role, withHidden(grant, unseen(table, role, tables))]));
}

export function isGathered(field: FieldModel): boolean {
  return fieldTypeOf(field).gathers === true;
}

/** What stands behind a roll-up as `role` may read it: all that hangs on a readable record, some rows, or nothing. */
export function gathered(field: FieldModel, role: string, tables: Tables): 'all' | 'some' | 'nothing' {
  const { table, field: reference } = field.settings;
  const grant = tables[String(table)]?.permissions[role];
  if (!grant || !mayRead(grant)) return 'nothing';
  const hides = (field.computed?.reads ?? []).some((path) => grant.fields?.[path.split('.')[1] ?? ''] === 'hidden');
  if (hides) return 'nothing';
  return grant.read !== undefined && partsOf(grant.read).some((part) => part === true || follows(part, String(reference))) ? 'all' : 'some';
}

function follows(part: Rule, reference: string): boolean {
  return part !== null && typeof part === 'object' && 'inherited' in part && (part.inherited as readonly unknown[])[0] === reference;
}

const mayRead = ({ read, also }: TableGrant): boolean => read !== undefined || also?.some((more) => more.read !== undefined) === true;

function unseen(table: Tables[string], role: string, tables: Tables): ReadonlySet<string> {
  const fields = Object.values(table.fields);
  const hidden = new Set(fields.filter((field) => isGathered(field) && field.settings.unscoped !== true && gathered(field, role, tables) === 'nothing').map(({ name }) => name));
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const field of fields) if (!isGathered(field) && field.computed?.reads.some((path) => hidden.has(path))) hidden.add(field.name);
  }
  return hidden;
}

function withHidden<G extends Pick<TableGrant, 'fields' | 'also'>>(grant: G, names: ReadonlySet<string>): G {
  if (names.size === 0) return grant;
  const hidden = Object.fromEntries([...names].map((name) => [name, 'hidden' as const]));
  return { ...grant, fields: { ...hidden, ...grant.fields }, ...(grant.also && { also: grant.also.map((more) => ({ ...more, fields: { ...hidden, ...more.fields } })) }) };
}
