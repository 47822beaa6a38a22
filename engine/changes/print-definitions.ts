/**
 * Definitions as files, and back: the same definitions always give the same text, whoever wrote them and whatever database they
 * come from. Keys stand in the order of the schemas, names of a record alphabetically; short things on one line.
 */
import type { TObject, TSchema } from 'typebox';
import { AppError, type Issue } from '../errors.ts';
import { ChartCommonSchema } from '../charts/definitions.ts';
import { CHART_TYPES } from '../charts/index.ts';
import { type DashboardDefinition, DashboardSchema } from '../dashboards/definitions.ts';
import { FIELD_TYPES } from '../fields/index.ts';
import { AppSchema, type AppDefinition, type Definitions, FieldCommonSchema, PageSchema, TableSchema, type TableDefinition, ViewCommonSchema } from '../model/definitions.ts';
import { PanelCommonSchema } from '../panels/definitions.ts';
import { PANEL_TYPES } from '../panels/index.ts';
import { VIEW_TYPES } from '../views/index.ts';
import { NodeCommonSchema, TriggerCommonSchema, type WorkflowDefinition, WorkflowSchema } from '../workflows/definitions.ts';
import { NODE_TYPES } from '../workflows/nodes/index.ts';
import { TRIGGER_TYPES } from '../workflows/triggers/index.ts';
import { printJson } from './print-json.ts';

export type DefinitionKind = 'app' | 'table' | 'workflow' | 'dashboard';

const KINDS: Readonly<Record<DefinitionKind, { readonly schema: TObject; readonly file: string }>> = {
  app: { schema: AppSchema, file: '../../engine/model/app.schema.json' },
  table: { schema: TableSchema, file: '../../../engine/model/table.schema.json' },
  workflow: { schema: WorkflowSchema, file: '../../../engine/model/workflow.schema.json' },
  dashboard: { schema: DashboardSchema, file: '../../../engine/model/dashboard.schema.json' },
};

export function printDefinition(value: AppDefinition | TableDefinition | WorkflowDefinition | DashboardDefinition, kind: DefinitionKind): string {
  const { schema, file } = KINDS[kind];
  return printJson(inOrder({ ...value, $schema: file }, schema));
}

/** `app.json` and `tables/customer.json`, … with their texts. */
export function definitionFiles({ app, tables, workflows = [], dashboards = [] }: Definitions): Record<string, string> {
  const files: Record<string, string> = { 'app.json': printDefinition(app, 'app') };
  for (const table of [...tables].sort((a, b) => (a.name < b.name ? -1 : 1))) files[`tables/${table.name}.json`] = printDefinition(table, 'table');
  for (const workflow of workflows) files[`workflows/${workflow.name}.json`] = printDefinition(workflow, 'workflow');
  for (const dashboard of dashboards) files[`dashboards/${dashboard.name}.json`] = printDefinition(dashboard, 'dashboard');
  return files;
}

/** Throws `invalid_definition` with every file that cannot be read. Files of other folders are not looked at. */
export function readDefinitionFiles(files: Readonly<Record<string, string>>): Definitions {
  const issues: Issue[] = [];
  const read = (path: string): Record<string, unknown> | undefined => {
    const result = parseFile(files[path] ?? '', path);
    if ('value' in result) return result.value;
    issues.push(result);
    return undefined;
  };
  if (files['app.json'] === undefined) issues.push({ path: 'app.json', code: 'missing_file', message: { 'zh-CN': '缺少 app.json', en: 'app.json is missing' } });
  const app = files['app.json'] === undefined ? undefined : read('app.json');
  const folder = (name: string): Record<string, unknown>[] =>
    Object.keys(files)
      .filter((path) => path.startsWith(`${name}/`) && /^[^/]+\/[^/]+\.json$/.test(path))
      .sort()
      .flatMap((path) => {
        const definition = read(path);
        const expected = `${name}/${String(definition?.name)}.json`;
        if (definition && expected !== path) issues.push({ path, code: 'file_name', message: { 'zh-CN': `文件名应与名称一致：${expected}`, en: `The file should be called after its name: ${expected}` } });
        return definition ? [definition] : [];
      });
  const tables = folder('tables');
  const workflows = folder('workflows');
  const dashboards = folder('dashboards');
  if (issues.length > 0) throw new AppError('invalid_definition', { 'zh-CN': '定义文件有误', en: 'Definition files cannot be read' }, issues);
  return { app: app as unknown as AppDefinition, tables: tables as unknown as TableDefinition[], ...(workflows.length > 0 && { workflows: workflows as unknown as WorkflowDefinition[] }), ...(dashboards.length > 0 && { dashboards: dashboards as unknown as DashboardDefinition[] }) };
}

function parseFile(text: string, path: string): { readonly value: Record<string, unknown> } | Issue {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return { path, code: 'wrong_shape', message: { 'zh-CN': '应为一个 JSON 对象', en: 'Must be a JSON object' } };
    const { $schema: _, ...definition } = value as Record<string, unknown>;
    return { value: definition };
  } catch (error) {
    const { message } = error as SyntaxError;
    return { path, code: 'invalid_json', message: { 'zh-CN': `不是有效的 JSON：${message}`, en: `Not valid JSON: ${message}` } };
  }
}

interface Typed {
  readonly common: TObject;
  readonly types: Readonly<Record<string, { readonly settings: TObject }>>;
}
/** The schemas know fields and views as objects of any shape; the keys of their type follow the common ones. */
const BY_TYPE: Readonly<Record<string, Typed>> = {
  fields: { common: FieldCommonSchema, types: FIELD_TYPES },
  views: { common: ViewCommonSchema, types: VIEW_TYPES },
  panels: { common: PanelCommonSchema, types: PANEL_TYPES },
  nodes: { common: NodeCommonSchema, types: NODE_TYPES },
  trigger: { common: TriggerCommonSchema, types: TRIGGER_TYPES },
  chart: { common: ChartCommonSchema, types: CHART_TYPES },
};

type Schema = TSchema & { readonly properties?: Readonly<Record<string, Schema>>; readonly items?: Schema; readonly anyOf?: readonly Schema[]; readonly patternProperties?: Readonly<Record<string, Schema>> };

function inOrder(value: unknown, schema: Schema | undefined, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = schema?.items ?? schema?.anyOf?.find((branch) => branch.items)?.items;
    const lists = schema && (schema === TableSchema.properties[key as 'fields'] || schema === WorkflowSchema.properties[key as 'nodes'] || schema === PageSchema.properties[key as 'panels']) ? BY_TYPE[key] : undefined;
    return value.map((item) => inOrder(item, lists ? ownSchema(lists, item) : items));
  }
  if (value === null || typeof value !== 'object') return value;
  if (schema === WorkflowSchema.properties.trigger && schema !== undefined && key === 'trigger') return inOrder(value, ownSchema(BY_TYPE.trigger as Typed, value));
  // On a card and in a view alike; nothing else is called so.
  if (key === 'chart' && 'measures' in value) return inOrder(value, ownSchema(BY_TYPE.chart as Typed, value));
  const known = schema?.properties ?? schema?.anyOf?.find((branch) => branch.properties)?.properties ?? {};
  const [each] = Object.values(schema?.patternProperties ?? {});
  const order = Object.keys(known);
  const keys = Object.keys(value).sort((a, b) => rank(order, a) - rank(order, b) || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((name) => [name, inOrder((value as Record<string, unknown>)[name], known[name] ?? each, name)]));
}

function rank(order: readonly string[], key: string): number {
  const at = order.indexOf(key);
  return at < 0 ? order.length : at;
}

function ownSchema({ common, types }: Typed, item: unknown): Schema {
  const type = (item as { type?: unknown } | null)?.type;
  const settings = typeof type === 'string' && Object.hasOwn(types, type) ? types[type]?.settings.properties : {};
  return { properties: { ...common.properties, ...settings } } as Schema;
}
