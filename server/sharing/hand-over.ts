/**
 * What somebody who leaves hands over (离职交接): the records they are in charge of and what is open of what they do, shared out
 * among one or several colleagues in turn, with the approvals that wait for them. What is closed stays for the figures of the past.
 * Which tables, and which of their records are open, is what `transferAlong` and `handOver` of the definitions say; all in one
 * transaction.
 */
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type AppModel, type FieldModel, optionsOf, type TableModel } from '#engine/model/app-model.ts';
import { type Actor, elevated, systemActor } from '#engine/permissions/actor.ts';
import { HAND_OVER_LEVEL } from '#engine/permissions/levels.ts';
import type { HandedOver, HandOverTable, PlannedHandOver, ToHandOver } from '#engine/permissions/reports.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { rootScope, type SqlScope } from '../db/access-sql.ts';
import type { Queryable, Row } from '../db/database.ts';
import { decodeField, storedFields } from '../db/row-codec.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { and, bind, column, ident, join, or, type Sql, sql } from '../db/sql.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { noteInAudit } from '../records/audit.ts';
import { validationFailed } from '../records/create-record.ts';
import { titlesOf } from '../records/included.ts';
import { levelOfRoles } from '../records/organisation.ts';
import { updateRecord } from '../records/update-record.ts';
import { sessionWithin, type WriteSession, writeSession } from '../records/write-session.ts';
import { handOverApprovals, waitingApprovals } from '../workflows/approvals.ts';
import { contextOf, type Workspace } from '../workspace.ts';

export interface HandOverRequest {
  /** Ids of users; records go to them in turn. */
  readonly to: readonly string[];
  /** Their account is disabled first. */
  readonly disable: boolean;
}

/** One transaction writes so many; a person with more is handed over in parts by transferring lists. */
const MOST_RECORDS = 20_000;

const text = {
  tooLow: { 'zh-CN': '7 级及以上的用户才能办理交接', en: 'Handing over is for users of level 7 and above' } as Label,
  above: { 'zh-CN': '这位用户的权限级别不低于您，不能由您办理交接', en: 'This user’s permission level is not below yours; somebody above has to hand over' } as Label,
  noUser: { 'zh-CN': '没有这位用户', en: 'There is no such user' } as Label,
  self: { 'zh-CN': '不能交接给本人', en: 'Nothing can be handed over to the person who leaves' } as Label,
  disabled: { 'zh-CN': '这位用户已停用，不能接收', en: 'This user is disabled and cannot take anything on' } as Label,
  refused: (table: Label, title: string): Label => ({ 'zh-CN': `${table['zh-CN']}“${title}”不能交接，请先改好它；什么都没有交接`, en: `${table.en} "${title}" cannot be handed over; put it right first. Nothing has been handed over` }),
  tooMany: { 'zh-CN': `一次最多交接 ${MOST_RECORDS} 条记录，请先按列表转移一部分`, en: `At most ${MOST_RECORDS} records are handed over at once; transfer some of them by list first` } as Label,
};

/** A table whose records are handed over: who is named in them, and which of them are still open. */
interface Part {
  readonly table: TableModel;
  readonly people: readonly string[];
  /** References to what they belong to: where that goes, they go. */
  readonly parents: readonly string[];
  readonly open: Rule | undefined;
}

function partsOf({ tables }: AppModel): Part[] {
  const parts = new Map<string, Part>();
  const add = (name: string, { people, parents = [], open }: { readonly people: readonly string[]; readonly parents?: readonly string[]; readonly open: Rule | undefined }): void => {
    const table = tables[name];
    const known = parts.get(name);
    if (table) parts.set(name, { table, people: [...new Set([...(known?.people ?? []), ...people])], parents: [...new Set([...(known?.parents ?? []), ...parents])], open: known ? known.open : open });
  };
  for (const table of Object.values(tables)) if (table.transferAlong.length > 0) add(table.name, { people: ['owner'], open: underWay(table) });
  for (const { table, field, people = [], filter } of Object.values(tables).flatMap(({ transferAlong }) => transferAlong)) add(table, { people: ['owner', ...people], parents: [field], open: filter });
  for (const { name, handOver, inherits } of Object.values(tables)) if (handOver) add(name, { people: handOver.people, parents: inherits === undefined ? [] : [inherits], open: handOver.filter });
  return [...parts.values()];
}

/** Not at an ending of its stage path. */
function underWay({ fields }: TableModel): Rule | undefined {
  const stage = Object.values(fields).find(({ settings }) => settings.stage === true);
  const endings = stage ? optionsOf(stage).filter(({ outcome }) => outcome !== undefined).map(({ value }) => value) : [];
  return stage && endings.length > 0 ? { '!': { in: [{ var: stage.name }, endings] } } : undefined;
}

interface Belonging {
  readonly id: string;
  /** Fields that name them, with what these hold. */
  readonly named: Readonly<Record<string, Json>>;
  /** Ids of the records it belongs to. */
  readonly parents: readonly string[];
}

async function belongingsOf(workspace: Workspace, db: Queryable, { table, people, parents, open }: Part, user: string): Promise<Belonging[]> {
  const scope = rootScope(workspace.model, db.dialect, table, null);
  const fields = people.flatMap((name) => table.fields[name] ?? []);
  const conditions: Sql[] = [sql`${column('t0', 'deleted_at')} IS NULL`, or(fields.map((field) => names(scope, field, user))), ...(open === undefined ? [] : [ruleCondition(open, scope)])];
  const columns = join(['id', ...people, ...parents].map((name) => column('t0', name)), ', ');
  const rows = await db.all<Row>(sql`SELECT ${columns} FROM ${ident(table.name)} ${ident('t0')} WHERE ${and(conditions)} ORDER BY ${column('t0', 'created_at')}, ${column('t0', 'id')} LIMIT ${bind(MOST_RECORDS + 1)}`, contextOf(workspace, systemActor));
  const codecs = storedFields(table).filter(({ field }) => people.includes(field.name));
  return rows.map((row) => {
    const held = codecs.map((codec) => [codec.field.name, decodeField(codec, row, db.vault)] as const);
    return { id: String(row.id), named: Object.fromEntries(held.filter(([, value]) => usersIn(value).includes(user))), parents: parents.flatMap((name) => (row[name] === null ? [] : String(row[name]))) };
  });
}

/** One person or a list of them. */
function names({ dialect, alias }: SqlScope, field: FieldModel, user: string): Sql {
  return fieldTypeOf(field).kind(field) === 'list' ? dialect.jsonListHas(column(alias, field.name), dialect.typed(bind(user), 'text')) : sql`${column(alias, field.name)} = ${user}`;
}

const usersIn = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);

/** Somebody below oneself, for whoever may hand over at all. */
export function leaverOf({ model, directory }: Workspace, actor: Actor, id: string): string {
  if (!actor.unrestricted && (actor.level ?? 0) < HAND_OVER_LEVEL) throw new AppError('forbidden', text.tooLow);
  const user = directory.user(id);
  if (!user) throw new AppError('not_found', text.noUser);
  if (!actor.unrestricted && levelOfRoles(model, user.roles) >= (actor.level ?? 0)) throw new AppError('forbidden', text.above);
  return id;
}

/** Counts only: what there is to hand over, and what else is theirs. */
export async function listToHandOver(workspace: Workspace, actor: Actor, id: string): Promise<ToHandOver> {
  const user = leaverOf(workspace, actor, id);
  const { database, model } = workspace;
  const tables: HandOverTable[] = [];
  const parts = partsOf(model);
  for (const part of parts) {
    const count = (await belongingsOf(workspace, database, part, user)).length;
    if (count > 0) tables.push({ table: part.table.name, label: part.table.pluralLabel, count });
  }
  return { tables, approvals: (await waitingApprovals(database, user)).length, elsewhere: await ownedElsewhere(workspace, parts, user), planned: await plannedFor(workspace, user) };
}

/** What is to come on a day that was set. */
export async function plannedFor({ database, directory }: Workspace, user: string): Promise<PlannedHandOver | null> {
  const row = await database.get<{ on_date: string; receivers: string; disable: number; planned_by: string }>(sql`SELECT on_date, receivers, disable, planned_by FROM relata_hand_over WHERE user_id = ${user}`);
  return row ? { on: row.on_date, to: JSON.parse(row.receivers) as string[], disable: Number(row.disable) === 1, by: directory.user(row.planned_by)?.name ?? '' } : null;
}

/** Of other tables the records they own: for a person to decide, list by list. */
async function ownedElsewhere({ model, database }: Workspace, parts: readonly Part[], user: string): Promise<HandOverTable[]> {
  const known = new Set(parts.map(({ table }) => table.name));
  const found: HandOverTable[] = [];
  for (const table of Object.values(model.tables)) {
    if (table.builtIn || known.has(table.name) || table.fields.owner === undefined) continue;
    const row = await database.get<{ n: number }>(sql`SELECT count(*) AS n FROM ${ident(table.name)} ${ident('t0')} WHERE ${column('t0', 'owner')} = ${user} AND ${column('t0', 'deleted_at')} IS NULL`);
    const count = Number(row?.n ?? 0);
    if (count > 0) found.push({ table: table.name, label: table.pluralLabel, count });
  }
  return found;
}

/** All or none; what was planned for a day to come is done with. Throws `validation_failed`, `forbidden`, `not_found`. */
export async function handOver(workspace: Workspace, actor: Actor, id: string, request: HandOverRequest): Promise<HandedOver> {
  return (await handOverUnless(workspace, actor, id, request, () => false)) as HandedOver;
}

/** `isDone` hears whether there was a plan: null where it finds that somebody else has seen to it. */
export async function handOverUnless(workspace: Workspace, actor: Actor, id: string, { to, disable }: HandOverRequest, isDone: (wasPlanned: boolean) => boolean): Promise<HandedOver | null> {
  const user = leaverOf(workspace, actor, id);
  to.forEach((receiver, i) => refuseReceiver(workspace, user, receiver, `/to/${i}`));
  return writeSession(workspace, actor, async (session) => {
    if (isDone((await session.tx.run(sql`DELETE FROM relata_hand_over WHERE user_id = ${user}`)) > 0)) return null;
    if (disable) await updateRecord(session, 'user', user, { active: false });
    const all: { readonly part: Part; readonly belongings: readonly Belonging[] }[] = [];
    for (const part of partsOf(session.model)) all.push({ part, belongings: await belongingsOf(workspace, session.tx, part, user) });
    if (all.reduce((sum, { belongings }) => sum + belongings.length, 0) > MOST_RECORDS) throw new AppError('validation_failed', text.tooMany, [{ path: '', code: 'too_many', message: text.tooMany }]);
    const went = new Map<string, string>();
    const counts: Record<string, Record<string, number>> = {};
    for (const { part, belongings } of all) {
      // Counted anew for each table: seven customers among three are three, two and two.
      let turn = 0;
      for (const belonging of belongings) {
        const receiver = belonging.parents.map((parent) => went.get(parent)).find((one) => one !== undefined) ?? (to[turn++ % to.length] as string);
        await give(session, part.table, belonging, user, receiver);
        went.set(belonging.id, receiver);
        const of = (counts[part.table.name] ??= {});
        of[receiver] = (of[receiver] ?? 0) + 1;
      }
    }
    const approvals = await handOverApprovals(workspace, session.tx, { from: user, to, by: actor.userId });
    const handed: HandedOver = { tables: all.filter(({ belongings }) => belongings.length > 0).map(({ part: { table } }) => ({ table: table.name, label: table.pluralLabel, count: Object.values(counts[table.name] ?? {}).reduce((sum, n) => sum + n, 0), to: counts[table.name] ?? {} })), approvals };
    const records = handed.tables.reduce((sum, { count }) => sum + count, 0);
    await noteInAudit(session.tx, { at: workspace.now(), by: actor.userId, table: 'user', id: user, action: 'hand_over', version: 0, changes: { to: [...to], tables: handed.tables.map(({ table }) => table), records, approvals } });
    await tellReceivers(session, user, to, handed);
    return handed;
  });
}

export function refuseReceiver({ directory }: Workspace, leaver: string, receiver: string, path: string): void {
  const known = directory.user(receiver);
  if (receiver === leaver) throw validationFailed([{ path, code: 'same_user', message: text.self }]);
  if (!known?.active) throw validationFailed([{ path, code: 'user_disabled', message: known ? text.disabled : text.noUser }]);
}

/** Whose they become follows from the hand-over, so no further right is asked for. A refusal says which record it is about. */
async function give(session: WriteSession, table: TableModel, { id, named }: Belonging, leaver: string, receiver: string): Promise<void> {
  const { workspace, tx, actor, options } = session;
  const values = Object.fromEntries(Object.entries(named).map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value.map((user) => (user === leaver ? receiver : user)))] : receiver]));
  try {
    await sessionWithin(workspace, tx, elevated(actor), (inner) => updateRecord(inner, table.name, id, values), options);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'validation_failed') throw error;
    const title = (await titlesOf(workspace, systemActor, table.name, [id]))[id]?.title;
    throw new AppError('validation_failed', text.refused(table.label, title ?? id), error.issues.map((issue) => ({ ...issue, path: `/${table.name}/${id}${issue.path}` })));
  }
}

/** Approvals are told one by one, as they always are. */
async function tellReceivers({ workspace, tx, actor }: WriteSession, user: string, to: readonly string[], handed: HandedOver): Promise<void> {
  const at = workspace.now();
  const { directory } = workspace;
  const [who, old] = [actor.userId, user].map((one) => directory.user(one)?.name ?? '');
  const title: Label = { 'zh-CN': `${who} 把 ${old} 的工作交接给您`, en: `${who} handed the work of ${old} over to you` };
  for (const receiver of to) {
    const got = handed.tables.flatMap(({ label, to: counts }) => (counts[receiver] ? [{ label, n: counts[receiver] }] : []));
    if (got.length === 0) continue;
    const body: Label = { 'zh-CN': got.map(({ label, n }) => `${label['zh-CN']} ${n} 条`).join('，'), en: got.map(({ label, n }) => `${label.en}: ${n}`).join(', ') };
    await queueNotices(tx, workspace, { to: [receiver], title, body, record: { table: 'user', id: user }, channels: ['inApp'], urgent: false, workflow: null, run: null, at, mandatory: false });
  }
}
