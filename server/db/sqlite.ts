import type { Database as Connection, Statement } from 'better-sqlite3';
import type { RuleContext } from '#engine/rules/context.ts';
import { indexName } from '#engine/schema/database-schema.ts';
import { type Database, type Transaction, UniqueViolation } from './database.ts';
import { sqlite } from './dialect/sqlite.ts';
import { resolveParams, type Sql } from './sql.ts';
import { openAside } from './sqlite-aside.ts';
import { openConnection } from './sqlite-connection.ts';
import { createTurns } from './turns.ts';
import { createVault, type Vault } from '../vault/vault.ts';

const KEPT_STATEMENTS = 400;

export interface SqliteOptions {
  readonly scratch?: boolean;
  readonly vault?: Vault;
}

/**
 * One connection writes, one reads; write-ahead logging lets both work at once. Transactions queue for the writer, and
 * begin IMMEDIATE: a deferred one that reads first fails at once when another process has written in between. `scratch`: a
 * database that nobody misses after a power cut waits for no disk.
 */
export function connectSqlite(file: string, { scratch = false, vault = createVault({}) }: SqliteOptions = {}): Database {
  const writer = openConnection(file);
  const reader = openConnection(file);
  if (scratch) writer.pragma('synchronous = OFF');
  const write = prepared(writer);
  const read = prepared(reader);
  const aside = openAside(file);
  const inTurn = createTurns();

  async function transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const actions: (() => void)[] = [];
    write.statement('BEGIN IMMEDIATE').run();
    try {
      const result = await work({
        dialect: sqlite,
        vault,
        all: (query, context) => write.all(query, context),
        values: (query, context) => write.values(query, context),
        get: (query, context) => write.get(query, context),
        insert: (query) => write.insert(query),
        run: (query, context) => write.run(query, context),
        afterCommit: (action) => actions.push(action),
      });
      write.statement('COMMIT').run();
      for (const action of actions) action();
      return result;
    } catch (error) {
      if (writer.inTransaction) write.statement('ROLLBACK').run();
      throw error;
    }
  }

  return {
    dialect: sqlite,
    vault,
    all: (query, context) => read.all(query, context),
    values: (query, context) => read.values(query, context),
    planned: (query, context) => read.values(query, context),
    get: (query, context) => read.get(query, context),
    aside: (query, context) => (aside ? aside.all(query.text, resolveParams(query.params, context ?? null)) : read.all(query, context)),
    transaction: (work) => inTurn(() => transact(work)),
    async snapshot(work) {
      // A connection of its own: its read transaction keeps seeing what it saw at the start.
      const connection = openConnection(file);
      try {
        connection.exec('BEGIN');
        connection.prepare('SELECT count(*) FROM sqlite_master').get();
        return await work({ dialect: sqlite, vault, ...prepared(connection), rows: (query) => batches(connection, query) });
      } finally {
        connection.close();
      }
    },
    reclaim: () =>
      inTurn(async () => {
        writer.exec('VACUUM');
        writer.pragma('wal_checkpoint(TRUNCATE)');
      }),
    // SQLite prepares again by itself.
    forgetPlans: () => undefined,
    async close() {
      await inTurn(async () => undefined);
      await aside?.close();
      reader.close();
      writer.pragma('wal_checkpoint(TRUNCATE)');
      writer.close();
    },
  };
}

const BATCH = 1000;

async function* batches(connection: Connection, query: Sql): AsyncGenerator<unknown[][]> {
  let batch: unknown[][] = [];
  for (const row of connection.prepare(query.text).raw().iterate(...resolveParams(query.params, null))) {
    batch.push(row as unknown[]);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
    // Others get their turn between batches.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (batch.length > 0) yield batch;
}

/** Statements are prepared once and kept by text; the least recently used goes first. */
function prepared(connection: Connection) {
  const keeper = (prepare: (text: string) => Statement) => {
    const kept = new Map<string, Statement>();
    return (text: string): Statement => {
      let found = kept.get(text);
      if (found) {
        kept.delete(text);
      } else {
        found = prepare(text);
        if (kept.size >= KEPT_STATEMENTS) kept.delete(kept.keys().next().value as string);
      }
      kept.set(text, found);
      return found;
    };
  };
  const statement = keeper((text) => connection.prepare(text));
  const rawStatement = keeper((text) => connection.prepare(text).raw());
  return {
    statement,
    async all<T>(query: Sql, context?: RuleContext): Promise<T[]> {
      return statement(query.text).all(...resolveParams(query.params, context ?? null)) as T[];
    },
    async values(query: Sql, context?: RuleContext): Promise<unknown[][]> {
      return rawStatement(query.text).all(...resolveParams(query.params, context ?? null)) as unknown[][];
    },
    async get<T>(query: Sql, context?: RuleContext): Promise<T | undefined> {
      return named(() => statement(query.text).get(...resolveParams(query.params, context ?? null)) as T | undefined);
    },
    async insert(query: Sql): Promise<number> {
      return named(() => Number(statement(query.text).run(...resolveParams(query.params, null)).lastInsertRowid));
    },
    async run(query: Sql, context?: RuleContext): Promise<number> {
      return named(() => statement(query.text).run(...resolveParams(query.params, context ?? null)).changes);
    },
  };
}

function named<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asUniqueViolation(error) ?? error;
  }
}

/** SQLite names the columns of a plain unique index (`UNIQUE constraint failed: customer.uscc`). */
function asUniqueViolation(error: unknown): UniqueViolation | undefined {
  const { code, message } = error as { code?: string; message?: string };
  if (code !== 'SQLITE_CONSTRAINT_UNIQUE') return undefined;
  const columns = /failed: (.+)$/.exec(message ?? '')?.[1]?.split(', ') ?? [];
  const [table = '', ...rest] = columns.map((name) => name.split('.')).flat();
  return new UniqueViolation(indexName('ux', table, rest.filter((name) => name !== table)));
}
