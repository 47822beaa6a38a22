/**
 * Definitions as files, and back: the same definitions always give the same text, whoever wrote them and whatever database they
 * come from. Keys stand in the order of the schemas, names of a record alphabetically; short things on one line.
 */
import type { TObject, TSchema } from 'typebox';
import { AppError, type Issue } from '../errors.ts';
import { FIELD_TYPES } from '../fields/index.ts';
import { AppSchema, type AppDefinition, type Definitions, FieldCommonSchema, TableSchema, type TableDefinition, ViewCommonSchema } from '../model/definitions.ts';
import { VIEW_TYPES } from '../views/index.ts';
import { printJson } from './print-json.ts';

export type DefinitionKind = 'app' | 'table';

const KINDS: Readonly<Record<DefinitionKind, { readonly schema: TObject; readonly file: string }>> = {
  app: { schema: AppSchema, file: '../../engine/model/app.schema.json' },
  table: { schema: TableSchema, file: '../../../engine/model/table.schema.json' },
};

export function printDefinition(value: AppDefinition | TableDefinition, kind: DefinitionKind): string {
  const { schema, file } = KINDS[kind];
  return printJson(inOrder({ ...value, $schema: file }, schema));
}

/** `app.json` and `tables/customer.json`, … with their texts. */
export function definitionFiles({ app, tables }: Definitions): Record<string, string> {
  const files: Record<string, string> = { 'app.json': printDefinition(app, 'app') };
  for (const table of [...tables].sort((a, b) => (a.name < b.name ? -1 : 1))) files[`tables/${table.name}.json`] = printDefinition(table, 'table');
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
  const tables = Object.keys(files)
    .filter((path) => /^tables\/[^/]+\.json$/.test(path))
    .sort()
    .flatMap((path) => {
      const table = read(path);
      if (table && `tables/${String(table.name)}.json` !== path) {
        issues.push({ path, code: 'file_name', message: { 'zh-CN': `文件名应与表名一致：tables/${String(table.name)}.json`, en: `The file should be called after its table: tables/${String(table.name)}.json` } });
      }
      return table ? [table] : [];
    });
  if (issues.length > 0) throw new AppError('invalid_definition', { 'zh-CN': '定义文件有误', en: 'Definition files cannot be read' }, issues);
  return { app: app as unknown as AppDefinition, tables: tables as unknown as TableDefinition[] };
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
};

type Schema = TSchema & { readonly properties?: Readonly<Record<string, Schema>>; readonly items?: Schema; readonly anyOf?: readonly Schema[]; readonly patternProperties?: Readonly<Record<string, Schema>> };

function inOrder(value: unknown, schema: Schema | undefined, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = schema?.items ?? schema?.anyOf?.find((branch) => branch.items)?.items;
    const lists = schema && schema === TableSchema.properties[key as 'fields'] ? BY_TYPE[key] : undefined;
    return value.map((item) => inOrder(item, lists ? ownSchema(lists, item) : items));
  }
  if (value === null || typeof value !== 'object') return value;
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
