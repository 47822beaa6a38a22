/** Values that a table's rules read over references, loaded beside the record: `contact.customer` for "belongs to this customer". */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { findRecords } from '../api/records.ts';
import type { Values } from '../api/types.ts';
import { targetTable } from './paths.ts';
import { pathsOf } from './rule-paths.ts';

interface Hop {
  readonly reference: string;
  readonly target: string;
  /** Paths from the target on. */
  readonly paths: readonly string[];
}

function rulesOf(table: TableModel): readonly Rule[] {
  const own = Object.values(table.fields).flatMap((field) => [field.visible, field.requiredWhen, field.readOnlyWhen, ...(field.validate ?? []).map((check) => check.rule)]);
  const ofForms = table.forms.flatMap((form) => [form.when, ...[...(form.sections ?? []), ...(form.tabs ?? []).flatMap((tab) => tab.sections)].map((section) => section.visible)]);
  return [...own, ...ofForms, ...table.validate.map((check) => check.rule)].filter((rule): rule is Rule => rule !== undefined);
}

function hopsOf(table: TableModel): readonly Hop[] {
  const byReference = new Map<string, { target: string; paths: Set<string> }>();
  for (const path of rulesOf(table).flatMap(pathsOf)) {
    const [reference = '', ...rest] = path.split('.');
    const field = rest.length > 0 && Object.hasOwn(table.fields, reference) ? table.fields[reference] : undefined;
    const target = field && targetTable(field);
    if (!target) continue;
    const hop = byReference.get(reference) ?? { target, paths: new Set() };
    hop.paths.add(rest.join('.'));
    byReference.set(reference, hop);
  }
  return [...byReference].map(([reference, { target, paths }]) => ({ reference, target, paths: [...paths] }));
}

/** `ready` is false until every value is here: a rule over a value that has not come yet would accuse wrongly. */
export function useHops(table: TableModel | undefined, values: Values): { readonly hops: Values; readonly ready: boolean } {
  const all = useMemo(() => (table ? hopsOf(table) : []), [table]);
  const active = all.filter((hop) => typeof values[hop.reference] === 'string');
  const found = useQueries({
    queries: active.map((hop) => ({
      queryKey: ['hops', hop.target, values[hop.reference], hop.paths],
      queryFn: () => findRecords(hop.target, { filter: { '==': [{ var: 'id' }, values[hop.reference] as string] }, fields: hop.paths, limit: 1 }),
      staleTime: 30_000,
    })),
    combine: (results) => ({ ready: results.every((result) => result.isSuccess), records: results.map((result) => result.data?.data[0]) }),
  });
  const hops: Record<string, Json> = {};
  for (const [index, hop] of active.entries()) {
    for (const path of hop.paths) hops[`${hop.reference}.${path}`] = found.records[index]?.[path] ?? null;
  }
  const text = JSON.stringify(hops);
  return useMemo(() => ({ hops: JSON.parse(text) as Values, ready: found.ready }), [text, found.ready]);
}

/** The table without those of its checks that read over references. */
export function withoutHopChecks(table: TableModel): TableModel {
  const isOwn = (check: { readonly rule: Rule }) => !pathsOf(check.rule).some((path) => path.includes('.'));
  return {
    ...table,
    validate: table.validate.filter(isOwn),
    fields: Object.fromEntries(Object.entries(table.fields).map(([name, field]) => [name, field.validate ? { ...field, validate: field.validate.filter(isOwn) } : field])),
  };
}
