/** Where something is used: everything in the definitions that calls it by name, in words, and whether the mention can simply be taken out. */
import type { Label } from '../errors.ts';
import type { Definitions } from '../model/definitions.ts';
import type { DefinitionChange, Dependent } from './plan.ts';
import { type Use, usesIn } from './uses.ts';

export type UsageTarget =
  | { readonly table: string; readonly field?: string }
  | { readonly table: string; readonly field: string; readonly option: string }
  | { readonly table: string; readonly form: string }
  | { readonly table: string; readonly view: string }
  | { readonly role: string }
  | { readonly workflow: string }
  | { readonly dashboard: string }
  | { readonly optionList: string };

/** What the thing a change is about is called where uses of it are looked up; null for what nothing can name. */
export function targetOf({ subject, table, field, path }: DefinitionChange): UsageTarget | null {
  const name = path.split('/').at(-1) ?? '';
  if (subject === 'role') return { role: name };
  if (subject === 'options') return { optionList: name };
  if (subject === 'workflow') return { workflow: name };
  if (subject === 'dashboard') return { dashboard: name };
  if (table === undefined) return null;
  if (subject === 'table') return { table };
  if (subject === 'form') return { table, form: name };
  if (subject === 'view') return { table, view: name };
  return subject === 'field' && field !== undefined ? { table, field } : null;
}

export function whereUsed(definitions: Definitions, target: UsageTarget): Dependent[] {
  const found = new Map<string, Dependent>();
  for (const use of usesOf(definitions, target)) {
    const key = `${use.path} ${use.label.en}`;
    // One place that names it twice is one place; it can be taken out only if both can.
    const repair = use.remove && found.get(key)?.repair !== 'edit' ? 'remove' : 'edit';
    found.set(key, { path: use.path, label: placed(definitions, use, target), repair });
  }
  return [...found.values()];
}

export function usesOf(definitions: Definitions, target: UsageTarget): Use[] {
  const name = nameOf(target);
  const [, table, field] = /^(?:table|field):([^.]+)(?:\.(.+))?$/.exec(name) ?? [];
  // What stands in a table or in a field goes with it.
  const inside = table === undefined ? undefined : `/tables/${table}/${field === undefined ? '' : `fields/${field}/`}`;
  return usesIn(definitions).filter((use) => use.names.includes(name) && !(inside && use.path.startsWith(inside)));
}

function nameOf(target: UsageTarget): string {
  if ('role' in target) return `role:${target.role}`;
  if ('workflow' in target) return `workflow:${target.workflow}`;
  if ('dashboard' in target) return `dashboard:${target.dashboard}`;
  if ('optionList' in target) return `options:${target.optionList}`;
  if ('form' in target) return `form:${target.table}.${target.form}`;
  if ('view' in target) return `view:${target.table}.${target.view}`;
  if ('option' in target) return `option:${target.table}.${target.field}.${target.option}`;
  return target.field === undefined ? `table:${target.table}` : `field:${target.table}.${target.field}`;
}

/** With the table in front, unless it is the one that was asked about. */
function placed(definitions: Definitions, { table, label }: Use, target: UsageTarget): Label {
  if (table === null || ('table' in target && target.table === table)) return label;
  const name = definitions.tables.find((candidate) => candidate.name === table)?.label;
  return name ? { 'zh-CN': `${name['zh-CN']}：${label['zh-CN']}`, en: `${name.en}: ${label.en}` } : label;
}
