/**
 * One full-text index a table: FTS5 on SQLite, tsvector on PostgreSQL, filled with the engine's own tokens so that both
 * find the same. Every token carries its field's name, so a search reads only the fields the actor may read.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { accessTo, atLeast, type CellGrant } from '#engine/permissions/authorize.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { indexTokens, queryTokens, type QueryTerm } from '#engine/search/tokenise.ts';
import { rowsOf, type SqlScope } from './access-sql.ts';
import type { Queryable, Transaction } from './database.ts';
import { decodeField, storedFields } from './row-codec.ts';
import { and, bind, column, FALSE, ident, join, or, type Sql, sql, TRUE } from './sql.ts';

export function searchTableName(table: string): string {
  return `relata_search_${table}`;
}

const searched = new WeakMap<TableModel, readonly FieldModel[]>();

export function searchFields(table: TableModel): readonly FieldModel[] {
  let fields = searched.get(table);
  if (!fields) {
    fields = Object.values(table.fields).filter(
      (field) => (field.searchable || field.name === table.titleField) && fieldTypeOf(field).searchText && field.computed?.mode !== 'query',
    );
    searched.set(table, fields);
  }
  return fields;
}

export async function createSearchIndex(tx: Transaction, table: string): Promise<void> {
  const name = ident(searchTableName(table));
  if (tx.dialect.name === 'sqlite') {
    // `ascii` leaves every character outside ASCII in its token; our tokens are already folded.
    await tx.run(sql`CREATE VIRTUAL TABLE ${name} USING fts5(tokens, content='', contentless_delete=1, tokenize="ascii tokenchars '_'")`);
    return;
  }
  await tx.run(sql`CREATE TABLE ${name} (rowid BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)`);
  await tx.run(sql`CREATE INDEX ${ident(`gin_${searchTableName(table)}`.slice(0, 60))} ON ${name} USING gin (tokens)`);
}

/** Writes a record's tokens anew; `values` hold at least the searched fields. */
export async function indexRecord(tx: Transaction, table: TableModel, rid: number, values: Readonly<Record<string, Json>>, isNew: boolean): Promise<void> {
  const fields = searchFields(table);
  if (fields.length === 0) return;
  if (!isNew) await unindexRecord(tx, table.name, rid);
  const tokens = tokensText(tx, fields, values);
  if (tokens !== null) await tx.run({ text: insertText(tx, table.name), params: [rid, tokens] });
}

const insertTexts = new Map<string, string>();

function insertText(tx: Transaction, table: string): string {
  const key = `${tx.dialect.name} ${table}`;
  let text = insertTexts.get(key);
  if (text === undefined) {
    const values = tx.dialect.name === 'sqlite' ? '?, ?' : '?::bigint, ?::tsvector';
    text = `INSERT INTO ${ident(searchTableName(table)).text} (rowid, tokens) VALUES (${values})`;
    insertTexts.set(key, text);
  }
  return text;
}

export async function unindexRecord(tx: Transaction, table: string, rid: number): Promise<void> {
  await tx.run(sql`DELETE FROM ${ident(searchTableName(table))} WHERE rowid = ${rid}`);
}

const REBUILD_BATCH = 200;

/** Writes the tokens of all records of a table anew. Lets others have a turn between batches. */
export async function rebuildSearchIndex(tx: Transaction, table: TableModel): Promise<number> {
  const name = ident(searchTableName(table.name));
  if (tx.dialect.name === 'sqlite') await tx.run(sql`INSERT INTO ${name} (${name}) VALUES (${'delete-all'})`);
  else await tx.run(sql`DELETE FROM ${name}`);
  let count = 0;
  for (let after: number | null = 0; after !== null; ) {
    const batch: { last: number | null; rows: number } = await indexBatch(tx, table, after);
    count += batch.rows;
    after = batch.last;
    await breathe();
  }
  return count;
}

/** Writes the tokens of the next records after a `_rid` anew; `last` is null at the end of the table. */
export async function indexBatch(tx: Transaction, table: TableModel, after: number): Promise<{ last: number | null; rows: number }> {
  const fields = searchFields(table);
  const codecs = storedFields(table).filter(({ field }) => fields.includes(field));
  const columns = ['_rid', ...codecs.flatMap((codec) => codec.columns)].map((column) => ident(column));
  const rows = await tx.all(sql`SELECT ${join(columns, ', ')} FROM ${ident(table.name)} WHERE "_rid" > ${after} ORDER BY "_rid" LIMIT ${REBUILD_BATCH}`);
  const last = rows.at(-1);
  if (!last) return { last: null, rows: 0 };
  await tx.run(sql`DELETE FROM ${ident(searchTableName(table.name))} WHERE rowid > ${after} AND rowid <= ${Number(last._rid)}`);
  const found: { rid: number; tokens: string }[] = [];
  for (const row of rows) {
    const values = Object.fromEntries(codecs.map((codec) => [codec.field.name, decodeField(codec, row, tx.vault)]));
    const tokens = tokensText(tx, fields, values);
    if (tokens !== null) found.push({ rid: Number(row._rid), tokens });
  }
  if (tx.dialect.name === 'sqlite') for (const { rid, tokens } of found) await tx.run({ text: insertText(tx, table.name), params: [rid, tokens] });
  else if (found.length > 0) {
    await tx.run(sql`INSERT INTO ${ident(searchTableName(table.name))} (rowid, tokens) SELECT v.rid, v.tokens::tsvector FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS v(rid bigint, tokens text)`);
  }
  return { last: rows.length < REBUILD_BATCH ? null : Number(last._rid), rows: rows.length };
}

/** Null: there is nothing to find the record by. */
function tokensText(tx: Transaction, fields: readonly FieldModel[], values: Readonly<Record<string, Json>>): string | null {
  const runs = fields.flatMap((field) => tokensOf(field, values[field.name] ?? null));
  if (runs.length === 0) return null;
  return tx.dialect.name === 'sqlite' ? runs.map((run) => run.join(' ')).join(` ${GAP} `) : vectorText(runs);
}

/** Keeps phrases of neighbouring runs apart. */
const GAP = '_';
const MARK = '·';

function tokensOf(field: FieldModel, value: Json): string[][] {
  if (value === null) return [];
  const text = fieldTypeOf(field).searchText?.(value, field) ?? '';
  return indexTokens(text, { pinyin: field.settings.pinyin === true }).map((run) => run.map((token) => field.name + MARK + token));
}

const MAX_POSITION = 16_000;

/** `'token':1,2 …`: positions make phrases; a gap of one keeps the runs apart. */
function vectorText(runs: readonly (readonly string[])[]): string {
  let position = 0;
  const parts: string[] = [];
  for (const run of runs) {
    for (const token of run) {
      position = Math.min(position + 1, MAX_POSITION);
      parts.push(`'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}':${position}`);
    }
    position += 1;
  }
  // A token may end in half of a rare character; bound as text it would become this, inside JSON it is refused.
  return parts.join(' ').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Records that match a search as the scope's actor may see them: per grant, only over the fields that grant shows. */
export async function searchCondition(db: Queryable, scope: SqlScope, search: string): Promise<Sql> {
  const terms = queryTokens(search);
  // Nothing but punctuation is a search that finds nothing; an empty one is none.
  if (terms.length === 0) return search.trim() === '' ? TRUE : FALSE;
  const fields = searchFields(scope.table);
  if (scope.actor === null || scope.actor.unrestricted) return matching(db, scope, terms, fields);
  const bySameFields = new Map<string, { fields: FieldModel[]; grants: CellGrant[] }>();
  for (const grant of accessTo(scope.table, scope.actor).read) {
    const shown = fields.filter((field) => atLeast(grant.right(field), 'read'));
    const key = shown.map((field) => field.name).join();
    const group = bySameFields.get(key) ?? { fields: shown, grants: [] };
    group.grants.push(grant);
    bySameFields.set(key, group);
  }
  const groups = [...bySameFields.values()];
  // One group: its rows are the readable ones, which the query asks for anyway.
  if (groups.length === 1) return matching(db, scope, terms, groups[0]?.fields ?? []);
  return or(await Promise.all(groups.map(async (group) => and([await matching(db, scope, terms, group.fields), rowsOf(scope, group.grants)]))));
}

/** Up to here the hits are handed to the query one by one; beyond, the list is walked in its order and each row asked. */
const FEW = 2000;

async function matching(db: Queryable, scope: SqlScope, terms: readonly QueryTerm[], fields: readonly FieldModel[]): Promise<Sql> {
  if (fields.length === 0) return FALSE;
  const name = ident(searchTableName(scope.table.name));
  const names = fields.map((field) => field.name);
  const rid = column(scope.alias, '_rid');
  if (scope.dialect.name === 'sqlite') {
    const hits = sql`SELECT rowid FROM ${name} WHERE ${name} MATCH ${bind(ftsQuery(terms, names))}`;
    const few = await db.all<{ rowid: number }>(sql`${hits} LIMIT ${FEW + 1}`);
    if (few.length > FEW) return sql`+${rid} IN (${hits})`;
    return few.length === 0 ? FALSE : sql`${rid} IN (SELECT value FROM json_each(${JSON.stringify(few.map((row) => row.rowid))}))`;
  }
  return sql`${rid} IN (SELECT rowid FROM ${name} WHERE tokens @@ ${bind(tsQuery(terms, names))}::tsquery)`;
}

/** All terms, each in any of the fields. */
function ftsQuery(terms: readonly QueryTerm[], fields: readonly string[]): string {
  return terms
    .map((term) => `(${fields.map((field) => `"${term.tokens.map((token) => field + MARK + token.replaceAll('"', '')).join(' ')}"${term.prefix ? '*' : ''}`).join(' OR ')})`)
    .join(' AND ');
}

function tsQuery(terms: readonly QueryTerm[], fields: readonly string[]): string {
  const quoted = (field: string, token: string): string => `'${(field + MARK + token).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return terms
    .map((term) => `(${fields.map((field) => `(${term.tokens.map((token) => quoted(field, token) + (term.prefix ? ':*' : '')).join(' <-> ')})`).join(' | ')})`)
    .join(' & ');
}
