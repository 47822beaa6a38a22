/**
 * What an actor may do with a table, as data: a list of cell grants, each a row rule with the field rights that hold on
 * the rows it matches. Several roles unite per cell: a field is readable on a row when one grant that matches the row
 * lets it be read. Nobody answers yes or no here; `server/db` turns the rules into the predicate of every query.
 */
import { AppError } from '../errors.ts';
import type { AppModel, FieldModel, TableModel } from '../model/app-model.ts';
import type { FieldRightName, GrantDefinition } from '../model/definitions.ts';
import type { Rule } from '../rules/rule.ts';
import type { Actor } from './actor.ts';

export type RowAction = 'read' | 'update' | 'delete';
export type TableAction = RowAction | 'create' | 'export' | 'import' | 'share' | 'transfer';
export const TABLE_ACTIONS: readonly TableAction[] = ['read', 'create', 'update', 'delete', 'export', 'import', 'share', 'transfer'];
export type FieldRight = FieldRightName;

const STRENGTH: Readonly<Record<FieldRight, number>> = { hidden: 0, masked: 1, read: 2, write: 3 };

export interface CellGrant {
  /** The rows it holds for; true is every row. */
  readonly rows: Rule | true;
  right(field: FieldModel): FieldRight;
}

export interface TableAccess {
  readonly table: TableModel;
  readonly read: readonly CellGrant[];
  readonly update: readonly CellGrant[];
  readonly delete: readonly CellGrant[];
  readonly create: readonly CellGrant[];
  readonly export: boolean;
  readonly import: boolean;
  readonly share: boolean;
  readonly transfer: boolean;
}

const unrestrictedGrant: CellGrant = { rows: true, right: () => 'write' };
const ALL: readonly CellGrant[] = [unrestrictedGrant];

function cellGrant(grant: GrantDefinition, rows: Rule | true): CellGrant {
  const fields = grant.fields ?? {};
  return {
    rows,
    right: (field) => (Object.hasOwn(fields, field.name) ? (fields[field.name] as FieldRight) : field.sensitive && !grant.sensitive ? 'masked' : 'write'),
  };
}

const known = new WeakMap<TableModel, Map<string, TableAccess>>();

/** The same object for the same roles on the same table, so that what is compiled from it can be kept beside it. */
export function accessTo(table: TableModel, actor: Actor): TableAccess {
  let byRoles = known.get(table);
  if (!byRoles) known.set(table, (byRoles = new Map()));
  const key = actor.unrestricted ? '*' : `${actor.roles.join()}${isAsked(table, actor) ? ' asked' : ''}`;
  let access = byRoles.get(key);
  if (!access) byRoles.set(key, (access = buildAccess(table, actor)));
  return access;
}

function isAsked(table: TableModel, actor: Actor): boolean {
  return actor.asked?.tables.includes(table.name) === true;
}

/** Who has to decide sees what it is about, read only and without what is sensitive. */
const askedGrant: CellGrant = { rows: { in: [{ var: 'id' }, { var: '$asked' }] }, right: (field) => (field.sensitive ? 'masked' : 'read') };

function buildAccess(table: TableModel, actor: Actor): TableAccess {
  if (actor.unrestricted) return { table, read: ALL, update: ALL, delete: ALL, create: ALL, export: true, import: true, share: true, transfer: true };
  const grants = actor.roles.flatMap((role) => (Object.hasOwn(table.permissions, role) ? [table.permissions[role] as GrantDefinition] : []));
  const of = (action: RowAction): CellGrant[] =>
    grants.flatMap((grant) => {
      const rows = grant[action];
      return rows === undefined ? [] : [cellGrant(grant, rows)];
    });
  const any = (flag: 'export' | 'import' | 'share' | 'transfer'): boolean => grants.some((grant) => grant[flag]);
  return {
    table,
    read: isAsked(table, actor) ? [...of('read'), askedGrant] : of('read'),
    update: of('update'),
    delete: of('delete'),
    create: grants.flatMap((grant) => (grant.create ? [cellGrant(grant, true)] : [])),
    export: any('export'),
    import: any('import'),
    share: any('share'),
    transfer: any('transfer'),
  };
}

export function allows(access: TableAccess, action: TableAction): boolean {
  const right = access[action];
  return typeof right === 'boolean' ? right : right.length > 0;
}

/** The most the actor may do with a field on any row. */
export function bestRight(grants: readonly CellGrant[], field: FieldModel): FieldRight {
  let best: FieldRight = 'hidden';
  for (const grant of grants) {
    const right = grant.right(field);
    if (STRENGTH[right] > STRENGTH[best]) best = right;
  }
  return best;
}

export function atLeast(right: FieldRight, needed: FieldRight): boolean {
  return STRENGTH[right] >= STRENGTH[needed];
}

/** May the actor know that this field exists? */
export function isKnown(access: TableAccess, field: FieldModel): boolean {
  return bestRight(access.read, field) !== 'hidden';
}

/** The table with the actor's rights in it. A table one may not read answers as one that does not exist. */
export function authorize(model: AppModel, actor: Actor, action: TableAction, tableName: string): TableAccess {
  const table = Object.hasOwn(model.tables, tableName) ? model.tables[tableName] : undefined;
  const access = table && accessTo(table, actor);
  if (!table || !access || (access.read.length === 0 && access.create.length === 0)) {
    throw new AppError('not_found', { 'zh-CN': `没有表“${tableName}”`, en: `There is no table "${tableName}"` });
  }
  if (!allows(access, action)) {
    throw new AppError('forbidden', {
      'zh-CN': `您没有${ACTION_LABELS[action]['zh-CN']}“${table.label['zh-CN']}”的权限`,
      en: `You may not ${ACTION_LABELS[action].en} ${table.label.en} records`,
    });
  }
  return access;
}

export const ACTION_LABELS: Readonly<Record<TableAction, { 'zh-CN': string; en: string }>> = {
  read: { 'zh-CN': '查看', en: 'read' },
  create: { 'zh-CN': '新建', en: 'create' },
  update: { 'zh-CN': '修改', en: 'change' },
  delete: { 'zh-CN': '删除', en: 'delete' },
  export: { 'zh-CN': '导出', en: 'export' },
  import: { 'zh-CN': '导入', en: 'import' },
  share: { 'zh-CN': '共享', en: 'share' },
  transfer: { 'zh-CN': '转移', en: 'transfer' },
};
