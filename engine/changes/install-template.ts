/**
 * Templates beside one another in one workspace: put in, brought to a newer version, taken out. Pure; every result is a draft that
 * goes through plan and publish. Keep `installed` as the base of upgrade and removal: it is the template under the names it got here.
 */
import type { AppDefinition, Definitions } from '../model/definitions.ts';
import { isSame } from './diff-definitions.ts';
import { mergeDefinitions, type MergeResult } from './merge.ts';
import { renameDefinitions, type Renames } from './rename-definitions.ts';
import { repairDefinitions } from './repair.ts';
import { usesIn } from './uses.ts';

export type TableResolution = 'merge' | 'rename' | 'skip';

export interface TemplateClash {
  readonly name: string;
  readonly kind: 'table' | 'role' | 'options' | 'navigation';
  /** `share`: both are alike, one is enough. */
  readonly resolution: TableResolution | 'share';
}

export interface InstallRequest {
  readonly live: Definitions;
  readonly template: Definitions;
  /** By name of the table; a table that is not named here is renamed. */
  readonly clashes?: Readonly<Record<string, TableResolution>>;
}

export interface InstalledDefinitions {
  readonly definitions: Definitions;
  readonly clashes: readonly TemplateClash[];
  readonly installed: Definitions;
  /** For the sample records and scenarios of the template. */
  readonly renames: Renames;
}

export function installTemplate({ live, template, clashes: chosen = {} }: InstallRequest): InstalledDefinitions {
  const clashes: TemplateClash[] = [];
  const renames = { tables: {}, roles: {}, options: {}, workflows: {}, dashboards: {} } as { [kind in keyof Required<Renames>]: Record<string, string> };
  const prefix = template.app.name;
  const liveTables = new Set(live.tables.map((table) => table.name));
  const skipped = new Set<string>();
  for (const { name } of template.tables) {
    if (!liveTables.has(name)) continue;
    const resolution = Object.hasOwn(chosen, name) ? (chosen[name] as TableResolution) : 'rename';
    clashes.push({ name, kind: 'table', resolution });
    if (resolution === 'skip') skipped.add(name);
    if (resolution === 'rename') renames.tables[name] = freeName(prefix, name, (taken) => liveTables.has(taken));
  }
  for (const role of template.app.roles) {
    const own = live.app.roles.find(({ name }) => name === role.name);
    if (!own) continue;
    // Whoever owns the system owns all of it.
    const isShared = isSame(own, role) || (own.owner === true && role.owner === true);
    clashes.push({ name: role.name, kind: 'role', resolution: isShared ? 'share' : 'rename' });
    if (!isShared) renames.roles[role.name] = freeName(prefix, role.name, (taken) => live.app.roles.some(({ name }) => name === taken));
  }
  for (const [name, list] of Object.entries(template.app.options ?? {})) {
    const own = live.app.options?.[name];
    if (!own) continue;
    clashes.push({ name, kind: 'options', resolution: isSame(own, list) ? 'share' : 'rename' });
    if (!isSame(own, list)) renames.options[name] = freeName(prefix, name, (taken) => live.app.options?.[taken] !== undefined);
  }
  for (const { name } of template.app.navigation) if (live.app.navigation.some((group) => group.name === name)) clashes.push({ name, kind: 'navigation', resolution: 'merge' });
  const liveWorkflows = new Set(live.workflows?.map(({ name }) => name));
  for (const { name } of template.workflows ?? []) if (liveWorkflows.has(name)) renames.workflows[name] = freeName(prefix, name, (taken) => liveWorkflows.has(taken));
  const liveDashboards = new Set(live.dashboards?.map(({ name }) => name));
  for (const { name } of template.dashboards ?? []) if (liveDashboards.has(name)) renames.dashboards[name] = freeName(prefix, name, (taken) => liveDashboards.has(taken));
  const renamed = renameDefinitions(template, renames);
  const installed = { ...renamed, tables: renamed.tables.filter(({ name }) => !skipped.has(name)) };
  const theirs = { ...installed, app: appWith(live.app, installed.app) };
  return { definitions: mergeDefinitions({ base: { app: live.app, tables: [] }, ours: live, theirs }).definitions, clashes, installed, renames };
}

const LONGEST_NAME = 48;

/** `desk_ticket`, then `desk_ticket_2`, … */
function prefixed(prefix: string, name: string, count: number): string {
  const tail = count === 1 ? `_${name}` : `_${name}_${count}`;
  return `${prefix.slice(0, Math.max(1, LONGEST_NAME - tail.length))}${tail}`.slice(0, LONGEST_NAME);
}

function freeName(prefix: string, name: string, isTaken: (name: string) => boolean): string {
  let count = 1;
  while (isTaken(prefixed(prefix, name, count))) count++;
  return prefixed(prefix, name, count);
}

/** The workspace's own app, with what a template brings beside its tables. */
export function appWith(own: AppDefinition, brought: AppDefinition): AppDefinition {
  const navigation = own.navigation.map((group) => {
    const more = brought.navigation.find(({ name }) => name === group.name)?.tables ?? [];
    return { ...group, tables: [...new Set([...group.tables, ...more])] };
  });
  const home = [...(own.home ?? []), ...(brought.home ?? [])];
  const workbench = own.workbench ?? brought.workbench;
  return {
    ...own,
    navigation: [...navigation, ...brought.navigation.filter(({ name }) => !own.navigation.some((group) => group.name === name))],
    ...(home.length > 0 && { home: home.filter((entry, i) => home.findIndex((other) => isSame(other, entry)) === i) }),
    ...(workbench !== undefined && { workbench }),
    ...((own.options ?? brought.options) && { options: { ...brought.options, ...own.options } }),
    roles: [...own.roles, ...brought.roles.filter(({ name }) => !own.roles.some((role) => role.name === name))],
  };
}

export interface UninstallRequest {
  readonly live: Definitions;
  /** As it was installed. */
  readonly base: Definitions;
  /** The other installed templates. */
  readonly others: readonly Definitions[];
}

/** Without what the template brought; what another template has or a table that stays needs is left. */
export function uninstallTemplate({ live, base, others }: UninstallRequest): Definitions {
  const brought = new Set(base.tables.map(({ name }) => name).filter((name) => !others.some((other) => other.tables.some((table) => table.name === name))));
  const uses = usesIn(live);
  // A reference from a table that stays keeps its target, and the target what it needs in turn.
  for (let before = -1; before !== brought.size; ) {
    before = brought.size;
    for (const use of uses) {
      if (use.remove || use.table === null || brought.has(use.table)) continue;
      for (const name of use.names) if (name.startsWith('table:')) brought.delete(name.slice('table:'.length));
    }
  }
  const going = (base.dashboards ?? []).map(({ name }) => name);
  const own = (live.workflows ?? []).filter(({ name }) => !base.workflows?.some((workflow) => workflow.name === name));
  let left: Definitions = { ...live, tables: live.tables.filter(({ name }) => !brought.has(name)), ...(live.workflows && { workflows: own }), ...(live.dashboards && { dashboards: live.dashboards.filter(({ name }) => !going.includes(name)) }) };
  for (const dashboard of going) left = repairDefinitions(left, { dashboard });
  for (const table of brought) left = repairDefinitions(left, { table });
  const needed = new Set(usesIn(left).flatMap(({ names }) => names));
  const isBrought = (kind: 'role' | 'options', name: string, has: (app: AppDefinition) => boolean): boolean =>
    has(base.app) && !others.some((other) => has(other.app)) && !needed.has(`${kind}:${name}`);
  const { app } = left;
  const options = app.options && Object.fromEntries(Object.entries(app.options).filter(([name]) => !isBrought('options', name, (other) => other.options?.[name] !== undefined)));
  return {
    ...left,
    app: {
      ...app,
      navigation: app.navigation.filter((group) => group.tables.length > 0 || !base.app.navigation.some(({ name }) => name === group.name)),
      ...(options && { options }),
      roles: app.roles.filter((role) => role.owner || !isBrought('role', role.name, (other) => other.roles.some(({ name }) => name === role.name))),
    },
  };
}

export interface UpgradeRequest {
  readonly live: Definitions;
  /** As it was installed. */
  readonly base: Definitions;
  /** The new version as it comes, under its own names. */
  readonly next: Definitions;
  readonly take?: readonly string[];
}

export interface UpgradedDefinitions extends MergeResult {
  /** The new version under the names it has here: the base of the next upgrade. */
  readonly installed: Definitions;
  readonly renames: Renames;
}

export function upgradeTemplate({ live, base, next, take = [] }: UpgradeRequest): UpgradedDefinitions {
  const renames = renamesOf(base, next);
  const renamed = renameDefinitions(next, renames);
  // A table of the workspace's own with that name was left alone before, and is now.
  const isOwn = (name: string): boolean => live.tables.some((table) => table.name === name) && !base.tables.some((table) => table.name === name);
  const installed = { ...renamed, tables: renamed.tables.filter(({ name }) => !isOwn(name)) };
  const isGuest = live.app.name !== base.app.name;
  const as = (definitions: Definitions): Definitions => (isGuest ? { ...definitions, app: { ...definitions.app, ...identityOf(live.app) } } : definitions);
  return { ...mergeDefinitions({ base: as(base), ours: live, theirs: as(installed), take }), installed, renames };
}

function identityOf({ name, label, description, version, settings }: AppDefinition): Partial<AppDefinition> {
  return { name, label, description, version, settings } as Partial<AppDefinition>;
}

/** The names a template got when it was installed, read from what was installed. */
export function renamesOf(base: Definitions, next: Definitions): Renames {
  const prefix = next.app.name;
  const among = (here: readonly string[], there: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      there.flatMap((name) => {
        const own = here.includes(name) ? undefined : [1, 2, 3, 4, 5].map((count) => prefixed(prefix, name, count)).find((candidate) => here.includes(candidate));
        return own === undefined ? [] : [[name, own]];
      }),
    );
  const names = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name);
  return {
    tables: among(names(base.tables), names(next.tables)),
    roles: among(names(base.app.roles), names(next.app.roles)),
    options: among(Object.keys(base.app.options ?? {}), Object.keys(next.app.options ?? {})),
    workflows: among(names(base.workflows ?? []), names(next.workflows ?? [])),
    dashboards: among(names(base.dashboards ?? []), names(next.dashboards ?? [])),
  };
}
