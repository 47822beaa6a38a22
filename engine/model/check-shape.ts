/** First look at definitions: do they have the shape of their schema? Answers in sentences, one per problem, with paths. */
import Type, { type TObject, type TSchema } from 'typebox';
import Value from 'typebox/value';
import { childPath, type Issue, type Label } from '../errors.ts';
import { ChartCommonSchema, type ChartDefinition } from '../charts/definitions.ts';
import { chartTypeOf, isChartType } from '../charts/index.ts';
import { type DashboardDefinition, DashboardSchema } from '../dashboards/definitions.ts';
import { FIELD_TYPES, type FieldTypeName } from '../fields/index.ts';
import { PanelCommonSchema } from '../panels/definitions.ts';
import { panelTypeOf } from '../panels/index.ts';
import { viewTypeOf } from '../views/index.ts';
import { NodeCommonSchema, TriggerCommonSchema, type WorkflowDefinition, WorkflowSchema } from '../workflows/definitions.ts';
import { NODE_TYPES, nodeTypeOf } from '../workflows/nodes/index.ts';
import { TRIGGER_TYPES, triggerTypeOf } from '../workflows/triggers/index.ts';
import { AppSchema, FieldCommonSchema, TableSchema, ViewCommonSchema, type ViewDefinition } from './definitions.ts';

const merged = new Map<TObject, TObject>();

/** A setting with a default need not be given. */
export function optionalDefaults(settings: TObject): TObject {
  return Type.Object(Object.fromEntries(Object.entries(settings.properties).map(([key, value]) => [key, 'default' in value ? Type.Optional(value) : value])));
}

/** Common settings and those of a type, in one strict schema. */
export function withCommon(common: TObject, settings: TObject): TObject {
  let schema = merged.get(settings);
  if (!schema) {
    schema = Type.Object({ ...common.properties, ...optionalDefaults(settings).properties }, { additionalProperties: false });
    merged.set(settings, schema);
  }
  return schema;
}

export function shapeIssues(schema: TSchema, value: unknown, path: string): Issue[] {
  const issues: Issue[] = [];
  for (const error of Value.Errors(schema, value)) {
    const params = error.params as Record<string, unknown>;
    // `boolean` repeats what `additionalProperties` says; the branches of a union are summed up by `anyOf`.
    if (error.keyword === 'boolean' || error.schemaPath.includes('/anyOf/')) continue;
    const at = path + error.instancePath;
    if (error.keyword === 'additionalProperties') {
      for (const key of params.additionalProperties as string[]) issues.push({ path: childPath(at, key), code: 'unknown_property', message: unknownProperty(key) });
    } else if (error.keyword === 'required') {
      for (const key of params.requiredProperties as string[]) issues.push({ path: childPath(at, key), code: 'missing_property', message: missingProperty(error.instancePath === '' ? settingLabel(schema, key) : same(key)) });
    } else {
      issues.push({ path: at, code: 'wrong_shape', message: shapeMessage(error.keyword, params, error.message) });
    }
  }
  return issues;
}

const unknownProperty = (key: string): Label => ({ 'zh-CN': `没有名为“${key}”的设置`, en: `There is no setting "${key}"` });
const missingProperty = (name: Label): Label => ({ 'zh-CN': `缺少“${name['zh-CN']}”`, en: `"${name.en}" is missing` });
const same = (key: string): Label => ({ 'zh-CN': key, en: key });
/** A setting as the designer calls it; its key where it has no label. */
const settingLabel = (schema: TSchema, key: string): Label => (schema as { properties?: Record<string, { 'x-label'?: Label }> }).properties?.[key]?.['x-label'] ?? same(key);
const wrongShape = (message: string): Label => ({ 'zh-CN': `格式不对：${message}`, en: `Wrong shape: it ${message}` });

/** The commonest are said in words of the language; the rest in those of the schema library. */
function shapeMessage(keyword: string, { limit }: Record<string, unknown>, message: string): Label {
  if (keyword === 'minLength' && limit === 1) return { 'zh-CN': '不能为空', en: 'It must not be empty' };
  if (keyword === 'maxLength') return { 'zh-CN': `最多 ${String(limit)} 个字符`, en: `At most ${String(limit)} characters` };
  if (keyword === 'minimum') return { 'zh-CN': `不能小于 ${String(limit)}`, en: `It must not be less than ${String(limit)}` };
  if (keyword === 'maximum') return { 'zh-CN': `不能大于 ${String(limit)}`, en: `It must not be more than ${String(limit)}` };
  return wrongShape(message);
}

/** Definitions are never changed in place: a table, workflow or dashboard found well shaped stays so, and a draft is looked at only where it differs. */
const wellShaped = new WeakSet<object>();

function once(value: unknown, look: () => Issue[]): Issue[] {
  if (value === null || typeof value !== 'object') return look();
  if (wellShaped.has(value)) return [];
  const issues = look();
  if (issues.length === 0) wellShaped.add(value);
  return issues;
}

export function appShapeIssues(app: unknown): Issue[] {
  return shapeIssues(AppSchema, app, '/app');
}

export function tableShapeIssues(table: unknown, path: string): Issue[] {
  return once(table, () => lookAtTable(table, path));
}

function lookAtTable(table: unknown, path: string): Issue[] {
  const issues = shapeIssues(TableSchema, table, path);
  if (issues.length > 0) return issues;
  const { fields, views = [], page } = table as { fields: Record<string, unknown>[]; views?: Record<string, unknown>[]; page?: { panels?: Record<string, unknown>[] } };
  fields.forEach((field, index) => {
    const at = childPath(childPath(path, 'fields'), index);
    const type = field.type;
    if (typeof type !== 'string' || !Object.hasOwn(FIELD_TYPES, type)) {
      issues.push({ path: childPath(at, 'type'), code: 'unknown_field_type', message: { 'zh-CN': `没有字段类型“${String(type)}”`, en: `There is no field type "${String(type)}"` } });
    } else issues.push(...shapeIssues(withCommon(FieldCommonSchema, FIELD_TYPES[type as FieldTypeName].settings), field, at));
  });
  views.forEach((view, index) => {
    issues.push(...viewShapeIssues(view, childPath(childPath(path, 'views'), index)));
  });
  page?.panels?.forEach((panel, index) => {
    issues.push(...panelShapeIssues(panel, `${path}/page/panels/${index}`));
  });
  return issues;
}

function panelShapeIssues(panel: Record<string, unknown>, path: string): Issue[] {
  const type = panelTypeOf({ type: String(panel.type) });
  if (!type) return [{ path: childPath(path, 'type'), code: 'unknown_panel_type', message: { 'zh-CN': `没有面板类型“${String(panel.type)}”`, en: `There is no panel type "${String(panel.type)}"` } }];
  return shapeIssues(withCommon(PanelCommonSchema, type.settings), panel, path);
}

export function viewShapeIssues(view: unknown, path: string): Issue[] {
  const own = view as ViewDefinition;
  const type = viewTypeOf({ type: String(own?.type) });
  if (!type) return [{ path: childPath(path, 'type'), code: 'unknown_view_type', message: { 'zh-CN': `没有视图类型“${String(own?.type)}”`, en: `There is no view type "${String(own?.type)}"` } }];
  const issues = shapeIssues(withCommon(ViewCommonSchema, type.settings), own, path);
  return issues.length === 0 && type.chart && 'chart' in own ? chartShapeIssues(type.chart(own, 'table'), childPath(path, 'chart')) : issues;
}

export function workflowShapeIssues(workflow: unknown, path: string): Issue[] {
  return once(workflow, () => lookAtWorkflow(workflow, path));
}

function lookAtWorkflow(workflow: unknown, path: string): Issue[] {
  const issues = shapeIssues(WorkflowSchema, workflow, path);
  if (issues.length > 0) return issues;
  const { trigger, nodes } = workflow as WorkflowDefinition;
  if (!Object.hasOwn(TRIGGER_TYPES, String(trigger.type))) {
    issues.push({ path: `${path}/trigger/type`, code: 'unknown_trigger_type', message: { 'zh-CN': `没有触发方式“${String(trigger.type)}”`, en: `There is no trigger type "${String(trigger.type)}"` } });
  } else issues.push(...shapeIssues(withCommon(TriggerCommonSchema, triggerTypeOf(trigger).settings), trigger, `${path}/trigger`));
  nodes.forEach((node, index) => {
    const at = childPath(`${path}/nodes`, typeof node.name === 'string' && node.name !== '' ? node.name : index);
    if (!Object.hasOwn(NODE_TYPES, String(node.type))) {
      issues.push({ path: `${at}/type`, code: 'unknown_node_type', message: { 'zh-CN': `没有节点类型“${String(node.type)}”`, en: `There is no node type "${String(node.type)}"` } });
    } else issues.push(...shapeIssues(withCommon(NodeCommonSchema, nodeTypeOf(node).settings), node, at));
  });
  return issues;
}

export function dashboardShapeIssues(dashboard: unknown, path: string): Issue[] {
  return once(dashboard, () => lookAtDashboard(dashboard, path));
}

function lookAtDashboard(dashboard: unknown, path: string): Issue[] {
  const issues = shapeIssues(DashboardSchema, dashboard, path);
  if (issues.length > 0) return issues;
  return (dashboard as DashboardDefinition).cards.flatMap((card, i) => (card.chart === undefined ? [] : chartShapeIssues(card.chart, `${path}/cards/${i}/chart`)));
}

export function chartShapeIssues(chart: unknown, path: string): Issue[] {
  const type = (chart as { type?: unknown } | null)?.type;
  if (!isChartType(type)) return [{ path: childPath(path, 'type'), code: 'unknown_chart_type', message: { 'zh-CN': `没有图表类型“${String(type)}”`, en: `There is no chart type "${String(type)}"` } }];
  return shapeIssues(withCommon(ChartCommonSchema, chartTypeOf(chart as ChartDefinition).settings), chart, path);
}
