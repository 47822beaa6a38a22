/** A workspace of its own for a test file: on SQLite in a temporary folder, on PostgreSQL in a fresh database. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import type { Template } from '../definitions/read-template.ts';
import { type OpenWorkspace, openWorkspace } from '../open-workspace.ts';
import { createRecord } from '../records/create-record.ts';
import { writeSession } from '../records/write-session.ts';

export const DATABASES = ['sqlite', 'postgres'] as const;
export type DatabaseName = (typeof DATABASES)[number];

export interface TestWorkspace extends OpenWorkspace {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** Sets what `now()` answers. */
  setNow(moment: string): void;
  /** A user with these roles, as an actor. */
  addUser(values: { name: string; roles: string[]; superior?: string; department?: string; login?: string }): Promise<Actor>;
  create(actor: Actor, table: string, values: Record<string, Json>): Promise<string>;
}

export interface TestSettings {
  readonly definitions: Definitions;
  readonly samples?: Template['samples'];
  /** What it begins with when there are no samples. */
  readonly records?: Template['samples'];
  readonly now?: string;
  /** The part of the template that this is. */
  readonly profile?: string;
}

export async function openTestWorkspace(database: DatabaseName, { definitions, samples = {}, records = {}, now = '2026-06-15T04:00:00.000Z', profile }: TestSettings): Promise<TestWorkspace> {
  const dataDir = mkdtempSync(join(tmpdir(), 'relata-test-'));
  const databaseUrl = database === 'postgres' ? await freshDatabase() : undefined;
  let moment = now;
  const workspace = await openWorkspace({
    dataDir,
    databaseUrl,
    template: async () => ({ definitions, samples, records, ...(profile !== undefined && { profile }) }),
    sampleData: Object.keys(samples).length > 0,
    log: pino({ level: 'silent' }),
    now: () => moment,
  });
  // Spreading would read `model` once; the getters must stay.
  return Object.assign(Object.create(workspace) as OpenWorkspace, {
    dataDir,
    databaseUrl,
    setNow(next: string) {
      moment = next;
    },
    async addUser(values: { name: string; roles: string[]; login?: string }) {
      const login = values.login ?? `${values.name}-${randomBytes(3).toString('hex')}@example.com`;
      const id = await writeSession(workspace, systemActor, (session) => createRecord(session, 'user', { active: true, ...values, login }));
      return workspace.directory.actor(id);
    },
    create: (actor: Actor, table: string, values: Record<string, Json>) => writeSession(workspace, actor, (session) => createRecord(session, table, values)),
    async close() {
      await workspace.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  });
}

export async function freshDatabase(): Promise<string> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return `${server}/${name}`;
}
