/** What hangs on a record without being one: comments, shares, files, notices, links to public forms, and what workflows have under way about it. It goes to the survivor, and back. */
import type { TableModel } from '#engine/model/app-model.ts';
import { EVERYTHING } from '../sharing/collaborators.ts';
import type { Transaction } from '../db/database.ts';
import { bind, ident, type Sql, sql } from '../db/sql.ts';

/** Tables of the server whose rows name a record, with the column that tells the rows apart. */
const HOLDERS = { relata_comment: 'id', relata_share: 'id', relata_file: 'id', relata_notice: 'id', relata_form_link: 'id', relata_run: 'id', relata_watch: 'run_id', relata_approval: 'id' } as const;
type Holder = keyof typeof HOLDERS;

/** Rows that were given to the survivor. */
export interface MovedRows {
  readonly holder: Holder;
  readonly from: string;
  readonly to: string;
  readonly ids: readonly string[];
}

const OPEN_RUN = sql`(state IN ('running', 'waiting') OR (state = 'failed' AND finished_at IS NULL))`;

export interface BelongingsMove {
  readonly table: TableModel;
  readonly from: string;
  readonly to: string;
  /** Files of the fields that the survivor takes from it. */
  readonly files: readonly string[];
}

export async function moveBelongings(tx: Transaction, { table, from, to, files }: BelongingsMove): Promise<MovedRows[]> {
  const own = sql`table_name = ${table.name} AND record_id = ${from}`;
  const theirs = sql`table_name = ${table.name} AND record_id = ${to}`;
  // Of two shares with the same people the survivor's own stays; collaborators are a field. A workflow is not under way twice about one record.
  const shares = sql`${own} AND reach <> ${EVERYTHING} AND grantee NOT IN (SELECT grantee FROM relata_share WHERE ${theirs} AND reach <> ${EVERYTHING})`;
  const runs = sql`${own} AND ${OPEN_RUN} AND workflow NOT IN (SELECT workflow FROM relata_run WHERE ${theirs} AND ${OPEN_RUN})`;
  const moved = [
    await give(tx, { holder: 'relata_comment', from, to, rows: own }),
    await give(tx, { holder: 'relata_share', from, to, rows: shares }),
    await give(tx, { holder: 'relata_notice', from, to, rows: own }),
    await give(tx, { holder: 'relata_form_link', from, to, rows: sql`record_id = ${from}` }),
    await give(tx, { holder: 'relata_run', from, to, rows: runs }),
    await give(tx, { holder: 'relata_file', from, to, rows: sql`${own} AND ${listed(tx, 'id', files)}` }),
  ];
  // Of runs that end with the loser nothing is asked any more; others may watch it from elsewhere.
  const calledOff = sql`SELECT id FROM relata_run WHERE ${own} AND ${OPEN_RUN}`;
  moved.push(await give(tx, { holder: 'relata_watch', from, to, rows: sql`record_id = ${from} AND run_id NOT IN (${calledOff})` }));
  moved.push(await give(tx, { holder: 'relata_approval', from, to, rows: sql`${own} AND state IN ('pending', 'queued') AND run_id NOT IN (${calledOff})` }));
  return moved.filter(({ ids }) => ids.length > 0);
}

/** Runs about a record that will be called off with it. */
export async function countEnding(tx: Transaction, table: string, id: string): Promise<number> {
  const row = await tx.get<{ count: number }>(sql`SELECT count(*) AS count FROM relata_run WHERE table_name = ${table} AND record_id = ${id} AND ${OPEN_RUN}`);
  return Number(row?.count ?? 0);
}

function listed(tx: Transaction, column: string, ids: readonly string[]): Sql {
  return tx.dialect.inList(ident(column), tx.dialect.typed(bind(tx.dialect.listParam(ids)), 'list'));
}

async function give(tx: Transaction, { holder, from, to, rows }: Omit<MovedRows, 'ids'> & { readonly rows: Sql }): Promise<MovedRows> {
  const found = await tx.all<{ id: string }>(sql`SELECT DISTINCT ${ident(HOLDERS[holder])} AS id FROM ${ident(holder)} WHERE ${rows}`);
  if (found.length > 0) await tx.run(sql`UPDATE ${ident(holder)} SET record_id = ${to} WHERE record_id = ${from} AND ${listed(tx, HOLDERS[holder], found.map(({ id }) => id))}`);
  return { holder, from, to, ids: found.map(({ id }) => id) };
}

/** Gives back what is still with the survivor. `kept`: files that it holds on to. */
export async function giveBack(tx: Transaction, moved: readonly MovedRows[], kept: ReadonlySet<string>): Promise<void> {
  for (const { holder, from, to, ids } of [...moved].reverse()) {
    const going = holder === 'relata_file' ? ids.filter((id) => !kept.has(id)) : ids;
    const open = holder === 'relata_run' ? sql` AND ${OPEN_RUN}` : holder === 'relata_approval' ? sql` AND state IN ('pending', 'queued')` : sql``;
    await tx.run(sql`UPDATE ${ident(holder)} SET record_id = ${from} WHERE record_id = ${to} AND ${listed(tx, HOLDERS[holder], going)}${open}`);
  }
}
