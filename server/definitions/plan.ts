/** A draft against the live definitions: every change with its effect on data, before anything is written. */
import { createHash } from 'node:crypto';
import { beyondDesignRights } from '#engine/changes/design-rights.ts';
import { diffDefinitions, sortKeys } from '#engine/changes/diff-definitions.ts';
import type { ChangeClass, DefinitionChange, Plan, PlannedChange, ScenarioResult } from '#engine/changes/plan.ts';
import { targetOf, whereUsed } from '#engine/changes/where-used.ts';
import type { Issue } from '#engine/errors.ts';
import { loadRegions } from '#engine/fields/region-data.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { physicalSteps } from '#engine/schema/physical-steps.ts';
import { type StorageChange, storageChanges } from '#engine/schema/storage-changes.ts';
import type { Queryable } from '../db/database.ts';
import type { Workspace } from '../workspace.ts';
import { needsTwo } from '../session/level-changes.ts';
import { accessOfChange } from './plan-access.ts';
import { type ChangeEffect, type EffectRequest, effectOfSettings, effectOfStorage, effectOnValues } from './plan-effects.ts';
import { staleBase, StaleModel } from './stale-model.ts';
import { liveDefinitions } from './store.ts';
import { type TrashEntry, trashEntries } from './trash.ts';

export interface PlanRequest {
  readonly definitions: Definitions;
  /** The live version they were made against: against another one they would quietly take back what somebody else published. */
  readonly base?: number;
  /** Whose plan it is, a user's id: what goes beyond the rights of that person is told as issues. Absent or `system`: everything may change. */
  readonly by?: string;
  /** Trash entries that may be brought back; an undo names those of its version. */
  readonly restore?: readonly string[];
  readonly onProgress?: (records: number) => void;
  readonly signal?: AbortSignal;
}

/** A plan with what publishing needs: the model, and what is to be done for each change of storage. */
export interface PreparedPlan {
  readonly plan: Plan;
  /** Null: the draft has problems. */
  readonly model: AppModel | null;
  readonly storage: readonly { readonly change: StorageChange; readonly effect: ChangeEffect }[];
}

/** For people: with the rights gained and lost, and the scenarios that would break. */
export async function planDefinitions(workspace: Workspace, request: PlanRequest, runScenarios?: (definitions: Definitions) => Promise<readonly ScenarioResult[]>): Promise<Plan> {
  const { plan, model } = await preparePlan(workspace, workspace.database, request);
  if (!model) return plan;
  const changes: PlannedChange[] = [];
  for (const change of plan.changes) {
    const access = await accessOfChange(workspace, model, change);
    changes.push(access ? { ...change, access } : change);
  }
  return { ...plan, changes, scenarios: (await runScenarios?.(request.definitions)) ?? [] };
}

export async function preparePlan(workspace: Workspace, db: Queryable, request: PlanRequest): Promise<PreparedPlan> {
  await loadRegions();
  const live = await liveDefinitions(db);
  if (!live) throw new Error('The workspace has no definitions.');
  if (live.version !== workspace.definitionsVersion) throw new StaleModel();
  if (request.base !== undefined && request.base !== live.version) throw staleBase(live.version);
  const before = workspace.model;
  const { model, issues: own } = buildModel(request.definitions);
  const isShaped = !own.some((issue) => issue.code === 'wrong_shape' || issue.code === 'missing_property');
  const designer = request.by !== undefined && workspace.directory.user(request.by) ? workspace.directory.actor(request.by) : null;
  const issues = designer && isShaped ? [...own, ...beyondDesignRights({ ...designer, takesTwo: needsTwo(workspace) }, live.definitions, request.definitions)] : own;
  const named = !isShaped ? [] : diffDefinitions(live.definitions, request.definitions);
  if (!model) {
    const changes = named.map((change): PlannedChange => ({ ...change, class: 'safe', notes: [], dependents: dependentsOf(change, request.definitions) }));
    return { plan: assemble(live.version, request.definitions, { changes, issues, schema: [], rowsWritten: 0 }), model: null, storage: [] };
  }
  const restorable: readonly TrashEntry[] = request.restore?.length ? (await trashEntries(db)).filter((entry) => request.restore?.includes(entry.id)) : [];
  const effects: EffectRequest = { db, before, after: model, restorable, now: workspace.now(), ...(request.onProgress && { onProgress: request.onProgress }), ...(request.signal && { signal: request.signal }) };
  const storage: { change: StorageChange; effect: ChangeEffect }[] = [];
  for (const change of storageChanges(before, model)) storage.push({ change, effect: await effectOfStorage(effects, change) });
  const changes: PlannedChange[] = [];
  for (const change of named) changes.push(planned(change, await effectOf(effects, storage, change), dependentsOf(change, request.definitions)));
  const rowsWritten = storage.reduce((sum, { effect }) => sum + (effect.values?.writes.length ?? 0), 0);
  const steps = physicalSteps(before, model, storage.map(({ change, effect }) => ({ change, isRestored: effect.restores !== undefined })));
  return { plan: assemble(live.version, request.definitions, { changes, issues, schema: steps, rowsWritten }), model, storage };
}

function planned(change: DefinitionChange, effect: ChangeEffect, dependents: PlannedChange['dependents']): PlannedChange {
  return { ...change, class: effect.class, notes: effect.notes, ...(effect.effect && { effect: effect.effect }), dependents };
}

async function effectOf(request: EffectRequest, storage: PreparedPlan['storage'], change: DefinitionChange): Promise<ChangeEffect> {
  const own = storage.find(({ change: step }) => {
    if (step.type === 'addTable' || step.type === 'removeTable') return change.subject === 'table' && change.action !== 'change' && step.table.name === change.table;
    const field = step.type === 'convertField' || step.type === 'sealField' ? step.to : step.field;
    return change.subject === 'field' && field.table === change.table && field.name === change.field;
  });
  if (own) return own.effect;
  if (change.subject === 'field' && change.action === 'change') return effectOfSettings(request, change);
  if (change.subject === 'role' && change.action === 'remove') return effectOnRoles(request);
  if (change.subject === 'options') return effectOnSharedOptions(request, change);
  if (change.subject === 'dashboard') return effectOnDashboard(request, change);
  return { class: 'safe', notes: [] };
}

/** Whoever opens it is to see numbers of the whole company. */
function effectOnDashboard({ before, after }: EffectRequest, { path }: DefinitionChange): ChangeEffect {
  const name = path.split('/').at(-1) ?? '';
  const wide = ({ dashboards }: AppModel) => (dashboards[name]?.cards ?? []).flatMap(({ chart }) => (chart?.unscoped ? [chart.label] : []));
  const known = new Set(wide(before).map(({ en }) => en));
  const fresh = wide(after).filter(({ en }) => !known.has(en));
  return { class: 'safe', notes: fresh.map((label) => ({ 'zh-CN': `能打开这个仪表盘的人都会在“${label['zh-CN']}”看到全公司的数字，不受其权限限制`, en: `Whoever opens this dashboard sees numbers of the whole company in "${label.en}", whatever they may read` })) };
}

/** Roles are the options of a field of the built-in user table: one in use stays. */
async function effectOnRoles(request: EffectRequest): Promise<ChangeEffect> {
  const [was, now] = [request.before.tables.user?.fields.roles, request.after.tables.user?.fields.roles];
  return was && now ? effectOnValues(request, was, now) : { class: 'safe', notes: [] };
}

async function effectOnSharedOptions(request: EffectRequest, change: DefinitionChange): Promise<ChangeEffect> {
  let worst: ChangeEffect = { class: 'safe', notes: [] };
  for (const table of Object.values(request.after.tables)) {
    for (const now of Object.values(table.fields)) {
      const was = request.before.tables[table.name]?.fields[now.name];
      if (!was || was.settings.optionList !== now.settings.optionList || `/app/options/${String(now.settings.optionList)}` !== change.path) continue;
      const effect = await effectOnValues(request, was, now);
      if (effect.class === 'blocked') return effect;
      if (effect.effect) worst = effect;
    }
  }
  return worst;
}

/** What names a thing that goes, or that changes its type. */
function dependentsOf(change: DefinitionChange, draft: Definitions): PlannedChange['dependents'] {
  const isConverted = change.subject === 'field' && change.properties.some((property) => property.name === 'type');
  const target = change.action === 'remove' || isConverted ? targetOf(change) : null;
  return target ? whereUsed(draft, target) : [];
}

interface Assembly {
  readonly changes: readonly PlannedChange[];
  readonly issues: readonly Issue[];
  readonly schema: Plan['schema'];
  readonly rowsWritten: number;
}

/** Rows a second on a small machine: a guess on the safe side. */
const ROWS_PER_SECOND = 25_000;

function assemble(base: number, definitions: Definitions, { changes, issues, schema, rowsWritten }: Assembly): Plan {
  const classes = new Set(changes.map((change) => change.class));
  const worst: ChangeClass = issues.length > 0 || classes.has('blocked') ? 'blocked' : classes.has('lossy') ? 'lossy' : 'safe';
  const lossy = changes.filter((change) => change.class === 'lossy');
  const figures = changes.map(({ path, action, class: kind, effect }) => [path, action, kind, effect && [effect.records, effect.filled, effect.converted, effect.altered, effect.failed]]);
  const seen = changes.reduce((sum, { effect }) => sum + (effect?.samples.length ? effect.records : 0), 0);
  return {
    base,
    hash: createHash('sha256').update(JSON.stringify([base, sortKeys(definitions), figures])).digest('base64url'),
    class: worst,
    changes,
    issues,
    scenarios: [],
    confirm: lossy.map(({ table, field, path }) => (table === undefined ? path : field === undefined ? table : `${table}.${field}`)),
    schema,
    rowsWritten,
    seconds: Math.ceil((rowsWritten + seen) / ROWS_PER_SECOND),
  };
}
