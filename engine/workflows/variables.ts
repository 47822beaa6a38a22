/** What a run knows, as a tree: the designer shows it to pick from, the checker resolves `$paths` in it. */
import type { Label } from '../errors.ts';
import { type FieldTables, resolvePath } from '../rules/paths.ts';
import type { ValueKind } from '../rules/rule.ts';
import type { FieldModel } from '../model/app-model.ts';

/** `kind`: a value. `table`: a record. `list`: records of a table. `members`: a group of further variables. `open`: any value below it. */
export type Variable =
  | { readonly label: Label; readonly kind: ValueKind }
  | { readonly label: Label; readonly table: string }
  | { readonly label: Label; readonly list: string }
  | { readonly label: Label; readonly members: Readonly<Record<string, Variable>> }
  | { readonly label: Label; readonly open: true };

/** What the outputs of a node depend on. */
export interface VariableSource {
  /** The table of a record variable or of a list of records; null when there is none by this name. */
  tableOf(variable: string): string | null;
  /** The kind of an expression, as far as it can be told. */
  kindOf(expression: unknown): ValueKind;
  /** The kind of a field's value. */
  fieldKind(table: string, path: string): ValueKind;
  /** What a workflow that is called answers; its inputs are its trigger's. */
  readonly runTable: string | null;
}

export type ResolvedVariable =
  | { readonly kind: ValueKind; readonly field?: FieldModel }
  | { readonly table: string }
  | { readonly list: string }
  | { readonly members: Readonly<Record<string, Variable>> };

/** `$each.record.customer.name`; null: there is no such variable. Members of an `open` variable are of kind none. */
export function resolveVariable(variables: Readonly<Record<string, Variable>>, tables: FieldTables, path: string): ResolvedVariable | null {
  const steps = path.split('.');
  let at: Variable | undefined = Object.hasOwn(variables, steps[0] ?? '') ? variables[steps[0] as string] : undefined;
  let i = 1;
  while (at && 'members' in at && i < steps.length) {
    const name = steps[i] as string;
    at = Object.hasOwn(at.members, name) ? at.members[name] : undefined;
    i += 1;
  }
  if (!at) return null;
  const rest = steps.slice(i);
  if ('open' in at) return { kind: 'none' };
  if ('table' in at) {
    if (rest.length === 0) return { table: at.table };
    if (rest.length === 1 && rest[0] === 'id') return { kind: 'reference' };
    const resolved = resolvePath(tables, at.table, rest.join('.'));
    return typeof resolved === 'string' ? null : { kind: resolved.kind, field: resolved.field };
  }
  if (rest.length > 0) return null;
  if ('kind' in at) return { kind: at.kind };
  return 'list' in at ? { list: at.list } : { members: at.members };
}
