/** How the parts of definitions are told apart when two versions are merged: what a list's items are known by, and what is one piece. */
import { FieldCommonSchema, ViewCommonSchema } from '../model/definitions.ts';
import { ChartCommonSchema } from '../charts/definitions.ts';
import { PanelCommonSchema } from '../panels/definitions.ts';
import { NodeCommonSchema } from '../workflows/definitions.ts';

export interface Shape {
  /** An object merged property by property; keys not named here are merged as their value suggests. */
  readonly keys?: Readonly<Record<string, Shape>>;
  /** Every value of a record, every item of a list. */
  readonly each?: Shape;
  /** What an item of a list is known by. */
  readonly id?: (item: unknown) => string;
  /** One piece, whatever it holds. */
  readonly atomic?: true;
  /** Keys that any type has; the others belong to `type` and go along when the type differs. */
  readonly common?: ReadonlySet<string>;
  /** A form: a field stands in it once. */
  readonly form?: true;
}

const byKeys = (...keys: string[]) => (item: unknown): string => keys.map((key) => String((item as Record<string, unknown> | null)?.[key])).join('.');
/** A text is known by itself, a column by its field, anything else by all it says. */
export const byContent = (item: unknown): string => {
  if (typeof item === 'string') return item;
  const field = (item as { field?: unknown } | null)?.field;
  return typeof field === 'string' ? field : JSON.stringify(item);
};

const ATOMIC: Shape = { atomic: true };
const SET: Shape = { id: byContent, each: ATOMIC };
/** `-name` and `name` are one key, sorted the other way. */
const SORT: Shape = { id: (item) => String(item).replace(/^-/, ''), each: ATOMIC };
const RULES: Shape = { each: ATOMIC };
const named = (keys: Shape['keys'] = {}, more: Omit<Shape, 'keys'> = {}): Shape => ({ id: byKeys('name'), each: { keys, ...more } });

const OPTIONS: Shape = { id: byKeys('value'), each: { keys: { aliases: SET } } };
const SECTIONS = named({ fields: SET, visible: ATOMIC });

const FIELD_KEYS: Shape['keys'] = { options: OPTIONS, aliases: SET, validate: SET, sort: SORT, default: ATOMIC, filter: ATOMIC, visible: ATOMIC, requiredWhen: ATOMIC, readOnlyWhen: ATOMIC };
const DIMENSIONS: Shape = { atomic: true };
const MEASURES: Shape = { id: byKeys('name'), each: { keys: { filter: ATOMIC, within: ATOMIC, of: ATOMIC, by: ATOMIC, shared: RULES } } };
/** Dimensions belong together: another order of them is another chart. */
const CHART: Shape = { keys: { filter: ATOMIC, period: ATOMIC, dimensions: DIMENSIONS, deeper: DIMENSIONS, measures: MEASURES, sort: ATOMIC, shared: RULES }, common: new Set(Object.keys(ChartCommonSchema.properties)) };
const VIEW_KEYS: Shape['keys'] = { columns: SET, sort: SORT, roles: SET, filter: ATOMIC, colors: SET, fields: SET, folded: SET, chart: CHART, rows: DIMENSIONS, measures: MEASURES };
const RELATED: Shape = { id: byKeys('table', 'field'), each: { keys: { columns: SET, sort: SORT } } };

const TABLE: Shape = {
  keys: {
    fields: named(FIELD_KEYS, { common: new Set(Object.keys(FieldCommonSchema.properties)) }),
    indexes: SET,
    duplicates: SET,
    validate: SET,
    forms: named({ roles: SET, when: ATOMIC, sections: SECTIONS, tabs: named({ sections: SECTIONS }) }, { form: true }),
    exports: named({ columns: SET, sort: SORT, roles: SET, filter: ATOMIC }),
    views: named(VIEW_KEYS, { common: new Set(Object.keys(ViewCommonSchema.properties)) }),
    page: { keys: { header: SET, panels: named({ filter: ATOMIC, measures: MEASURES }, { common: new Set(Object.keys(PanelCommonSchema.properties)) }), related: RELATED, timeline: RELATED } },
    actions: named({ values: RULES, visible: ATOMIC }),
    effects: named({ on: SET, when: ATOMIC, create: { keys: { values: RULES } }, update: { keys: { values: RULES } } }),
    handOver: { keys: { people: SET, filter: ATOMIC } },
    permissions: { each: { keys: { read: ATOMIC, update: ATOMIC, delete: ATOMIC, fields: RULES } } },
  },
};

const NODE_COMMON = new Set(Object.keys(NodeCommonSchema.properties));
const WORKFLOW: Shape = {
  keys: {
    parameters: named({ default: ATOMIC, value: ATOMIC, options: OPTIONS }),
    trigger: { keys: { rule: ATOMIC, filter: ATOMIC, fields: SET, roles: SET }, common: NODE_COMMON },
    nodes: named({ next: { each: ATOMIC }, position: ATOMIC, rule: ATOMIC, filter: ATOMIC, values: RULES, variables: RULES, to: ATOMIC, people: ATOMIC, approvers: ATOMIC, branches: ATOMIC, rules: ATOMIC }, { common: NODE_COMMON }),
  },
};

const DASHBOARD: Shape = {
  keys: { roles: SET, filters: named({ period: ATOMIC, values: ATOMIC }), cards: named({ chart: CHART, list: ATOMIC }) },
};

export const DEFINITIONS: Shape = {
  keys: {
    app: { keys: { settings: { keys: {} }, navigation: named({ tables: SET }), home: { id: byKeys('table', 'view'), each: ATOMIC }, options: { each: OPTIONS }, roles: named(), levels: { each: RULES }, levelVariants: named({ read: ATOMIC, update: ATOMIC, delete: ATOMIC, share: ATOMIC, transfer: ATOMIC }) } },
    tables: { id: byKeys('name'), each: TABLE },
    workflows: { id: byKeys('name'), each: WORKFLOW },
    dashboards: { id: byKeys('name'), each: DASHBOARD },
  },
};
