/** The definitions as JSON Schema files, so that editors complete and check them while they are typed. Printed beside this file by its test. */
import type { TObject } from 'typebox';
import { ChartCommonSchema } from '../charts/definitions.ts';
import { CHART_TYPES } from '../charts/index.ts';
import { DashboardSchema } from '../dashboards/definitions.ts';
import { FIELD_TYPES } from '../fields/index.ts';
import { PanelCommonSchema } from '../panels/definitions.ts';
import { PANEL_TYPES } from '../panels/index.ts';
import { VIEW_TYPES } from '../views/index.ts';
import { NodeCommonSchema, TriggerCommonSchema, WorkflowSchema } from '../workflows/definitions.ts';
import { NODE_TYPES } from '../workflows/nodes/index.ts';
import { TRIGGER_TYPES } from '../workflows/triggers/index.ts';
import { optionalDefaults } from './check-shape.ts';
import { AppSchema, FieldCommonSchema, TableSchema, ViewCommonSchema } from './definitions.ts';

type JsonSchema = Record<string, unknown>;

const COMMON = { field: FieldCommonSchema, view: ViewCommonSchema, panel: PanelCommonSchema, node: NodeCommonSchema, trigger: TriggerCommonSchema, chart: ChartCommonSchema };
type Common = keyof typeof COMMON;

/** One branch a registered type: the editor offers the settings of the type that stands there. */
function byType(common: Common, types: Readonly<Record<string, { readonly label: { readonly en: string }; readonly settings: TObject }>>): JsonSchema {
  // The common settings are described once, in `$defs`; here they are only let through.
  const shared = Object.fromEntries(Object.keys(COMMON[common].properties).map((name) => [name, true]));
  return {
    $ref: `#/$defs/${common}`,
    anyOf: Object.entries(types).map(([name, type]) => {
      const { required = [], properties } = plain(optionalDefaults(type.settings)) as { required?: string[]; properties: JsonSchema };
      return { title: type.label.en, properties: { ...shared, type: { const: name }, ...properties }, required: ['type', ...required], additionalProperties: false };
    }),
  };
}

export function appJsonSchema(): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Relata app', ...plain(AppSchema) };
}

export function tableJsonSchema(): JsonSchema {
  const schema = plain(TableSchema) as { properties: Record<string, JsonSchema> };
  const page = schema.properties.page as { properties: Record<string, JsonSchema> };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Relata table',
    ...schema,
    properties: {
      ...schema.properties,
      fields: { ...schema.properties.fields, items: byType('field', FIELD_TYPES) },
      views: { ...schema.properties.views, items: byType('view', VIEW_TYPES) },
      page: { ...page, properties: { ...page.properties, panels: { ...page.properties.panels, items: byType('panel', PANEL_TYPES) } } },
    },
    $defs: { field: plain(FieldCommonSchema), view: plain(ViewCommonSchema), panel: plain(PanelCommonSchema) },
  };
}

export function workflowJsonSchema(): JsonSchema {
  const schema = plain(WorkflowSchema) as { properties: Record<string, JsonSchema> };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Relata workflow',
    ...schema,
    properties: { ...schema.properties, trigger: byType('trigger', TRIGGER_TYPES), nodes: { ...schema.properties.nodes, items: byType('node', NODE_TYPES) } },
    $defs: { node: plain(NodeCommonSchema), trigger: plain(TriggerCommonSchema) },
  };
}

export function dashboardJsonSchema(): JsonSchema {
  const schema = plain(DashboardSchema) as { properties: Record<string, JsonSchema & { items?: { properties: JsonSchema } }> };
  const cards = schema.properties.cards as JsonSchema & { items: { properties: JsonSchema } };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Relata dashboard',
    ...schema,
    properties: { ...schema.properties, cards: { ...cards, items: { ...cards.items, properties: { ...cards.items.properties, chart: byType('chart', CHART_TYPES) } } } },
    $defs: { chart: plain(ChartCommonSchema) },
  };
}

/** TypeBox keeps notes of its own on schemas; JSON holds only the schema. */
function plain(schema: unknown): JsonSchema {
  return JSON.parse(JSON.stringify(schema)) as JsonSchema;
}
