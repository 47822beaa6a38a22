/** What travels with a template beside its definitions, as far as a part of it can use it: sample records, scenarios. */
import type { Json } from '../../fields/field-type.ts';
import type { Definitions, FieldDefinition } from '../../model/definitions.ts';
import { pathsOf } from '../../rules/check.ts';
import type { Rule } from '../../rules/rule.ts';
import { type Names, namesIn } from '../names.ts';
import type { Scenario, ScenarioStep } from '../scenario.ts';

type Sample = Readonly<Record<string, Json>>;
type Samples = Readonly<Record<string, readonly Sample[]>>;

/** Records of its tables, without values of fields it does not have; a record that cannot be without one goes, and what hangs on it. */
export function samplesWithin(samples: Samples, whole: Definitions, part: Definitions): Record<string, readonly Sample[]> {
  const names = namesIn(part);
  const fieldsOf = (table: string): readonly FieldDefinition[] | undefined => part.tables.find(({ name }) => name === table)?.fields;
  let kept: Record<string, readonly Sample[]> = {};
  for (const [table, records] of Object.entries(samples)) {
    const before = whole.tables.find(({ name }) => name === table);
    const fields = fieldsOf(table);
    if (before && !fields) continue;
    const gone = new Set(before?.fields.map(({ name }) => name).filter((name) => !fields?.some((field) => field.name === name)));
    kept[table] = records.map((record) => (gone.size === 0 ? record : (Object.fromEntries(Object.entries(record).filter(([name]) => !gone.has(name))) as Sample)));
  }
  for (let before = -1; before !== size(kept); ) {
    before = size(kept);
    const living = new Set(Object.entries(kept).flatMap(([table, records]) => records.map((record) => `${table}/${String(record.external_id)}`)));
    const now = Object.entries(kept).map(([table, records]) => [table, records.flatMap((record) => withLiving(record, { table, fields: fieldsOf(table) ?? [], names, living }))] as const);
    kept = Object.fromEntries(now);
  }
  return kept;
}

const size = (samples: Samples): number => Object.values(samples).reduce((sum, records) => sum + records.length, 0);

interface Around {
  readonly table: string;
  readonly fields: readonly FieldDefinition[];
  readonly names: Names;
  readonly living: ReadonlySet<string>;
}

function withLiving(record: Sample, { table, fields, names, living }: Around): Sample[] {
  const left: Record<string, Json> = { ...record };
  for (const field of fields) {
    const target = names.targetOf(table, field.name);
    const value = left[field.name];
    const isThere = (key: Json): boolean => living.has(`${target}/${String(key)}`);
    if (target !== undefined && Array.isArray(value)) left[field.name] = value.filter(isThere);
    else if (target !== undefined && value !== undefined && value !== null && !isThere(value)) delete left[field.name];
    const isNeeded = field.required === true || (field.requiredWhen as unknown) === true;
    if (isNeeded && target !== undefined && (left[field.name] ?? null) === null) return [];
  }
  return [left];
}

/** Those that name nothing it does not have. */
export function scenariosWithin(scenarios: readonly unknown[], part: Definitions): unknown[] {
  const names = namesIn(part);
  return scenarios.filter((scenario) => fits(scenario as Scenario, part, names));
}

function fits({ workflows: named = [], given, when, then }: Scenario, part: Definitions, names: Names): boolean {
  const tables = new Map<string, string>();
  const knows = (table: string | undefined, path: string): boolean =>
    table === undefined || path.startsWith('$') || names.onPath(table, path).every((name) => {
      const [kind, own = ''] = name.split(':');
      const [at = '', field = ''] = own.split('.');
      return kind !== 'field' || names.tables[at]?.fields[field] !== undefined || field === 'id' || field === 'external_id';
    });
  const knowsAll = (table: string | undefined, values: object): boolean => Object.keys(values).every((field) => knows(table, field));
  const isWorkflow = (name: string): boolean => part.workflows?.some((workflow) => workflow.name === name) === true;
  const stepFits = (step: ScenarioStep): boolean => {
    if ('create' in step) {
      if (!names.tables[step.create]) return false;
      if (step.as !== undefined) tables.set(`@${step.as}`, step.create);
      return knowsAll(step.create, step.values);
    }
    if ('update' in step) return knowsAll(tables.get(step.update), step.values);
    if ('expect' in step) return knowsAll(tables.get(step.expect), step.values);
    if ('count' in step) return names.tables[step.count] !== undefined && pathsOf(step.filter as Rule).every((path) => knows(step.count, path));
    return !('press' in step) || isWorkflow(step.press);
  };
  return named.every(isWorkflow) && [...given, ...when, ...then].every(stepFits);
}
