/** How a connection to SQLite is opened here, for writing and for reading alone. */
import BetterSqlite, { type Database as Connection } from 'better-sqlite3';
import { SQLITE_AGGREGATES, SQLITE_FUNCTIONS } from './dialect/sqlite.ts';

/** Below this a WAL reset could corrupt a database (sqlite.org/wal.html#walresetbug). */
const OLDEST_SAFE = [3, 51, 3];

export function openConnection(file: string): Connection {
  const connection = new BetterSqlite(file);
  connection.pragma('journal_mode = WAL');
  // The driver is compiled to lower this to NORMAL in WAL mode, where a power cut may take back acknowledged commits.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  setUp(connection);
  const version = String(connection.prepare('SELECT sqlite_version() AS version').pluck().get());
  const parts = version.split('.').map(Number);
  const tooOld = OLDEST_SAFE.some((needed, i) => (parts[i] ?? 0) < needed && OLDEST_SAFE.slice(0, i).every((same, k) => parts[k] === same));
  if (tooOld) throw new Error(`SQLite ${version} is too old; ${OLDEST_SAFE.join('.')} or newer is needed.`);
  return connection;
}

export function openReader(file: string): Connection {
  const connection = new BetterSqlite(file, { readonly: true });
  setUp(connection);
  return connection;
}

function setUp(connection: Connection): void {
  connection.pragma('busy_timeout = 5000');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cache_size = -65536');
  for (const [name, run] of Object.entries(SQLITE_FUNCTIONS)) connection.function(name, { deterministic: true }, run as (...args: unknown[]) => unknown);
  for (const [name, { start, step, result }] of Object.entries(SQLITE_AGGREGATES)) {
    connection.aggregate<number[]>(name, { deterministic: true, start, step: (numbers, value) => step(numbers, value as number | null), result });
  }
}
