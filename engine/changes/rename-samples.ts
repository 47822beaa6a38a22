/** What travels with a template beside its definitions, under the names the template got when it was installed: sample records, scenarios. */
import type { Json } from '../fields/field-type.ts';
import type { Renames } from './rename-definitions.ts';
import { chartName } from './rename-workflow.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';

type Values = Readonly<Record<string, Json>>;

const named = (names: Readonly<Record<string, string>>, name: string): string => (Object.hasOwn(names, name) ? (names[name] as string) : name);

export function renameSamples<T extends Values>(samples: Readonly<Record<string, readonly T[]>>, renames: Renames): Record<string, readonly T[]> {
  return Object.fromEntries(Object.entries(samples).map(([table, records]) => [named(renames.tables, table), records.map((record) => withRoles(table, record, renames))]));
}

export function renameScenario(scenario: Scenario, renames: Renames): Scenario {
  const rename = (step: ScenarioStep): ScenarioStep => renameStep(step, renames);
  const workflows = scenario.workflows && { workflows: scenario.workflows.map((name) => named(renames.workflows ?? {}, name)) };
  const renamed = { ...scenario, ...workflows, given: scenario.given.map(rename), when: scenario.when.map(rename), then: scenario.then.map(rename) };
  const { dashboards = {} } = renames;
  return Object.keys(dashboards).length === 0 ? renamed : (withCharts(renamed as unknown as Json, (name) => named(dashboards, name)) as unknown as Scenario);
}

function renameStep(step: ScenarioStep, renames: Renames): ScenarioStep {
  const by = 'by' in step && step.by !== undefined ? { by: named(renames.roles, step.by) } : {};
  if ('create' in step) return { ...step, ...by, create: named(renames.tables, step.create), values: withRoles(step.create, step.values, renames) };
  if ('count' in step) return { ...step, ...by, count: named(renames.tables, step.count) };
  if ('press' in step) return { ...step, ...by, press: named(renames.workflows ?? {}, step.press) };
  return { ...step, ...by };
}

/** Reports that a promise speaks of, wherever they stand. */
function withCharts(value: Json, dashboard: (name: string) => string): Json {
  if (typeof value === 'string') return chartName(value, dashboard);
  if (Array.isArray(value)) return value.map((own) => withCharts(own, dashboard));
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, own]) => [key, key === 'var' ? own : withCharts(own, dashboard)])) : value;
}

/** Users carry their roles as a list of names. */
function withRoles<T extends Values>(table: string, record: T, { roles }: Renames): T {
  return table === 'user' && Array.isArray(record.roles) ? { ...record, roles: record.roles.map((role) => (typeof role === 'string' ? named(roles, role) : role)) } : record;
}
