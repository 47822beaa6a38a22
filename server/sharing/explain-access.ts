/** "Why can I see this": the grants that open a record, found with the very rules that open it. */
import type { Label } from '#engine/errors.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { authorize, type CellGrant } from '#engine/permissions/authorize.ts';
import { REASON_LABELS, scopeParts } from '#engine/permissions/scopes.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { readableRows, rootScope } from '../db/access-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { and, column, ident, join, type Sql, sql } from '../db/sql.ts';
import { notFound } from '../records/update-record.ts';
import { contextOf, type Workspace } from '../workspace.ts';

export interface AccessReason {
  /** The role it comes from; null: it is asked of the actor to decide about it, or they are a system owner. */
  readonly role: Label | null;
  readonly reason: Label;
}

interface Way extends AccessReason {
  readonly rows: Rule | true;
}

const text = {
  owner: { 'zh-CN': '您是系统所有者，能看到全部数据', en: 'You are a system owner and see everything' } as Label,
  all: { 'zh-CN': '该角色能看到这张表的全部记录', en: 'The role sees every record of this table' } as Label,
  asked: { 'zh-CN': '有一项审批正等待您处理', en: 'You are asked to decide about it' } as Label,
  rule: { 'zh-CN': '它满足该角色的权限规则', en: 'It meets the rule of the role' } as Label,
  inherited: (label: Label): Label => ({ 'zh-CN': `您能看到它所属的${label['zh-CN']}`, en: `You may see the ${label.en} it belongs to` }),
};

/** Every reason that holds on the record; a record that is hidden is not there. */
export async function explainAccess(workspace: Workspace, actor: Actor, tableName: string, id: string): Promise<AccessReason[]> {
  const { model, database } = workspace;
  const access = authorize(model, actor, 'read', tableName);
  const { table } = access;
  const scope = rootScope(model, database.dialect, table, actor);
  const trusted = { ...scope, actor: null };
  const ways: readonly Way[] = actor.unrestricted ? [{ role: null, reason: text.owner, rows: true }] : access.read.flatMap((grant) => waysOf(model, table, grant));
  const flags: Sql[] = ways.map(({ rows }, i) => sql`${database.dialect.flag(rows === true ? sql`1 = 1` : ruleCondition(rows, trusted))} AS ${ident(`way${i}`)}`);
  const row = await database.get<Record<string, number>>(
    sql`SELECT ${join(flags, ', ')} FROM ${ident(table.name)} ${ident('t0')} WHERE ${and([sql`${column('t0', 'id')} = ${id}`, readableRows(scope)])}`,
    contextOf(workspace, actor),
  );
  if (!row) throw notFound(table);
  return ways.filter((_, i) => Number(row[`way${i}`]) === 1).map(({ role, reason }) => ({ role, reason }));
}

/** A grant is a union of ways; each is asked for by itself. */
function waysOf(model: AppModel, table: TableModel, { rows, source }: CellGrant): Way[] {
  const role = source === undefined ? null : (model.roles.find((one) => one.name === source.role)?.label ?? null);
  if (source?.label) return [{ role, reason: source.label, rows }];
  if (rows === true) return [{ role, reason: text.all, rows }];
  const parts = rows !== null && typeof rows === 'object' && 'or' in rows ? (rows.or as readonly Rule[]) : [rows];
  return parts.map((part) => ({ role, reason: source === undefined ? text.asked : reasonOf(model, table, part), rows: part }));
}

const KNOWN = new Map(scopeParts('departmentTree', 'read').map(({ reason, rows }) => [JSON.stringify(rows), REASON_LABELS[reason]]));

function reasonOf(model: AppModel, table: TableModel, rule: Rule): Label {
  const known = KNOWN.get(JSON.stringify(rule));
  if (known) return known;
  const inherited = rule !== null && typeof rule === 'object' && 'inherited' in rule ? (rule.inherited as readonly string[])[0] : undefined;
  const parent = inherited === undefined ? undefined : model.tables[table.fields[inherited]?.target ?? ''];
  return parent ? text.inherited(parent.label) : text.rule;
}
