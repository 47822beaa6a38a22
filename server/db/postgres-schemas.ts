/** Two stores in one PostgreSQL database, each a schema: the one in use, and one that may take its place. */
import pg from 'pg';
import { APPLICATION } from './postgres.ts';
import { ident } from './sql.ts';

export interface Schemas {
  /** The process of a server that is at work on the database; null: none is. */
  busy(): Promise<number | null>;
  create(name: string): Promise<void>;
  drop(name: string): Promise<void>;
  /** `fresh` becomes the schema in use, which is called `aside` from then on: both or neither. */
  exchange(fresh: string, aside: string): Promise<void>;
  close(): Promise<void>;
}

export async function openSchemas(url: string): Promise<Schemas> {
  const client = new pg.Client({ connectionString: url, application_name: `${APPLICATION} restore` });
  await client.connect();
  return {
    async busy() {
      const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1', [APPLICATION]);
      return rows[0]?.pid ?? null;
    },
    async create(name) {
      await client.query(`DROP SCHEMA IF EXISTS ${ident(name).text} CASCADE; CREATE SCHEMA ${ident(name).text}`);
    },
    async drop(name) {
      await client.query(`DROP SCHEMA IF EXISTS ${ident(name).text} CASCADE`);
    },
    async exchange(fresh, aside) {
      const { rows } = await client.query<{ name: string }>('SELECT current_schema() AS name');
      const current = ident(rows[0]?.name ?? 'public').text;
      try {
        await client.query(`BEGIN; ALTER SCHEMA ${current} RENAME TO ${ident(aside).text}; ALTER SCHEMA ${ident(fresh).text} RENAME TO ${current}; COMMIT`);
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
    close: () => client.end(),
  };
}
