/**
 * An app without some of its tables: they go with everything that calls them. A table that is left out is a table nobody ever wrote
 * anything in, so fields pointing at it are always empty, and rules that read them are worked out with that; what cannot do without it
 * (a view grouped by it, a workflow that writes it) is left out as well. Comes in: definitions that build; goes out: definitions that build.
 */
import type { AppDefinition, Definitions } from '../../model/definitions.ts';
import { type DashboardDefinition, GRID_COLUMNS } from '../../dashboards/definitions.ts';
import { homesAmong } from '../edit-dashboards.ts';
import { namesIn } from '../names.ts';
import { withoutPointers } from '../repair.ts';
import { type Pointer, type Use, usesIn } from '../uses.ts';
import { foldRules } from './fold-rules.ts';
import { type Gone, goneWith } from './gone.ts';
import { tidyTable } from './tidy.ts';
import { workflowWithout } from './workflows.ts';

export function leaveOut(definitions: Definitions, tables: readonly string[]): Definitions {
  const left = new Set(tables.filter((name) => definitions.tables.some((table) => table.name === name)));
  if (left.size === 0) return definitions;
  const more = new Set<string>();
  for (;;) {
    const gone = goneWith(definitions, left, more);
    const before = more.size;
    const result = reduced(definitions, left, gone, more);
    if (more.size === before) return withoutUnusedLists(result);
  }
}

/** One round; what turns out to be unable to do without what goes is added to `more`, and there is another. */
function reduced(definitions: Definitions, left: ReadonlySet<string>, gone: Gone, more: Set<string>): Definitions {
  const names = namesIn(definitions);
  const workflows = (definitions.workflows ?? []).flatMap((workflow) => {
    const kept = gone.has(`workflow:${workflow.name}`) ? null : workflowWithout(workflow, names, gone);
    if (!kept) more.add(`workflow:${workflow.name}`);
    return kept ?? [];
  });
  const here: Definitions = { ...definitions, tables: definitions.tables.filter(({ name }) => !left.has(name)), workflows };
  const folded = foldRules(here, gone);
  let result: Definitions = {
    ...folded,
    tables: folded.tables.map((table) => ({ ...table, fields: table.fields.filter(({ name }) => !gone.has(`field:${table.name}.${name}`)) })),
  };
  // Taking one thing out may leave another without its last part: a view without a column.
  for (let round = 0; round < 10; round++) {
    const uses = usesIn(result).filter((use) => use.names.some((name) => gone.has(name)));
    if (uses.length === 0) break;
    const pointers = uses.flatMap((use): Pointer[] => (use.remove ? [use.remove] : (placeOf(result, use, more) ?? [])));
    result = withoutPointers(result, pointers);
  }
  const { dashboards, workflows: own, ...rest } = result;
  const before = new Map(definitions.dashboards?.map((dashboard) => [dashboard.name, dashboard.cards.length]));
  const kept = (dashboards ?? []).flatMap((dashboard) => (dashboard.cards.length === before.get(dashboard.name) ? [dashboard] : tidyDashboard(dashboard)));
  const app = homesAmong(rest.app, kept);
  const tidied = rest.tables.map(tidyTable);
  for (const name of partsMissing(definitions, tidied, left)) more.add(name);
  return {
    app: { ...app, navigation: app.navigation.filter((group) => group.tables.length > 0) },
    tables: tidied,
    ...(own && own.length > 0 && { workflows: own }),
    ...(kept.length > 0 && { dashboards: kept }),
  };
}

/** Views and forms that did not stay, so that lists of the home page, cards and buttons that show them go as well. */
function partsMissing(before: Definitions, after: Definitions['tables'], left: ReadonlySet<string>): string[] {
  return before.tables
    .filter(({ name }) => !left.has(name))
    .flatMap(({ name, views = [], forms = [] }) => {
      const now = after.find((table) => table.name === name);
      const missing = (kind: 'view' | 'form', own: readonly { readonly name: string }[], kept: readonly { readonly name: string }[] | undefined): string[] => own.filter((one) => !kept?.some((other) => other.name === one.name)).map((one) => `${kind}:${name}.${one.name}`);
      return [...missing('view', views, now?.views), ...missing('form', forms, now?.forms)];
    });
}

/** Where no pointer says what to take out, the whole of what it stands in: a view, an effect, a shared filter. */
function placeOf(definitions: Definitions, { path }: Use, more: Set<string>): Pointer[] | null {
  const [, kind, owner, part, name] = path.split('/');
  const index = (list: readonly { readonly name: string }[] | undefined, wanted: string | undefined): number => list?.findIndex((one) => one.name === wanted) ?? -1;
  if (kind === 'dashboards') {
    const at = index(definitions.dashboards, owner);
    return part === 'filters' ? [['dashboards', at, 'filters', Number(name)]] : null;
  }
  if (kind !== 'tables') return null;
  const at = index(definitions.tables, owner);
  const table = definitions.tables[at];
  if (!table) return null;
  if (part === 'fields') {
    more.add(`field:${owner}.${name}`);
    return null;
  }
  if (part === 'views' || part === 'effects' || part === 'actions' || part === 'exports' || part === 'forms') {
    const own = index(table[part] as readonly { readonly name: string }[], name);
    return own < 0 ? null : [['tables', at, part, own]];
  }
  return null;
}

/** Cards move up into the room that others left; a dashboard that shows nothing is none. */
function tidyDashboard(dashboard: DashboardDefinition): DashboardDefinition[] {
  if (!dashboard.cards.some((card) => card.chart ?? card.list)) return [];
  const placed: Card[] = [];
  for (const card of [...dashboard.cards].sort((a, b) => a.y - b.y || a.x - b.x)) placed.push({ ...card, ...firstRoom(card, placed) });
  const filters = dashboard.filters ?? [];
  const cards = dashboard.cards.map(({ name }) => placed.find((card) => card.name === name) as Card);
  const { filters: _, ...rest } = dashboard;
  return [{ ...rest, ...(filters.length > 0 && { filters }), cards }];
}

type Card = DashboardDefinition['cards'][number];

/** The highest free place, and of those the leftmost. */
function firstRoom({ w, h }: Card, placed: readonly Card[]): { x: number; y: number } {
  const isFree = (x: number, y: number): boolean => placed.every((other) => x + w <= other.x || other.x + other.w <= x || y + h <= other.y || other.y + other.h <= y);
  for (let y = 0; ; y++) for (let x = 0; x + w <= GRID_COLUMNS; x++) if (isFree(x, y)) return { x, y };
}

/** Lists of options that nothing offers any more. */
function withoutUnusedLists(definitions: Definitions): Definitions {
  const { options, ...app } = definitions.app;
  const called = new Set(usesIn(definitions).flatMap(({ names }) => names));
  const lists = Object.entries(options ?? {}).filter(([name]) => called.has(`options:${name}`));
  return { ...definitions, app: { ...app, ...(lists.length > 0 && { options: Object.fromEntries(lists) }) } as AppDefinition };
}
