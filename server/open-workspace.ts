/** Opens a workspace: connects, brings the schema up, reads the live definitions, keeps watch for those of other processes. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { AppModel } from '#engine/model/app-model.ts';
import { requireModel } from '#engine/model/build-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { registerFunctions } from '#engine/rules/evaluate.ts';
import { companyCore, companyKey } from '#engine/records/company-name.ts';
import { databaseSchema } from '#engine/schema/database-schema.ts';
import { sortKeyOf } from '#engine/fields/pinyin.ts';
import { applySchema, tableExists } from './db/apply-schema.ts';
import { connectPostgres } from './db/postgres.ts';
import { connectSqlite } from './db/sqlite.ts';
import { loadSamples } from './definitions/load-samples.ts';
import type { Template } from './definitions/read-template.ts';
import { liveDefinitions, liveVersion, saveDefinitions } from './definitions/store.ts';
import { createChangeFeed } from './records/change-feed.ts';
import { createDirectory } from './records/directory.ts';
import type { Workspace } from './workspace.ts';

registerFunctions({ companyKey, companyCore: (name) => companyCore(name).core, pinyin: sortKeyOf });

export interface WorkspaceSettings {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  /** Installed when the database holds no definitions yet. */
  readonly template: () => Promise<Template>;
  readonly sampleData: boolean;
  readonly log: Logger;
  readonly now?: () => string;
}

export interface OpenWorkspace extends Workspace {
  /** The database was empty and the template has been installed. */
  readonly isNew: boolean;
  /** Makes definitions live: schema, row, model. */
  publish(definitions: Definitions, by: string, note: string): Promise<void>;
  close(): Promise<void>;
}

const POLL_MS = 1000;

export async function openWorkspace(settings: WorkspaceSettings): Promise<OpenWorkspace> {
  await mkdir(settings.dataDir, { recursive: true });
  const database = settings.databaseUrl ? await connectPostgres(settings.databaseUrl) : connectSqlite(join(settings.dataDir, 'relata.db'));
  const now = settings.now ?? (() => new Date().toISOString());
  const stored = (await tableExists(database, 'relata_definitions')) ? await liveDefinitions(database) : undefined;
  const template: Template | undefined = stored ? undefined : await settings.template();
  let model: AppModel = requireModel(stored?.definitions ?? (template as Template).definitions);
  let version = stored?.version ?? 0;
  await database.transaction((tx) => applySchema(tx, databaseSchema(model)));
  const directory = createDirectory(() => model);
  const changes = createChangeFeed(randomUUID());

  const workspace: OpenWorkspace = {
    database,
    directory,
    changes,
    log: settings.log,
    filesDir: join(settings.dataDir, 'files'),
    now,
    isNew: template !== undefined,
    get model() {
      return model;
    },
    get definitionsVersion() {
      return version;
    },
    async publish(definitions, by, note) {
      const next = requireModel(definitions);
      version = await database.transaction(async (tx) => {
        await applySchema(tx, databaseSchema(next));
        return saveDefinitions(tx, definitions, by, note, now());
      });
      model = next;
      await directory.reload(database);
    },
    async close() {
      clearInterval(watch);
      await polling;
      await database.close();
    },
  };

  let polling: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    await changes.poll(database);
    if ((await liveVersion(database)) !== version) await follow();
  };
  /** Another process has published. */
  const follow = async (): Promise<void> => {
    const live = await liveDefinitions(database);
    if (!live || live.version === version) return;
    model = requireModel(live.definitions);
    version = live.version;
    await directory.reload(database);
  };
  changes.subscribe((committed) => {
    if (committed.some(({ table }) => model.tables[table]?.builtIn)) directory.reload(database).catch((error: unknown) => settings.log.error({ err: error }, 'directory not reloaded'));
  });
  const watch = setInterval(() => {
    polling = look().catch((error: unknown) => settings.log.error({ err: error }, 'could not look for changes'));
  }, POLL_MS);

  if (template) {
    await workspace.publish(template.definitions, 'system', `${template.definitions.app.name} ${template.definitions.app.version}`);
    if (settings.sampleData) await loadSamples(workspace, template.samples);
  }
  await directory.reload(database);
  await changes.poll(database);
  return workspace;
}
