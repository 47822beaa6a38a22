/** A part of an app that travels alone: some tables with the lists and roles they call, and such a part put into another app. */
import type { Definitions } from '../model/definitions.ts';
import type { DashboardDefinition } from '../dashboards/definitions.ts';
import type { WorkflowDefinition } from '../workflows/definitions.ts';
import { homesAmong } from './edit-dashboards.ts';
import { appWith } from './install-template.ts';
import { usesIn } from './uses.ts';

/** Tables that are called but not chosen stay behind; `neededBy` names them. */
export function partOf(definitions: Definitions, chosen: readonly string[]): Definitions {
  const { app, tables } = definitions;
  const workflows = workflowsOver(definitions, chosen);
  const dashboards = dashboardsOver(definitions, chosen);
  const called = new Set([...namesCalled(definitions, chosen), ...workflows.flatMap((workflow) => usesOfWorkflow(definitions, workflow.name)), ...dashboards.flatMap(({ name }) => usesUnder(definitions, `/dashboards/${name}/`))]);
  const lists = Object.entries(app.options ?? {}).filter(([name]) => called.has(`options:${name}`));
  const home = (app.home ?? []).filter(({ table }) => chosen.includes(table));
  const { options: _options, home: _home, ...rest } = homesAmong(app, dashboards);
  return {
    app: {
      ...rest,
      navigation: app.navigation.map((group) => ({ ...group, tables: group.tables.filter((name) => chosen.includes(name)) })).filter((group) => group.tables.length > 0),
      ...(home.length > 0 && { home }),
      ...(lists.length > 0 && { options: Object.fromEntries(lists) }),
      roles: rest.roles.filter((role) => role.owner || called.has(`role:${role.name}`)),
    },
    tables: tables.filter(({ name }) => chosen.includes(name)),
    ...(workflows.length > 0 && { workflows }),
    ...(dashboards.length > 0 && { dashboards }),
  };
}

function usesOfWorkflow(definitions: Definitions, name: string): string[] {
  return usesUnder(definitions, `/workflows/${name}/`);
}

function usesUnder(definitions: Definitions, path: string): string[] {
  return usesIn(definitions).flatMap((use) => (use.path.startsWith(path) ? use.names : []));
}

/** Dashboards that speak of these tables, and of no other. */
function dashboardsOver(definitions: Definitions, chosen: readonly string[]): DashboardDefinition[] {
  return (definitions.dashboards ?? []).filter(({ name }) => isOver(usesUnder(definitions, `/dashboards/${name}/`), chosen));
}

const BUILT_IN: readonly string[] = ['user', 'department'];

function isOver(uses: readonly string[], chosen: readonly string[]): boolean {
  const tables = uses.flatMap((use) => /^(?:table|field):([^.]+)/.exec(use)?.[1] ?? []);
  return tables.some((table) => chosen.includes(table)) && tables.every((table) => chosen.includes(table) || BUILT_IN.includes(table));
}

/** Workflows that speak of these tables (and of what every app has), and of no other. */
function workflowsOver(definitions: Definitions, chosen: readonly string[]): WorkflowDefinition[] {
  return (definitions.workflows ?? []).filter(({ name }) => isOver(usesOfWorkflow(definitions, name), chosen));
}

/** Tables beyond the chosen ones without which these would not build. */
export function neededBy(definitions: Definitions, chosen: readonly string[]): string[] {
  const all = new Set(chosen);
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    const called = namesCalled(definitions, [...all]);
    for (const { name } of definitions.tables) if (called.has(`table:${name}`)) all.add(name);
  }
  return definitions.tables.map(({ name }) => name).filter((name) => all.has(name) && !chosen.includes(name));
}

function namesCalled(definitions: Definitions, chosen: readonly string[]): ReadonlySet<string> {
  return new Set(usesIn(definitions).flatMap((use) => (use.table !== null && chosen.includes(use.table) ? use.names : [])));
}

/** Its tables stand as they come; what the app has beside its tables stays, and gets what is missing. */
export function withPart(live: Definitions, part: Definitions): Definitions {
  const brought = new Map(part.tables.map((table) => [table.name, table]));
  const kept = live.tables.map((table) => brought.get(table.name) ?? table);
  return {
    app: appWith(live.app, part.app),
    tables: [...kept, ...part.tables.filter(({ name }) => !live.tables.some((table) => table.name === name))],
    ...((live.workflows ?? part.workflows) && { workflows: [...(live.workflows ?? []).filter(({ name }) => !part.workflows?.some((workflow) => workflow.name === name)), ...(part.workflows ?? [])] }),
    ...((live.dashboards ?? part.dashboards) && { dashboards: [...(live.dashboards ?? []).filter(({ name }) => !part.dashboards?.some((dashboard) => dashboard.name === name)), ...(part.dashboards ?? [])] }),
  };
}
