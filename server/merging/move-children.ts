/**
 * What points at a record that is merged away points at the survivor afterwards: every reference and link of the model, of
 * records in the bin too. A child that the survivor has already (a membership, a line of the same product) is taken up by that
 * one in its turn and goes to the bin with the loser. And the same way back.
 */
import { AppError, type Issue, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { linkTableName } from '#engine/schema/database-schema.ts';
import { type Row, UniqueViolation } from '../db/database.ts';
import { decodeRow } from '../db/row-codec.ts';
import { ident, sql } from '../db/sql.ts';
import { uniqueFailure, validationFailed } from '../records/create-record.ts';
import { combinationIssues, twinOf } from '../records/integrity.ts';
import { readLinks } from '../records/links.ts';
import { linkingTo, pointingAt } from '../records/pointing.ts';
import { repoint, setState } from '../records/set-state.ts';
import { attempt } from '../records/savepoint.ts';
import { cycleIssues } from '../records/tree-issues.ts';
import type { WriteSession } from '../records/write-session.ts';
import { moveBelongings, type MovedRows } from './move-belongings.ts';

/** One thing that was let point elsewhere. `own`: the survivor's own reference, emptied; `doubled`: a link to both, of which one was dropped. */
export interface Moved {
  readonly table: string;
  readonly field: string;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly how?: 'own' | 'doubled';
}

export interface ChildrenMove {
  /** The record merged away: what goes to the bin goes with it. */
  readonly unit: string;
  /** Records that become one, as `table/id`: their own references are a matter of their values. */
  readonly group: ReadonlySet<string>;
  readonly moved: Moved[];
  /** Children the survivor had already, as `table/id`. */
  readonly binned: string[];
  /** Their comments and the like, as given to those that stay. */
  readonly rows: MovedRows[];
}

/** One transaction moves so many. */
const MOST_MOVED = 20_000;
const MOST_DEEP = 5;

const tooMany: Label = { 'zh-CN': `关联的记录超过 ${MOST_MOVED} 条，不能一次合并`, en: `More than ${MOST_MOVED} records refer to it; that is too much for one merge` };

export async function moveChildren(session: WriteSession, table: TableModel, from: string, to: string, move: ChildrenMove, depth = 0): Promise<void> {
  const issues: Issue[] = [];
  for (const { table: child, field } of pointingAt(session.model, table.name)) {
    const rows = await session.tx.all<Row>(sql`SELECT * FROM ${ident(child.name)} WHERE ${ident(field.name)} = ${from} ORDER BY "created_at", "id"`);
    if (move.moved.length + rows.length > MOST_MOVED) throw new AppError('validation_failed', tooMany);
    // The survivor's own reference first: until it is emptied it could seem to stand below itself.
    const own = (row: Row): number => (child.name === table.name && row.id === to ? 0 : 1);
    for (const row of rows.sort((a, b) => own(a) - own(b))) issues.push(...(await moveReference(session, { child, field, row, from, to }, move, depth)));
  }
  if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '不能这样合并', en: 'They cannot be merged like this' }, issues);
  for (const { table: other, field } of linkingTo(session.model, table.name)) await moveLinks(session, { other, field, from, to, own: table.name }, move);
}

interface Reference {
  readonly child: TableModel;
  readonly field: FieldModel;
  readonly row: Row;
  readonly from: string;
  readonly to: string;
}

async function moveReference(session: WriteSession, { child, field, row, from, to }: Reference, move: ChildrenMove, depth: number): Promise<Issue[]> {
  const before = decodeRow(child, row, session.tx.vault);
  const id = String(before.id);
  const isOwn = id === to;
  if (!isOwn && move.group.has(`${child.name}/${id}`)) return [];
  const noted = { table: child.name, field: field.name, id, from, to };
  const point = (value: Json): Promise<void> => repoint(session, { table: child, before, rid: Number(row._rid), field, value });
  if (isOwn) {
    await point(null);
    move.moved.push({ ...noted, how: 'own' });
    return [];
  }
  const twin = before.deleted_at === null && depth < MOST_DEEP ? await survivorsTwin(session, child, field, id, to) : null;
  if (twin !== null) {
    await moveChildren(session, child, id, twin, move, depth + 1);
    move.rows.push(...(await moveBelongings(session.tx, { table: child, from: id, to: twin, files: [] })));
    const now = await session.tx.get<Row>(sql`SELECT * FROM ${ident(child.name)} WHERE "id" = ${id}`);
    if (now) await setState(session, child, decodeRow(child, now, session.tx.vault), 'delete', { deleted_at: session.context.now }, move.unit);
    move.binned.push(`${child.name}/${id}`);
    return [];
  }
  const circle = await cycleIssues(session, child, id, { [field.name]: to }, '');
  if (circle.length > 0) return circle.map((issue) => ({ ...issue, path: '' }));
  try {
    await point(to);
  } catch (error) {
    throw error instanceof UniqueViolation ? uniqueFailure(child, error, '') : error;
  }
  move.moved.push(noted);
  return [];
}

/** The child that the survivor has already, where there may be only one of the kind. */
async function survivorsTwin(session: WriteSession, child: TableModel, field: FieldModel, id: string, to: string): Promise<string | null> {
  if (field.unique) {
    const row = await session.tx.get<{ id: string }>(sql`SELECT "id" FROM ${ident(child.name)} WHERE ${ident(field.name)} = ${to} AND "deleted_at" IS NULL AND "id" <> ${id}`);
    if (row) return row.id;
  }
  for (const unique of child.unique) {
    if (!unique.fields.some((name) => name.split('.')[0] === field.name)) continue;
    const twin = await twinOf(session, child, id, unique, { field: field.name, to });
    if (twin !== null) return twin;
  }
  return null;
}

interface Link {
  readonly other: TableModel;
  readonly field: FieldModel;
  readonly from: string;
  readonly to: string;
  /** The table of the records that become one. */
  readonly own: string;
}

async function moveLinks(session: WriteSession, { other, field, from, to, own }: Link, move: ChildrenMove): Promise<void> {
  for (const { id, row, list } of await linkedTo(session, other, field, from)) {
    const isOwn = other.name === own && id === to;
    if (!isOwn && move.group.has(`${other.name}/${id}`)) continue;
    const doubled = isOwn || list.includes(to);
    const value = doubled ? list.filter((one) => one !== from) : list.map((one) => (one === from ? to : one));
    await repoint(session, { table: other, before: { ...decodeRow(other, row, session.tx.vault), [field.name]: list }, rid: Number(row._rid), field, value: value.length > 0 ? value : null });
    move.moved.push({ table: other.name, field: field.name, id, from, to, ...(doubled && { how: 'doubled' as const }) });
    if (move.moved.length > MOST_MOVED) throw new AppError('validation_failed', tooMany);
  }
}

interface Linked {
  readonly id: string;
  readonly row: Row;
  readonly list: string[];
}

async function linkedTo({ tx }: WriteSession, other: TableModel, field: FieldModel, target: string): Promise<Linked[]> {
  const name = ident(linkTableName(field));
  const rows = await tx.all<Row>(sql`SELECT * FROM ${ident(other.name)} WHERE "id" IN (SELECT "record_id" FROM ${name} WHERE "target_id" = ${target})`);
  const lists = await readLinks(tx, field, rows.map((row) => String(row.id)));
  return rows.map((row) => ({ id: String(row.id), row, list: lists.get(String(row.id)) ?? [] }));
}

/** Lets everything that came from a loser point at it again, if it still points at the survivor. Answers what has gone its own way since. */
export async function moveBack(session: WriteSession, moved: readonly Moved[]): Promise<{ back: number; left: Moved[] }> {
  const { tx, model } = session;
  const left: Moved[] = [];
  for (const one of [...moved].reverse()) {
    const table = model.tables[one.table];
    const field = table?.fields[one.field];
    const row = table && (await tx.get<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "id" = ${one.id}`));
    const value = table && field && row ? await valueBack(session, { table, field, row }, one) : undefined;
    if (!table || !field || !row || value === undefined) left.push(one);
    else if ((await attempt(session, () => pointBack(session, { table, field, row }, value))) instanceof AppError) left.push(one);
  }
  return { back: moved.length - left.length, left };
}

/** Something like it may stand there by now. Throws `validation_failed`. */
async function pointBack(session: WriteSession, { table, field, row }: { readonly table: TableModel; readonly field: FieldModel; readonly row: Row }, { before, after }: { readonly before: Record<string, Json>; readonly after: Json }): Promise<void> {
  try {
    await repoint(session, { table, before, rid: Number(row._rid), field, value: after });
  } catch (error) {
    throw error instanceof UniqueViolation ? uniqueFailure(table, error, '') : error;
  }
  const standing = await combinationIssues(session, table, String(row.id), new Set([field.name]), '');
  if (standing.length > 0) throw validationFailed(standing);
}

async function valueBack({ tx }: WriteSession, { table, field, row }: { readonly table: TableModel; readonly field: FieldModel; readonly row: Row }, { id, from, to, how }: Moved): Promise<{ before: Record<string, Json>; after: Json } | undefined> {
  const before = decodeRow(table, row, tx.vault);
  if (Object.hasOwn(before, field.name)) {
    const standing = before[field.name] ?? null;
    return (how === 'own' ? standing === null : standing === to) ? { before, after: from } : undefined;
  }
  const list = (await readLinks(tx, field, [id])).get(id) ?? [];
  const held = { ...before, [field.name]: list };
  if (how === 'doubled') return list.includes(from) ? undefined : { before: held, after: [...list, from] };
  return list.includes(to) ? { before: held, after: list.map((one) => (one === to ? from : one)) } : undefined;
}
