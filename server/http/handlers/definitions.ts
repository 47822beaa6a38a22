/** The designer's side of the API: draft, plan, publish, history, undo, trash. */
import Type, { type Static } from 'typebox';
import { AppError } from '#engine/errors.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Plan } from '#engine/changes/plan.ts';
import { whereUsed, type UsageTarget } from '#engine/changes/where-used.ts';
import { readDraft, saveDraft, deleteDraft } from '../../definitions/draft.ts';
import { planDefinitions, type PlanRequest } from '../../definitions/plan.ts';
import { history, definitionsOf, liveDefinitions, type StoredDefinitions } from '../../definitions/store.ts';
import { runScenariosAside } from '../../definitions/run-scenarios-aside.ts';
import { installedScenarios } from '../../definitions/templates.ts';
import { previewFormula } from '../../definitions/preview-formula.ts';
import { rejectsCsv } from '../../definitions/rejects.ts';
import { purgeTrash } from '../../definitions/purge-trash.ts';
import { TRASH_DAYS, trashEntries } from '../../definitions/trash.ts';
import { promisedScenarios, resolveTemplates } from '../../definitions/template-proposals.ts';
import { restoreFromTrash, undoPublication, type WayBack } from '../../definitions/undo.ts';
import { samplesShownTo } from '../../definitions/plan-access.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';
import { administratorsOnly, designersOnly, ownerOnly } from './guards.ts';
import { TemplatesSchema } from './template-schema.ts';

const strict = { additionalProperties: false } as const;
/** Checked whole by `buildModel`; here only that there is something to check. */
const DefinitionsSchema = Type.Unsafe<Definitions>({ type: 'object', required: ['app', 'tables'], properties: { app: { type: 'object' }, tables: { type: 'array', items: { type: 'object' } } } });
const Version = Type.Integer({ minimum: 0 });
const Ids = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 1000 });

export const DraftSchema = Type.Object({ base: Version, definitions: DefinitionsSchema }, strict);
export const PlanSchema = Type.Object({ base: Version, definitions: DefinitionsSchema, restore: Type.Optional(Ids), templates: Type.Optional(TemplatesSchema) }, strict);
export const PublishSchema = Type.Object(
  {
    base: Version,
    definitions: DefinitionsSchema,
    hash: Type.String({ maxLength: 100 }),
    confirm: Type.Optional(Type.Array(Type.String({ maxLength: 120 }), { maxItems: 2000 })),
    note: Type.String({ maxLength: 500 }),
    isDraft: Type.Optional(Type.Boolean()),
    restore: Type.Optional(Ids),
    undoes: Type.Optional(Version),
    templates: Type.Optional(TemplatesSchema),
  },
  strict,
);
export const UndoSchema = Type.Object({ take: Type.Optional(Type.Array(Type.String({ maxLength: 400 }), { maxItems: 2000 })) }, strict);
export const FormulaSchema = Type.Object({ definitions: DefinitionsSchema, table: Type.String({ maxLength: 48 }), formula: Type.String({ maxLength: 10_000 }), result: Type.Optional(Type.String({ maxLength: 20 })), record: Type.Optional(Type.String({ maxLength: 64 })) }, strict);
export const WhereUsedSchema = Type.Object({ definitions: Type.Optional(DefinitionsSchema), target: Type.Unsafe<UsageTarget>({ type: 'object' }) }, strict);

export async function showDefinitions(call: Call): Promise<Answer> {
  designersOnly(call);
  const { version, definitions, templates } = (await liveDefinitions(call.workspace.database)) as StoredDefinitions;
  return { body: { version, definitions, templates } };
}

export async function showDraft(call: Call): Promise<Answer> {
  designersOnly(call);
  const draft = await readDraft(call.workspace.database, call.actor.userId);
  return draft ? { body: draft } : { status: 204 };
}

export async function putDraft(call: Call): Promise<Answer> {
  designersOnly(call);
  const { base, definitions } = call.body as Static<typeof DraftSchema>;
  const updatedAt = call.workspace.now();
  await call.workspace.database.transaction((tx) => saveDraft(tx, call.actor.userId, { base, definitions, updatedAt }));
  return { body: { base, updatedAt } };
}

export async function dropDraft(call: Call): Promise<Answer> {
  designersOnly(call);
  await call.workspace.database.transaction((tx) => deleteDraft(tx, call.actor.userId));
  return {};
}

export async function plan(call: Call): Promise<Answer> {
  designersOnly(call);
  const { templates, ...request } = call.body as Static<typeof PlanSchema>;
  const scenarios = await (templates ? promisedScenarios(call.workspace, call.config.templatesDir, templates) : installedScenarios(call.workspace.database));
  return { body: await planFor(call, request, scenarios) };
}

/** What it would do, as far as the caller may see the records behind it. */
async function planFor({ workspace, actor }: Call, request: PlanRequest, scenarios: Parameters<typeof runScenariosAside>[1]): Promise<Plan> {
  const whole = await planDefinitions(workspace, { ...request, by: actor.userId }, (draft) => runScenariosAside(draft, scenarios));
  return samplesShownTo(actor, workspace.model, whole);
}

/** A draft that brings something back, with its plan: nothing is changed before it is published. */
async function wayBack(call: Call, way: WayBack): Promise<Answer> {
  return { body: { ...way, plan: await planFor(call, way, await installedScenarios(call.workspace.database)) } };
}

export async function publish(call: Call): Promise<Answer> {
  designersOnly(call);
  const { workspace, actor, config } = call;
  const { templates: named, ...body } = call.body as Static<typeof PublishSchema>;
  const templates = named && (await resolveTemplates(workspace, config.templatesDir, named));
  const { version, plan: done } = await workspace.publish({ ...body, ...(templates && { templates }), by: actor.userId });
  return { body: { version, changes: done.changes.length } };
}

/** For the progress bar of whoever waits; others only learn that somebody publishes. */
export async function publishProgress(call: Call): Promise<Answer> {
  designersOnly(call);
  const { publishing } = call.workspace;
  return { body: publishing ? { step: publishing.step, done: publishing.done, total: publishing.total, by: publishing.by } : { step: null } };
}

export async function cancelPublish(call: Call): Promise<Answer> {
  designersOnly(call);
  const { publishing } = call.workspace;
  if (publishing && publishing.by !== call.actor.userId) ownerOnly(call);
  publishing?.cancel();
  return {};
}

export async function showHistory(call: Call): Promise<Answer> {
  designersOnly(call);
  const before = Number(new URL(call.request.originalUrl, 'http://local').searchParams.get('before') ?? Number.NaN);
  const { database, directory } = call.workspace;
  const data = await history(database, Number.isInteger(before) ? before : undefined);
  return { body: { data: data.map((one) => ({ ...one, byName: directory.user(one.by)?.name ?? null })) } };
}

const versionOf = ({ params }: Call): number => (/^\d{1,9}$/.test(params.version ?? '') ? Number(params.version) : -1);

export async function showVersion(call: Call): Promise<Answer> {
  designersOnly(call);
  const found = await definitionsOf(call.workspace.database, versionOf(call));
  if (!found) throw new AppError('not_found', { 'zh-CN': '没有这个版本', en: 'There is no such version' });
  return { body: found };
}

export async function undo(call: Call): Promise<Answer> {
  designersOnly(call);
  const { take } = call.body as Static<typeof UndoSchema>;
  return wayBack(call, await undoPublication(call.workspace.database, versionOf(call), take));
}

export async function rejects(call: Call): Promise<Answer | undefined> {
  ownerOnly(call);
  const { workspace, request, response } = call;
  const csv = await rejectsCsv(workspace, versionOf(call), localeOf(request));
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="rejects-${versionOf(call)}.csv"`);
  response.end(csv);
  return undefined;
}

export async function showTrash(call: Call): Promise<Answer> {
  administratorsOnly(call);
  const { database, directory } = call.workspace;
  const entries = (await trashEntries(database)).filter((entry) => entry.reason !== 'recomputed');
  return {
    body: {
      data: entries.map(({ id, version, at, by, reason, table, field, label, model, filled }) => ({
        id, version, at, by, byName: directory.user(by)?.name ?? null, reason, table, field, label, filled,
        type: 'type' in model ? model.type : null,
        until: new Date(Date.parse(at) + TRASH_DAYS * 86_400_000).toISOString(),
      })),
    },
  };
}

export async function restoreTrash(call: Call): Promise<Answer> {
  administratorsOnly(call);
  return wayBack(call, await restoreFromTrash(call.workspace.database, call.params.id ?? ''));
}

export async function dropTrash(call: Call): Promise<Answer> {
  ownerOnly(call);
  await purgeTrash(call.workspace, call.actor.userId, (entry) => entry.id === call.params.id);
  return {};
}

export async function formula(call: Call): Promise<Answer> {
  administratorsOnly(call);
  const { definitions, table, formula: text, result, record } = call.body as Static<typeof FormulaSchema>;
  return { body: await previewFormula(call.workspace, call.actor, { definitions, table, formula: text, result, record }) };
}

export async function showUses(call: Call): Promise<Answer> {
  designersOnly(call);
  const { definitions, target } = call.body as Static<typeof WhereUsedSchema>;
  const live = definitions ?? ((await liveDefinitions(call.workspace.database)) as StoredDefinitions).definitions;
  return { body: { data: whereUsed(live, target) } };
}

