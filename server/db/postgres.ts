import pg from 'pg';
import type { RuleContext } from '#engine/rules/context.ts';
import { type Database, type Queryable, type Snapshot, type Transaction, UniqueViolation } from './database.ts';
import { postgres } from './dialect/postgres.ts';
import { ident, resolveParams, type Sql } from './sql.ts';
import { createTurns } from './turns.ts';
import { createVault, type Vault } from '../vault/vault.ts';

const POOL_SIZE = 10;
/** Connections for queries that are planned once. */
const PLANNED_POOL_SIZE = 4;
const UNIQUE_VIOLATION = '23505';
/** A writer that lost against another is told so by these; trying again is right. */
const RETRY = new Set(['40001', '40P01', '55P03']);
/** The connection was lost before the commit was asked for: nothing has happened. */
const LOST = new Set(['57P01', '57P02', '57P03', '25P03', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const ATTEMPTS = 4;
/** A process that is stopped in the middle of a transaction would keep all others from writing: its session is ended. */
const MOST_IDLE_IN_TRANSACTION_MS = 30_000;
/**
 * Writers of all processes queue here, as they do on SQLite: roll-ups, unique values and the audit chain are right only
 * when what a transaction read stays true until it commits.
 */
const WRITE_LOCK = 7_235_001;

/** BIGINT and NUMERIC arrive as text by default; every whole number of ours fits a double. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
/** JSON stays text: the row codec parses it, as it does on SQLite. */
pg.types.setTypeParser(pg.types.builtins.JSONB, (value) => value);

const numbered = new Map<string, { text: string; name: string }>();
let generation = 0;
const DDL = /^(ALTER|CREATE|DROP) /;

/** A statement prepared before a column changed fails ever after; under a new name it is prepared anew. */
function forgetPlans(): void {
  numbered.clear();
  generation += 1;
}

/** `?` to `$1`; our texts hold no other question mark. Each text is prepared once per connection under a name of its own. */
function numberedText(text: string): { text: string; name: string } {
  let known = numbered.get(text);
  if (!known) {
    let count = 0;
    known = { text: text.replace(/\?/g, () => `$${++count}`), name: `q${generation}_${numbered.size}` };
    if (numbered.size < 2000) numbered.set(text, known);
    else known = { ...known, name: '' };
  }
  return known;
}

class LostConnection extends Error {
  constructor(cause: unknown) {
    super('The connection was lost before the commit.', { cause });
  }
}

function isLost(error: unknown, lost: Error | undefined): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  return lost !== undefined && (LOST.has(code ?? '') || /Connection terminated|not queryable/.test(message));
}

type Client = Pick<pg.Pool, 'query'>;

async function query<T extends pg.QueryResultRow>(client: Client, statement: Sql, context: RuleContext | undefined): Promise<pg.QueryResult<T>> {
  const { text, name } = numberedText(statement.text);
  const values = resolveParams(statement.params, context ?? null) as unknown[];
  try {
    return await client.query<T>({ text, values, ...(name && { name }) });
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    throw code === UNIQUE_VIOLATION && constraint ? new UniqueViolation(constraint) : error;
  }
}

function queryable(client: Client, vault: Vault): Queryable {
  return {
    dialect: postgres,
    vault,
    all: async <T>(statement: Sql, context?: RuleContext) => (await query(client, statement, context)).rows as T[],
    values: async (statement: Sql, context?: RuleContext) => {
      const { text, name } = numberedText(statement.text);
      const values = resolveParams(statement.params, context ?? null) as unknown[];
      return (await client.query({ text, values, rowMode: 'array', ...(name && { name }) })).rows as unknown[][];
    },
    get: async <T>(statement: Sql, context?: RuleContext) => (await query(client, statement, context)).rows[0] as T | undefined,
  };
}

const BATCH = 1000;

function snapshotOf(client: pg.PoolClient, vault: Vault): Snapshot {
  let cursors = 0;
  return {
    ...queryable(client, vault),
    async *rows({ text, params }) {
      cursors += 1;
      const name = `c${cursors}`;
      let count = 0;
      await client.query({ text: `DECLARE ${name} NO SCROLL CURSOR FOR ${text.replace(/\?/g, () => `$${++count}`)}`, values: resolveParams(params, null) as unknown[] });
      for (;;) {
        const { rows } = await client.query({ text: `FETCH ${BATCH} FROM ${name}`, rowMode: 'array' });
        if (rows.length > 0) yield rows as unknown[][];
        if (rows.length < BATCH) break;
      }
      await client.query(`CLOSE ${name}`);
    },
  };
}

export interface PostgresOptions {
  /** Another schema than the usual one: where a backup is restored before it takes its place. */
  readonly schema?: string;
  readonly vault?: Vault;
}

/** By this others tell who is at work on a database. */
export const APPLICATION = 'relata';

export async function connectPostgres(url: string, { schema, vault = createVault({}) }: PostgresOptions = {}): Promise<Database> {
  const poolOf = (max: number, settings: readonly string[]): pg.Pool => {
    const options = [...(schema === undefined ? [] : [`search_path=${ident(schema).text}`]), ...settings].map((setting) => `-c ${setting}`).join(' ');
    const made = new pg.Pool({ connectionString: url, application_name: APPLICATION, ...(options && { options }), max, idle_in_transaction_session_timeout: MOST_IDLE_IN_TRANSACTION_MS });
    // A pooled connection that dies while idle must not take the process with it; the next query opens another.
    made.on('error', () => undefined);
    return made;
  };
  const pool = poolOf(POOL_SIZE, []);
  const plannedPool = poolOf(PLANNED_POOL_SIZE, ['plan_cache_mode=force_generic_plan']);
  const { rows } = await pool.query<{ fsync: string; full: string; commit: string }>(
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full, current_setting('synchronous_commit') AS commit`,
  );
  const settings = rows[0];
  if (settings?.fsync !== 'on' || settings.full !== 'on' || settings.commit === 'off') {
    throw new Error('PostgreSQL must run with fsync, full_page_writes and synchronous_commit on: an acknowledged write would not be safe.');
  }

  // One connection of the pool writes, so that waiting writers never take those that readers need.
  const inTurn = createTurns();

  async function attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let lost: Error | undefined;
    const onError = (error: Error): void => {
      lost = error;
    };
    // Without a listener a connection that dies while it is in use takes the process with it.
    client.on('error', onError);
    let isCommitting = false;
    const actions: (() => void)[] = [];
    let hasChangedSchema = false;
    try {
      await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${WRITE_LOCK})`);
      const result = await work({
        ...queryable(client, vault),
        insert: async (statement) => Number((await query<{ _rid: number }>(client, { ...statement, text: `${statement.text} RETURNING "_rid"` }, undefined)).rows[0]?._rid),
        run: async (statement, context) => {
          const changed = (await query(client, statement, context)).rowCount ?? 0;
          if (DDL.test(statement.text)) {
            hasChangedSchema = true;
            forgetPlans();
          }
          return changed;
        },
        afterCommit: (action) => actions.push(action),
      });
      isCommitting = true;
      await client.query('COMMIT');
      // Readers may have prepared against the old columns until this moment.
      if (hasChangedSchema) forgetPlans();
      for (const action of actions) action();
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(onError);
      throw !isCommitting && isLost(error, lost) ? new LostConnection(error) : error;
    } finally {
      client.removeListener('error', onError);
      client.release(lost);
    }
  }

  const reads = queryable(pool, vault);
  return {
    ...reads,
    planned: queryable(plannedPool, vault).values,
    aside: (statement, context) => reads.all(statement, context),
    async snapshot(work) {
      const client = await pool.connect();
      let failed: Error | undefined;
      try {
        // Writing a batch to disk may take a while.
        await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = '10min'`);
        const result = await work(snapshotOf(client, vault));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        failed = error as Error;
        throw error;
      } finally {
        client.release(failed);
      }
    },
    transaction: (work) =>
      inTurn(async () => {
        for (let tries = 1; ; tries++) {
          try {
            return await attempt(work);
          } catch (error) {
            const mayRetry = error instanceof LostConnection || RETRY.has((error as { code?: string }).code ?? '');
            if (tries === ATTEMPTS || !mayRetry) throw error instanceof LostConnection ? error.cause : error;
          }
        }
      }),
    async reclaim(tables) {
      for (const table of tables) await pool.query(`VACUUM (FULL) ${ident(table).text}`);
    },
    forgetPlans,
    close: async () => void (await Promise.all([pool.end(), plannedPool.end()])),
  };
}
