/**
 * Makes a draft live: definitions, DDL, converted values, audit, in one transaction. Plans first, under the write lock, and
 * refuses when the counts are not those the administrator was shown. Killed at any point it has happened whole or not at all.
 */
import type { Plan, PlannedChange } from '#engine/changes/plan.ts';
import { AppError, type Issue } from '#engine/errors.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { ruleContextOf, systemActor } from '#engine/permissions/actor.ts';
import { rebuildOrganisation } from '../records/organisation.ts';
import { noteCollaborators } from '../sharing/collaborators.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import { databaseSchema } from '#engine/schema/database-schema.ts';
import { applySchema } from '../db/apply-schema.ts';
import type { Transaction } from '../db/database.ts';
import { searchFields } from '../db/search-index.ts';
import { noteInAudit } from '../records/audit.ts';
import type { Workspace } from '../workspace.ts';
import { askForReindex, readsOtherwise } from './catch-up-search.ts';
import { deleteDraft } from './draft.ts';
import { countRecords, liveSource, type ValueSource } from './field-values.ts';
import { moveCounters } from './move-counters.ts';
import { preparePlan, type PreparedPlan } from './plan.ts';
import type { ChangeEffect } from './plan-effects.ts';
import { outdatedFields, recompute } from './recompute.ts';
import { keepRejects } from './rejects.ts';
import { NO_SCRATCH, nameScratch, type Scratch } from './scratch-columns.ts';
import { staleBase } from './stale-model.ts';
import { keepTemplate, liveDefinitions, type PublishedTemplate, saveDefinitions } from './store.ts';
import { restoreObjects, type Trashing, trashField, trashNames, trashTable } from './trash.ts';
import { prepareVault } from '../vault/key-note.ts';
import { sealField } from '../vault/seal-field.ts';
import { writeValues } from './write-values.ts';

/** All but the last stand in the transaction; `reindex` follows the commit. */
export type PublishStep = 'plan' | 'trash' | 'schema' | 'values' | 'compute' | 'search' | 'save' | 'reindex';

export interface PublishRequest {
  readonly definitions: Definitions;
  /** The live version the draft was made against. */
  readonly base: number;
  /** Of the plan that was shown; absent only where no person looks at one (first install, tests). */
  readonly hash?: string;
  /** What the administrator typed for a lossy plan. */
  readonly confirm?: readonly string[];
  /** A user's id, or `system`. */
  readonly by: string;
  readonly note: string;
  /** It is the author's stored draft, which is done with then; an undo leaves it alone. */
  readonly isDraft?: boolean;
  readonly restore?: readonly string[];
  /** The version that this one takes back. */
  readonly undoes?: number;
  /** Templates installed from now on; absent: as before. A new one brings its definitions, the base of a later upgrade. */
  readonly templates?: readonly PublishedTemplate[];
  /** Awaited before each step; `done` of `total` rows, 0 where nobody knows how many there will be. */
  readonly onStep?: (step: PublishStep, done: number, total: number) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

export interface Published {
  readonly version: number;
  readonly plan: Plan;
  readonly model: AppModel;
}

export async function publishInTransaction(workspace: Workspace, tx: Transaction, request: PublishRequest, scratch: Scratch = NO_SCRATCH): Promise<Published> {
  const { definitions, base, hash, by, onStep } = request;
  const live = await liveDefinitions(tx);
  if (live?.version !== base) throw staleBase(live?.version ?? 0);
  await onStep?.('plan', 0, 0);
  const prepared = await preparePlan(workspace, tx, {
    definitions,
    by,
    ...(request.restore && { restore: request.restore }),
    ...(request.signal && { signal: request.signal }),
    onProgress: (records) => void onStep?.('plan', records, 0),
  });
  const { plan, model } = prepared;
  if (!model || plan.class === 'blocked') throw new AppError('invalid_definition', { 'zh-CN': '草稿不能发布', en: 'The draft cannot be published' }, [...plan.issues, ...plan.changes.filter((change) => change.class === 'blocked').map(blockedIssue)]);
  if (hash !== undefined && hash !== plan.hash) throw new AppError('conflict', { 'zh-CN': '数据在查看影响之后有变化，请重新查看', en: 'The data has changed since the plan was made; look at it again' }, [{ path: '/hash', code: 'stale_plan', message: { 'zh-CN': '影响已过时', en: 'The plan is out of date' } }]);
  const publisher = workspace.directory.user(by);
  if (publisher && workspace.directory.actor(by).unrestricted && !model.roles.some((role) => role.owner && publisher.roles.includes(role.name))) {
    throw new AppError('invalid_definition', { 'zh-CN': '发布后您将不再是系统所有者，无法再改回来', en: 'After this you would no longer be a system owner, and could not change it back' }, [{ path: '/app/roles', code: 'no_owner', message: { 'zh-CN': '您的角色中须有一个是系统所有者', en: 'One of your roles must be a system owner' } }]);
  }
  const missing = plan.confirm.filter((name) => !request.confirm?.includes(name));
  if (hash !== undefined && missing.length > 0) {
    throw new AppError('validation_failed', { 'zh-CN': '有损失的更改需要确认', en: 'Changes that lose something need confirming' }, missing.map((name): Issue => ({ path: '/confirm', code: 'not_confirmed', message: { 'zh-CN': `请输入“${name}”确认`, en: `Type "${name}" to confirm` } })));
  }
  // With a key missing nothing can be encrypted, and what is stays as it is.
  await prepareVault(tx, model);
  const version = live.version + 1;
  const at = workspace.now();
  await carryOut({ workspace, tx, request, prepared, model, version, at, scratch });
  await onStep?.('save', 0, 1);
  const templates = request.templates ?? live.templates;
  for (const { name, version: own, definitions: base, scenarios = [] } of request.templates ?? []) if (base) await keepTemplate(tx, { name, version: own, definitions: base, scenarios });
  const changes = plan.changes.map(withoutSamples);
  await saveDefinitions(tx, version, { definitions, at, by, note: request.note, changes, templates: templates.map(({ name, version: own, profile }) => ({ name, version: own, ...(profile !== undefined && { profile }) })), undoes: request.undoes ?? null });
  await noteInAudit(tx, { at, by, table: 'relata_definitions', id: String(version), action: 'publish', version, changes: changes.map(({ path, action, class: kind, effect }) => ({ path, action, class: kind, effect })) });
  if (request.isDraft) await deleteDraft(tx, by);
  return { version, plan, model };
}

interface CarryOut {
  readonly workspace: Workspace;
  readonly tx: Transaction;
  readonly request: PublishRequest;
  readonly prepared: PreparedPlan;
  readonly model: AppModel;
  readonly version: number;
  readonly at: string;
  readonly scratch: Scratch;
}

async function carryOut({ workspace, tx, request, prepared, model, version, at, scratch }: CarryOut): Promise<void> {
  const { onStep, signal } = request;
  const trashing: Trashing = { tx, version, at, by: request.by, name: trashNames(version) };
  const before = workspace.model;
  const total = prepared.plan.rowsWritten;
  let done = 0;
  const write = async (effect: ChangeEffect, target: ValueSource): Promise<void> => {
    const writes = effect.values?.writes ?? [];
    await writeValues(tx, target, writes, { onProgress: (rows) => onStep?.('values', done + rows, total), ...(signal && { signal }) });
    done += writes.length;
  };
  const columnsFor = (field: FieldModel): readonly string[] | undefined => scratch.get(`${field.table}.${field.name}`);
  for (const { change, effect } of prepared.storage) {
    if (change.type !== 'convertField') continue;
    await keepRejects(tx, version, change.to, effect.values?.rejects ?? []);
    const columns = columnsFor(change.to);
    if (columns) await write(effect, { ...liveSource(change.to), columns });
  }
  await onStep?.('trash', done, total);
  for (const { change, effect } of prepared.storage) {
    if (change.type === 'removeTable') await trashTable(trashing, change.table, await countRecords(tx, change.table.name));
    else if (change.type === 'removeField') await trashField(trashing, change.field, change.field.computed ? 'recomputed' : 'removed', effect.effect?.filled ?? 0);
    else if (change.type === 'convertField') {
      await trashField(trashing, change.from, change.from.computed ? 'recomputed' : 'converted', effect.effect?.filled ?? 0);
      const columns = columnsFor(change.to);
      if (columns) await nameScratch(tx, change.to, columns);
    }
  }
  await onStep?.('schema', done, total);
  const returning = prepared.storage.flatMap(({ effect }) => effect.restores ?? []);
  // Tables first: fields stand in them, and may point at them.
  for (const entry of [...returning].sort((a, b) => Number(a.field !== null) - Number(b.field !== null))) await restoreObjects(tx, entry);
  const restored = new Set(returning.map(({ table, field }) => (field === null ? table : `${table}.${field}`)));
  await applySchema(tx, databaseSchema(model));
  for (const { change, effect } of prepared.storage) {
    if (change.type === 'convertField' && !columnsFor(change.to)) await write(effect, liveSource(change.to));
    if (change.type === 'sealField') await sealField({ tx, model, from: change.from, to: change.to, at, by: request.by, onProgress: (rows) => onStep?.('values', rows, 0), ...(signal && { signal }) });
  }
  for (const { change } of prepared.storage) {
    const field = change.type === 'convertField' ? change.to : change.type === 'addField' ? change.field : undefined;
    if (field && traitsOf(model.tables[field.table] as TableModel).numbered.includes(field)) await moveCounters(tx, field);
  }
  const computed = outdatedFields(before, model, restored);
  await onStep?.('compute', 0, computed.length);
  await recompute(tx, model, computed, ruleContextOf(systemActor, at, model.settings.timeZone));
  // Levels of roles may have moved, and with them who outranks whom.
  await rebuildOrganisation(tx, model);
  await noteCollaborators(tx, model, at);
  await onStep?.('search', 0, 1);
  for (const table of Object.values(model.tables)) {
    const was = before.tables[table.name];
    if (was ? readsOtherwise(was, table, restored) || computed.some((field) => searchFields(table).includes(field)) : restored.has(table.name)) await askForReindex(tx, table.name);
  }
}

function withoutSamples(change: PlannedChange): PlannedChange {
  const { effect, access: _, ...rest } = change;
  return effect ? { ...rest, effect: { ...effect, samples: [] } } : rest;
}

function blockedIssue({ path, notes }: PlannedChange): Issue {
  return { path, code: 'blocked', message: notes[0] ?? { 'zh-CN': '不能发布', en: 'Cannot be published' } };
}
