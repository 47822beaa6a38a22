/** Opens a workspace: connects, brings the schema up, reads the live definitions, keeps watch for those of other processes. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { AppError } from '#engine/errors.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { requireModel } from '#engine/model/build-model.ts';
import { registerFunctions } from '#engine/rules/evaluate.ts';
import { companyCore, companyKey } from '#engine/records/company-name.ts';
import { databaseSchema } from '#engine/schema/database-schema.ts';
import { sortKeyOf } from '#engine/fields/pinyin.ts';
import { applySchema, applySystemTables } from './db/apply-schema.ts';
import { loadCalendar } from './calendar.ts';
import type { Database, Transaction } from './db/database.ts';
import { connectPostgres } from './db/postgres.ts';
import { connectSqlite } from './db/sqlite.ts';
import { loadSamples } from './definitions/load-samples.ts';
import type { Template } from './definitions/read-template.ts';
import { catchUpSearch } from './definitions/catch-up-search.ts';
import { publishInTransaction } from './definitions/publish.ts';
import { addScratch, dropScratch } from './definitions/scratch-columns.ts';
import { keepTemplate, liveDefinitions, liveVersion, noteFirstTemplate, saveDefinitions } from './definitions/store.ts';
import { createChangeFeed } from './records/change-feed.ts';
import { createDirectory } from './records/directory.ts';
import { rebuildOrganisation } from './records/organisation.ts';
import { noteCollaborators } from './sharing/collaborators.ts';
import { expectKeys, prepareVault } from './vault/key-note.ts';
import { reclaimWhatWasAsked } from './vault/reclaim.ts';
import { keyMissing } from './vault/vault.ts';
import { vaultOf } from './vault/vault-of.ts';
import type { Publishing, Workspace } from './workspace.ts';

registerFunctions({ companyKey, companyCore: (name) => companyCore(name).core, pinyin: sortKeyOf });

export interface WorkspaceSettings {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  /** The first encrypts, all decrypt. Absent: a key file in the data directory, made when something is first to be encrypted. */
  readonly encryptionKeys?: readonly Buffer[] | undefined;
  /** Installed when the database holds no definitions yet. */
  readonly template: () => Promise<Template>;
  readonly sampleData: boolean;
  readonly log: Logger;
  readonly now?: () => string;
  /** Gone afterwards: commits wait for no disk. */
  readonly scratch?: boolean;
  /** The database is a copy of one that was opened before, and this is the model it is opened with: nothing is built or brought up again. */
  readonly prepared?: AppModel;
}

export interface OpenWorkspace extends Workspace {
  /** The database was empty and the template has been installed. */
  readonly isNew: boolean;
  close(): Promise<void>;
}

const POLL_MS = 500;

export async function openWorkspace(settings: WorkspaceSettings): Promise<OpenWorkspace> {
  await mkdir(settings.dataDir, { recursive: true });
  const vault = vaultOf(settings);
  const database = settings.databaseUrl ? await connectPostgres(settings.databaseUrl, { vault }) : connectSqlite(join(settings.dataDir, 'relata.db'), { scratch: settings.scratch === true, vault });
  try {
    return await openOn(database, settings);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function bringUp(database: Database, settings: WorkspaceSettings, at: string): Promise<{ model: AppModel; version: number; template: Template | undefined }> {
  await dropScratch(database);
  // Under the write lock: a publication of another process is either seen whole or waits.
  return database.transaction(async (tx) => {
    await applySystemTables(tx);
    const stored = await liveDefinitions(tx);
    const template = stored ? undefined : await settings.template();
    const own = requireModel(stored?.definitions ?? (template as Template).definitions);
    await applySchema(tx, databaseSchema(own));
    await prepareVault(tx, own);
    await rebuildOrganisation(tx, own);
    await noteCollaborators(tx, own, at);
    await noteFirstTemplate(tx);
    return { model: own, version: stored?.version ?? 0, template };
  });
}

async function openOn(database: Database, settings: WorkspaceSettings): Promise<OpenWorkspace> {
  const now = settings.now ?? (() => new Date().toISOString());
  const opened = settings.prepared ? { model: settings.prepared, version: await liveVersion(database), template: undefined } : await bringUp(database, settings, now());
  const { template } = opened;
  if (settings.prepared) await expectKeys(database, opened.model);
  if (database.vault.missing.length > 0) settings.log.error({ keys: database.vault.missing }, keyMissing(database.vault.missing).detail.en);
  let { model, version } = opened;
  let publishing: Publishing | null = null;
  let reindexing: Promise<void> = Promise.resolve();
  let isClosing = false;
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
    async publish(request) {
      // What another process published a moment ago is what this is measured against: it answers whether the base still holds.
      await workspace.follow();
      const abort = new AbortController();
      const signal = request.signal ? AbortSignal.any([request.signal, abort.signal]) : abort.signal;
      const scratch = await addScratch(database, model, request);
      const published = await database
        .transaction(async (tx) => {
          const own = await publishInTransaction(workspace, tx, {
            ...request,
            signal,
            async onStep(step, done, total) {
              publishing = { by: request.by, step, done, total, cancel: () => abort.abort(cancelled()) };
              await request.onStep?.(step, done, total);
            },
          }, scratch);
          // In the same turn as the commit: no request may meet the new columns with the old model.
          tx.afterCommit(() => {
            model = own.model;
            version = own.version;
          });
          return own;
        })
        .catch(async (error: unknown) => {
          await dropScratch(database, scratch);
          throw error;
        })
        .finally(() => {
          publishing = null;
        });
      await directory.reload(database);
      publishing = { by: request.by, step: 'reindex', done: 0, total: 0, cancel: () => undefined };
      // It is live; a search that lags behind is no reason to call it failed.
      await catchUp().catch((error: unknown) => settings.log.error({ err: error }, 'search index not caught up'));
      await reclaimWhatWasAsked(workspace).catch((error: unknown) => settings.log.error({ err: error }, 'what was encrypted is not yet written over on the disk'));
      publishing = null;
      return published;
    },
    get publishing() {
      return publishing;
    },
    async follow() {
      const live = await liveDefinitions(database);
      // A poll that began earlier must not turn back what this process has published since.
      if (!live || live.version <= version) return false;
      database.forgetPlans();
      model = requireModel(live.definitions);
      await expectKeys(database, model);
      version = live.version;
      await directory.reload(database);
      return true;
    },
    async close() {
      clearInterval(watch);
      isClosing = true;
      await polling;
      await reindexing;
      await database.close();
    },
  };

  const catchUp = (): Promise<void> => catchUpSearch(database, () => ({ model, version }), () => isClosing);
  let polling: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    await changes.poll(database);
    if ((await liveVersion(database)) !== version) await workspace.follow();
  };
  changes.subscribe((committed) => {
    if (committed.some(({ table }) => model.tables[table]?.builtIn)) directory.reload(database).catch((error: unknown) => settings.log.error({ err: error }, 'directory not reloaded'));
  });
  if (template) {
    version = await database.transaction((tx) => installFirst(tx, template, now()));
    await directory.reload(database);
    await loadSamples(workspace, settings.sampleData ? template.samples : (template.records ?? {}));
  }
  await directory.reload(database);
  await changes.poll(database);
  const watch = setInterval(() => {
    polling = look().catch((error: unknown) => settings.log.error({ err: error }, 'could not look for changes'));
  }, POLL_MS);
  // What a killed process has left to do; nobody waits for it.
  reindexing = catchUp().then(() => (isClosing || settings.scratch ? undefined : reclaimWhatWasAsked(workspace))).catch((error: unknown) => settings.log.error({ err: error }, 'search index not caught up'));
  return workspace;
}

/** Into an empty database: the first version has nothing to plan against. */
async function installFirst(tx: Transaction, { definitions, scenarios = [], calendar = [], profile }: Template, at: string): Promise<number> {
  await loadCalendar(tx, calendar);
  const { name, version } = definitions.app;
  await keepTemplate(tx, { name, version, definitions, scenarios });
  await saveDefinitions(tx, 1, { definitions, at, by: 'system', note: `${name} ${version}`, changes: [], templates: [{ name, version, ...(profile !== undefined && { profile }) }], undoes: null });
  return 1;
}

const cancelled = (): AppError => new AppError('conflict', { 'zh-CN': '发布已取消，没有任何更改', en: 'The publication was cancelled; nothing has changed' });
