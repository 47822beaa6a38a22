/** The raw loader: the same rows, audit chain, events and search index as an import writes, by prepared statements and nothing else. */
import { createHash } from 'node:crypto';
import BetterSqlite from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import { sortKeyOf } from '#engine/fields/pinyin.ts';
import { indexTokens } from '#engine/search/tokenise.ts';
import { benchRow, IMPORT_COLUMNS } from './bench-app.ts';

const BATCH = 250;
const SEARCHED = ['name', 'short_name', 'phone'] as const;

/** Seconds for `count` rows into an empty workspace file. */
export function loadRaw(file: string, count: number, owner: string): number {
  const db = new BetterSqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('cache_size = -65536');
  const extra = ['id', 'version', 'owner', 'created_at', 'created_by', 'updated_at', 'updated_by', 'name__sort', 'short_name__sort', 'locked', 'verified', 'days_known'];
  const columns = [...IMPORT_COLUMNS, ...extra];
  const insert = db.prepare(`INSERT INTO customer (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  const tokens = db.prepare('INSERT INTO relata_search_customer(rowid, tokens) VALUES (?, ?)');
  const audit = db.prepare('INSERT INTO relata_audit (seq, at, actor, table_name, record_id, action, record_version, changes, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const event = db.prepare('INSERT INTO relata_event (seq, at, actor, table_name, record_id, action, fields, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  let seq = Number(db.prepare('SELECT coalesce(max(seq), 0) FROM relata_audit').pluck().get());
  let eventSeq = Number(db.prepare('SELECT coalesce(max(seq), 0) FROM relata_event').pluck().get());
  let hash = '';
  const started = process.hrtime.bigint();
  const load = db.transaction((from: number, to: number) => {
    for (let n = from; n < to; n++) {
      const row = benchRow(n);
      const id = uuidv7();
      const now = new Date().toISOString();
      const values = IMPORT_COLUMNS.map((name) => (name === 'revenue' ? Math.round(Number(row.revenue) * 100) : name === 'phone' ? `+86${String(row.phone)}` : row[name]));
      const rid = insert.run(...values, id, 1, owner, now, owner, now, owner, sortKeyOf(String(row.name)), sortKeyOf(String(row.short_name)), 0, 0, 1).lastInsertRowid;
      tokens.run(rid, SEARCHED.flatMap((name) => indexTokens(String(row[name]), { pinyin: name !== 'phone' }).map((run) => run.map((token) => `${name}·${token}`).join(' '))).join(' _ '));
      seq += 1;
      eventSeq += 1;
      const changes = JSON.stringify(Object.entries(row).map(([field, after]) => ({ field, before: null, after })));
      hash = createHash('sha256').update(hash).update(JSON.stringify([seq, now, owner, 'customer', id, 'create', 1, changes])).digest('hex');
      audit.run(seq, now, owner, 'customer', id, 'create', 1, changes, hash);
      event.run(eventSeq, now, owner, 'customer', id, 'create', JSON.stringify(IMPORT_COLUMNS), 'raw');
    }
  });
  for (let from = 0; from < count; from += BATCH) load(from, Math.min(count, from + BATCH));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  db.close();
  return seconds;
}
