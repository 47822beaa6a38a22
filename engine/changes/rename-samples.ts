/** What travels with a template beside its definitions, under the names the template got when it was installed: sample records, scenarios. */
import type { Json } from '../fields/field-type.ts';
import type { Renames } from './rename-definitions.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';

type Values = Readonly<Record<string, Json>>;

const named = (names: Readonly<Record<string, string>>, name: string): string => (Object.hasOwn(names, name) ? (names[name] as string) : name);

export function renameSamples<T extends Values>(samples: Readonly<Record<string, readonly T[]>>, renames: Renames): Record<string, readonly T[]> {
  return Object.fromEntries(Object.entries(samples).map(([table, records]) => [named(renames.tables, table), records.map((record) => withRoles(table, record, renames))]));
}

export function renameScenario(scenario: Scenario, renames: Renames): Scenario {
  const rename = (step: ScenarioStep): ScenarioStep => renameStep(step, renames);
  const workflows = scenario.workflows && { workflows: scenario.workflows.map((name) => named(renames.workflows ?? {}, name)) };
  return { ...scenario, ...workflows, given: scenario.given.map(rename), when: scenario.when.map(rename), then: scenario.then.map(rename) };
}

function renameStep(step: ScenarioStep, renames: Renames): ScenarioStep {
  const by = 'by' in step && step.by !== undefined ? { by: named(renames.roles, step.by) } : {};
  if ('create' in step) return { ...step, ...by, create: named(renames.tables, step.create), values: withRoles(step.create, step.values, renames) };
  if ('count' in step) return { ...step, ...by, count: named(renames.tables, step.count) };
  if ('press' in step) return { ...step, ...by, press: named(renames.workflows ?? {}, step.press) };
  return { ...step, ...by };
}

/** Users carry their roles as a list of names. */
function withRoles<T extends Values>(table: string, record: T, { roles }: Renames): T {
  return table === 'user' && Array.isArray(record.roles) ? { ...record, roles: record.roles.map((role) => (typeof role === 'string' ? named(roles, role) : role)) } : record;
}
