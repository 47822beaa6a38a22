/** Variables as a tree to pick from: groups open into members, records into their fields, references into those of what they name. Pure. */
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Label } from '#engine/errors.ts';
import { type FieldTables, kindOf, MAX_HOPS, singleTarget } from '#engine/rules/paths.ts';
import { SPECIAL_VALUES, type ValueKind } from '#engine/rules/rule.ts';
import type { Variables } from '#engine/workflows/scope.ts';
import type { Variable } from '#engine/workflows/variables.ts';

export interface VariableEntry {
  readonly path: string;
  readonly label: Label;
  /** Of its value; null where it is no value by itself. */
  readonly kind: ValueKind | null;
  /** The table of a record that it names. */
  readonly table: string | null;
  readonly list: string | null;
  readonly field: FieldModel | null;
  /** Undefined: nothing below it. */
  readonly open?: () => readonly VariableEntry[];
}

/** What is asked for: a value (of these kinds), a record, or a list of records. */
export type Wanted = { readonly what: 'value'; readonly kinds?: readonly ValueKind[] } | { readonly what: 'record' } | { readonly what: 'list' };

export function fits(entry: VariableEntry, wanted: Wanted): boolean {
  if (wanted.what === 'list') return entry.list !== null;
  if (wanted.what === 'record') return entry.table !== null;
  if (entry.kind === null) return false;
  return !wanted.kinds || entry.kind === 'none' || wanted.kinds.includes(entry.kind);
}

/** Worth showing: it fits, or something below it may. */
export function leadsTo(entry: VariableEntry, wanted: Wanted, depth = 2): boolean {
  return fits(entry, wanted) || (depth > 0 && entry.open?.().some((inner) => leadsTo(inner, wanted, depth - 1)) === true);
}

export function entriesOf(variables: Variables, tables: FieldTables): VariableEntry[] {
  return Object.entries(variables).map(([path, variable]) => toEntry(path, variable, tables));
}

const SPECIAL_LABELS: Readonly<Record<string, Label>> = { $today: { 'zh-CN': '今天', en: 'Today' }, $now: { 'zh-CN': '现在', en: 'Now' } };

export function specialEntries(): VariableEntry[] {
  return Object.entries(SPECIAL_LABELS).map(([path, label]) => ({ path, label, kind: SPECIAL_VALUES[path as keyof typeof SPECIAL_VALUES], table: null, list: null, field: null }));
}

function toEntry(path: string, variable: Variable, tables: FieldTables): VariableEntry {
  const { label } = variable;
  const base = { path, label, table: null, list: null, field: null };
  if ('members' in variable) return { ...base, kind: null, open: () => Object.entries(variable.members).map(([name, member]) => toEntry(`${path}.${name}`, member, tables)) };
  if ('table' in variable) return { ...base, kind: 'reference', table: variable.table, open: () => fieldEntries(path, variable.table, tables, 0) };
  if ('list' in variable) return { ...base, kind: null, list: variable.list };
  return { ...base, kind: 'open' in variable ? 'none' : variable.kind };
}

function fieldEntries(path: string, table: string, tables: FieldTables, hops: number): VariableEntry[] {
  const fields = Object.hasOwn(tables, table) ? Object.values(tables[table]?.fields ?? {}) : [];
  return fields
    .filter((field) => !field.hidden && field.name !== 'deleted_at' && field.name !== 'version')
    .map((field) => {
      const own = `${path}.${field.name}`;
      const target = singleTarget(field);
      return { path: own, label: field.label, kind: kindOf(field), table: target, list: null, field, ...(target !== null && hops < MAX_HOPS - 1 && { open: () => fieldEntries(own, target, tables, hops + 1) }) };
    });
}

/** The entry a path stands for; undefined when there is none (any more). */
export function findEntry(entries: readonly VariableEntry[], path: string): VariableEntry | undefined {
  for (const entry of entries) {
    if (entry.path === path) return entry;
    if (path.startsWith(`${entry.path}.`)) {
      if (entry.kind === 'none') return { ...entry, path };
      return entry.open && findEntry(entry.open(), path);
    }
  }
  return undefined;
}

/** Labels from the outermost on: 触发记录 · 客户 · 名称. */
export function entryLabels(entries: readonly VariableEntry[], path: string): readonly Label[] {
  for (const entry of entries) {
    if (entry.path === path) return [entry.label];
    if (!path.startsWith(`${entry.path}.`)) continue;
    if (entry.kind === 'none') return [entry.label, { 'zh-CN': path.slice(entry.path.length + 1), en: path.slice(entry.path.length + 1) }];
    return [entry.label, ...entryLabels(entry.open?.() ?? [], path)];
  }
  return [{ 'zh-CN': path, en: path }];
}

/** All that fit, for a search: not deeper than a reference away. */
export function searchEntries(entries: readonly VariableEntry[], wanted: Wanted, query: string, depth = 3): { readonly entry: VariableEntry; readonly over: readonly Label[] }[] {
  const found: { entry: VariableEntry; over: readonly Label[] }[] = [];
  const walk = (list: readonly VariableEntry[], over: readonly Label[], left: number): void => {
    for (const entry of list) {
      if (fits(entry, wanted) && [entry.path, entry.label['zh-CN'], entry.label.en].some((text) => text.toLowerCase().includes(query))) found.push({ entry, over });
      if (left > 0 && entry.open) walk(entry.open(), [...over, entry.label], left - 1);
    }
  };
  walk(entries, [], depth);
  return found.sort((a, b) => a.over.length - b.over.length).slice(0, 60);
}

