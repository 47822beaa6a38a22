/**
 * Which records a reference offers beside the others of its record: a check such as "the contact is of the customer" says
 * it already. In come the checks of a table and the values around the reference; out goes a rule over the table chosen
 * from, or undefined where nothing is known yet. Only equality of a path behind the reference with a value beside it is
 * taken: what only limits an amount must not hide the record that brings another amount along.
 */
import type { Json } from '../fields/field-type.ts';
import type { TableModel } from '../model/app-model.ts';
import type { Rule } from '../rules/rule.ts';
import { isBlank } from './record-rules.ts';

interface Equality {
  /** From the chosen record on: `customer`. */
  readonly theirs: string;
  /** From the record with the reference on: `customer`, `payment.customer`. */
  readonly ours: string;
  /** Paths from the chosen record on that may be empty instead. */
  readonly orEmpty: readonly string[];
  /** Paths of our own whose emptiness settles the check. */
  readonly unless: readonly string[];
}

export function offeredByChecks(table: TableModel, reference: string, valueAt: (path: string) => Json | undefined): Rule | undefined {
  const checks = [...table.validate, ...Object.values(table.fields).flatMap((field) => field.validate ?? [])];
  const rules = checks.flatMap(({ rule }): Rule[] => {
    const found = equalityIn(rule, reference);
    if (!found || [found.ours, ...found.unless].some((path) => isBlank(valueAt(path)))) return [];
    const same: Rule = { '==': [{ var: found.theirs }, valueAt(found.ours) as string] };
    return [found.orEmpty.length === 0 ? same : { or: [...found.orEmpty.map((path): Rule => ({ empty: [{ var: path }] })), same] }];
  });
  return rules.length > 1 ? { and: rules } : rules[0];
}

/** Undefined for a check of another form: half understood, it would hide what may be chosen. */
function equalityIn(rule: Rule, reference: string): Equality | undefined {
  const behind = `${reference}.`;
  const branches = argumentsOf(rule, 'or') ?? [rule];
  const equality: { theirs: string; ours: string }[] = [];
  const orEmpty: string[] = [];
  const unless: string[] = [];
  for (const branch of branches) {
    const pair = argumentsOf(branch, '==')?.map(pathOf);
    const empty = pathOf(argumentsOf(branch, 'empty')?.[0]);
    if (pair) {
      const theirs = pair.find((path) => path?.startsWith(behind));
      const ours = pair.find((path) => path !== undefined && path !== reference && !path.startsWith(behind) && !path.startsWith('$'));
      if (theirs === undefined || ours === undefined) return undefined;
      equality.push({ theirs: theirs.slice(behind.length), ours });
    } else if (empty === undefined) return undefined;
    else if (empty.startsWith(behind)) orEmpty.push(empty.slice(behind.length));
    else if (empty !== reference) unless.push(empty);
  }
  return equality.length === 1 && equality[0] ? { ...equality[0], orEmpty, unless } : undefined;
}

function argumentsOf(rule: Rule | undefined, operator: string): readonly Rule[] | undefined {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule) || !Object.hasOwn(rule, operator)) return undefined;
  const given = (rule as Readonly<Record<string, Rule>>)[operator];
  return Array.isArray(given) ? (given as readonly Rule[]) : [given as Rule];
}

function pathOf(rule: Rule | undefined): string | undefined {
  const name = argumentsOf(rule, 'var')?.[0];
  return typeof name === 'string' ? name : undefined;
}
