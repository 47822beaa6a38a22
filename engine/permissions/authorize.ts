/**
 * What an actor may do with a table, as data: a list of cell grants, each a row rule with the field rights that hold on
 * the rows it matches. Several roles unite per cell: a field is readable on a row when one grant that matches the row
 * lets it be read. Nobody answers yes or no here; `server/db` turns the rules into the predicate of every query.
 */
import { AppError } from '../errors.ts';
import type { Label } from '../errors.ts';
import type { AppModel, FieldModel, TableGrant, TableModel } from '../model/app-model.ts';
import type { FieldRightName } from '../model/definitions.ts';
import type { Rule } from '../rules/rule.ts';
import type { Actor } from './actor.ts';

export type RowAction = 'read' | 'update' | 'delete' | 'share' | 'transfer' | 'merge';
export type TableAction = RowAction | 'create' | 'export' | 'import';
export const TABLE_ACTIONS: readonly TableAction[] = ['read', 'create', 'update', 'delete', 'export', 'import', 'share', 'transfer', 'merge'];
export type FieldRight = FieldRightName;

const STRENGTH: Readonly<Record<FieldRight, number>> = { hidden: 0, masked: 1, read: 2, write: 3 };

export interface CellGrant {
  /** The rows it holds for; true is every row. */
  readonly rows: Rule | true;
  /** Says who or what it comes from: a role, or a label of its own. Absent: nothing to say. */
  readonly source?: GrantSource;
  /** Does not open what inherits from this table. */
  readonly stays?: true;
  /** May uncover a masked value, giving a reason. */
  readonly reveals?: true;
  right(field: FieldModel): FieldRight;
}

export interface GrantSource {
  readonly role: string;
  readonly label?: Label;
}

export interface TableAccess {
  readonly table: TableModel;
  readonly read: readonly CellGrant[];
  readonly update: readonly CellGrant[];
  readonly delete: readonly CellGrant[];
  readonly create: readonly CellGrant[];
  readonly share: readonly CellGrant[];
  readonly transfer: readonly CellGrant[];
  /** Beside it a merge needs the right to change the surviving record and to delete the others. */
  readonly merge: readonly CellGrant[];
  /** true, at most so many rows at once, or false. */
  readonly export: boolean | number;
  readonly import: boolean | number;
}

const unrestrictedGrant: CellGrant = { rows: true, right: () => 'write' };
const ALL: readonly CellGrant[] = [unrestrictedGrant];

/** Fields that one of the actor's roles denies, which no other role may show. */
type Denied = ReadonlySet<string>;

interface GrantParts extends Pick<TableGrant, 'fields' | 'sensitive' | 'reveal'> {
  readonly rows: Rule | true;
  readonly source: GrantSource;
  readonly stays?: true;
}

function cellGrant({ rows, fields = {}, sensitive, reveal, source, stays }: GrantParts, denied: Denied): CellGrant {
  return {
    rows,
    source,
    ...(stays && { stays }),
    ...(reveal && { reveals: reveal }),
    right: (field) => {
      if (denied.has(field.name)) return 'hidden';
      return Object.hasOwn(fields, field.name) ? (fields[field.name] as FieldRight) : field.sensitive && !sensitive ? 'masked' : 'write';
    },
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
const askedGrant: CellGrant = { stays: true, rows: { in: [{ var: 'id' }, { var: '$asked' }] }, right: (field) => (field.sensitive ? 'masked' : 'read') };

function buildAccess(table: TableModel, actor: Actor): TableAccess {
  if (actor.unrestricted) return { table, read: ALL, update: ALL, delete: ALL, create: ALL, share: ALL, transfer: ALL, merge: ALL, export: true, import: true };
  const grants = actor.roles.flatMap((role) => (Object.hasOwn(table.permissions, role) ? [{ role, grant: table.permissions[role] as TableGrant }] : []));
  const denied: Denied = new Set(grants.flatMap(({ grant }) => grant.denies ?? []));
  const of = (action: RowAction): CellGrant[] =>
    grants.flatMap(({ role, grant }) => {
      const rows = grant[action];
      const own = rows === undefined ? [] : [cellGrant({ ...grant, rows, source: { role } }, denied)];
      return action === 'read' || action === 'update' ? [...own, ...alsoOf(role, grant, action, denied)] : own;
    });
  return {
    table,
    read: isAsked(table, actor) ? [...of('read'), askedGrant] : of('read'),
    update: of('update'),
    delete: of('delete'),
    share: of('share'),
    transfer: of('transfer'),
    merge: of('merge'),
    create: grants.flatMap(({ role, grant }) => (grant.create ? [cellGrant({ ...grant, rows: true, source: { role } }, denied)] : [])),
    export: mostRows(grants.map(({ grant }) => grant.export)),
    import: mostRows(grants.map(({ grant }) => grant.import).filter((limit) => limit !== false)),
  };
}

function alsoOf(role: string, grant: TableGrant, action: 'read' | 'update', denied: Denied): CellGrant[] {
  return (grant.also ?? []).flatMap(({ label, fields, inherit, ...rules }) => {
    const rows = rules[action];
    return rows === undefined ? [] : [cellGrant({ rows, ...(fields && { fields }), ...(grant.sensitive && { sensitive: grant.sensitive }), source: { role, label }, ...(!inherit && { stays: true as const }) }, denied)];
  });
}

/** One role that takes exporting away takes it from all. */
function mostRows(limits: readonly (boolean | number | undefined)[]): boolean | number {
  if (limits.includes(false)) return false;
  if (limits.includes(true)) return true;
  const rows = limits.filter((limit) => typeof limit === 'number');
  return rows.length > 0 && Math.max(...rows);
}

export function allows(access: TableAccess, action: TableAction): boolean {
  const right = access[action];
  return typeof right === 'object' ? right.length > 0 : right !== false;
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
  merge: { 'zh-CN': '合并', en: 'merge' },
};
