/** What somebody wants in a file: checked against what they may know and how much they may take, before anything is read. */
import Type, { type Static } from 'typebox';
import { AppError, type Label, type Locale } from '#engine/errors.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { ExportDefinition } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, authorize, isKnown, type TableAccess } from '#engine/permissions/authorize.ts';
import { exportLimit } from '#engine/permissions/export-limit.ts';
import { resolvePath } from '#engine/rules/paths.ts';
import { rootScope } from '../db/access-sql.ts';
import { and, ident, raw, sql } from '../db/sql.ts';
import { checkRequest, type FindRequest, listConditions } from '../records/find-records.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { type ExportColumn, exportColumns } from './columns.ts';

export type ExportFormat = 'csv' | 'xlsx' | 'pdf';
/** A longer one is nothing anybody reads, and takes minutes to lay out. */
export const MOST_IN_PDF = 5000;

const strict = { additionalProperties: false } as const;
const Path = Type.String({ maxLength: 200 });

export const ExportSchema = Type.Object(
  {
    format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx'), Type.Literal('pdf')]),
    /** One of the exports of the table; what is given beside it goes before. */
    preset: Type.Optional(Type.String({ maxLength: 60 })),
    columns: Type.Optional(Type.Array(Path, { minItems: 1, maxItems: 100 })),
    filter: Type.Optional(Type.Unknown()),
    /** The filter in words, for the head of a PDF. */
    filterText: Type.Optional(Type.String({ maxLength: 1000 })),
    search: Type.Optional(Type.String({ maxLength: 200 })),
    sort: Type.Optional(Type.Array(Path, { maxItems: 5 })),
    /** Only these records. */
    ids: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 1000 })),
    locale: Type.Optional(Type.Union([Type.Literal('zh-CN'), Type.Literal('en')])),
    encoding: Type.Optional(Type.Union([Type.Literal('utf-8'), Type.Literal('gb18030')])),
    bom: Type.Optional(Type.Boolean()),
    delimiter: Type.Optional(Type.Union([Type.Literal(','), Type.Literal(';'), Type.Literal('\t')])),
    style: Type.Optional(Type.Union([Type.Literal('plain'), Type.Literal('card')])),
  },
  strict,
);
export type ExportRequest = Static<typeof ExportSchema>;

export interface ExportPlan {
  readonly access: TableAccess;
  readonly table: TableModel;
  readonly request: ExportRequest;
  readonly locale: Locale;
  /** Of the preset, else of the table. */
  readonly title: string;
  readonly columns: readonly ExportColumn[];
  readonly find: FindRequest;
  /** How many records there are now. */
  readonly total: number;
}

export async function planExport(workspace: Workspace, actor: Actor, tableName: string, request: ExportRequest, locale: Locale): Promise<ExportPlan> {
  const { model } = workspace;
  const access = authorize(model, actor, 'read', tableName);
  authorize(model, actor, 'export', tableName);
  const { table } = access;
  const preset = request.preset === undefined ? undefined : presetOf(workspace, actor, table, request.preset);
  const known = (path: string): boolean => {
    const resolved = resolvePath(model.tables, table.name, path);
    return typeof resolved === 'object' && [...resolved.hops, resolved.field].every((field) => isKnown(accessTo(model.tables[field.table] as TableModel, actor), field));
  };
  const paths = request.columns ?? preset?.columns.filter(known) ?? Object.values(table.fields).filter((field) => !field.hidden && isKnown(access, field)).map((field) => field.name);
  const filters = [request.filter, request.filter === undefined ? preset?.filter : undefined, request.ids && { in: [{ var: 'id' }, request.ids] }].filter((rule) => rule !== undefined && rule !== null);
  const sort = request.sort ?? preset?.sort?.filter((key) => known(key.replace(/^-/, '')));
  const find: FindRequest = {
    fields: paths,
    ...(filters.length > 0 && { filter: filters.length === 1 ? filters[0] : { and: filters } }),
    ...(request.search && { search: request.search }),
    ...(sort && { sort }),
  };
  checkRequest(workspace, actor, access, find);
  const columns = exportColumns(model, table, paths, locale);
  if (columns.length === 0) throw refusal('no_columns', { 'zh-CN': '没有可以导出的列', en: 'There is no column to export' });
  const total = await countUpTo(workspace, actor, access, find, Math.min(exportLimit(access), request.format === 'pdf' ? MOST_IN_PDF : Number.POSITIVE_INFINITY), request.format);
  return { access, table, request, locale, title: preset?.label[locale] ?? table.label[locale], columns, find, total };
}

function presetOf({ model }: Workspace, actor: Actor, table: TableModel, name: string): ExportDefinition {
  const isOwner = model.roles.some((role) => role.owner && actor.roles.includes(role.name));
  const preset = table.exports.find((own) => own.name === name && (isOwner || own.roles === undefined || own.roles.some((role) => actor.roles.includes(role))));
  if (!preset) throw refusal('unknown_preset', { 'zh-CN': `没有导出方案“${name}”`, en: `There is no export "${name}"` });
  return preset;
}

async function countUpTo(workspace: Workspace, actor: Actor, access: TableAccess, find: FindRequest, most: number, format: ExportFormat): Promise<number> {
  const { database, model } = workspace;
  const scope = rootScope(model, database.dialect, access.table, actor);
  const conditions = await listConditions(database, scope, find);
  const inner = sql`SELECT 1 FROM ${ident(access.table.name)} ${ident('t0')} WHERE ${and(conditions)} LIMIT ${raw(String(most + 1))}`;
  const row = await database.get<{ count: number }>(sql`SELECT count(*) AS count FROM (${inner}) AS counted`, contextOf(workspace, actor));
  const count = Number(row?.count ?? 0);
  if (count <= most) return count;
  if (format === 'pdf' && most === MOST_IN_PDF) {
    throw refusal('too_many', { 'zh-CN': `PDF 最多 ${most} 条记录，请缩小筛选范围，或改用 Excel、CSV`, en: `A PDF holds at most ${most} records; narrow the filter, or take Excel or CSV` });
  }
  throw refusal('too_many', { 'zh-CN': `一次最多导出 ${most} 条记录，请缩小筛选范围`, en: `At most ${most} records can be exported at once; narrow the filter` });
}

function refusal(code: string, message: Label): AppError {
  return new AppError('validation_failed', message, [{ path: '', code, message }]);
}
