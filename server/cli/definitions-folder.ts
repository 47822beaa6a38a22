/** `plan`, `apply` and `export`: definitions between a folder and the workspace. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { definitionFiles } from '#engine/changes/print-definitions.ts';
import type { Plan } from '#engine/changes/plan.ts';
import { AppError } from '#engine/errors.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { planDefinitions } from '../definitions/plan.ts';
import { readTemplate } from '../definitions/read-template.ts';
import { runScenarios } from '../definitions/run-scenarios.ts';
import { liveDefinitions } from '../definitions/store.ts';
import { installedScenarios } from '../definitions/templates.ts';
import type { Workspace } from '../workspace.ts';
import { counted, sayPlan } from './say-plan.ts';
import { type Terminal, words } from './words.ts';

async function planFolder(workspace: Workspace, dir: string, terminal: Terminal): Promise<{ plan: Plan; definitions: Definitions }> {
  const { definitions, scenarios = [] } = await readTemplate(dir);
  const own = new Set(scenarios.map(nameOf));
  const promised = [...scenarios, ...(await installedScenarios(workspace.database)).filter((scenario) => !own.has(nameOf(scenario)))];
  const plan = await planDefinitions(workspace, { definitions }, (draft) => runScenarios(draft, promised));
  sayPlan(terminal, plan);
  return { plan, definitions };
}

const nameOf = (scenario: unknown): unknown => (scenario as { name?: unknown } | null)?.name;

/** True: it could be applied. */
export async function planCommand(workspace: Workspace, dir: string, terminal: Terminal): Promise<boolean> {
  const { plan } = await planFolder(workspace, dir, terminal);
  if (plan.class === 'lossy') terminal.say(words(`应用时请加：--confirm ${plan.confirm.join(',')}`, `To apply it, add: --confirm ${plan.confirm.join(',')}`));
  return plan.class !== 'blocked';
}

export interface ApplyOptions {
  readonly yes: boolean;
  readonly confirm: readonly string[];
  readonly note: string;
}

/** True: live is as the folder says. */
export async function applyCommand(workspace: Workspace, dir: string, { yes, confirm, note }: ApplyOptions, terminal: Terminal): Promise<boolean> {
  const { plan, definitions } = await planFolder(workspace, dir, terminal);
  if (plan.class === 'blocked') return false;
  if (plan.changes.length === 0) return true;
  const missing = plan.confirm.filter((name) => !confirm.includes(name));
  if (missing.length > 0) {
    terminal.say(words(`没有应用：有损失的更改需要确认，请加 --confirm ${plan.confirm.join(',')}`, `Not applied: lossy changes need confirming, add --confirm ${plan.confirm.join(',')}`));
    return false;
  }
  if (!yes) {
    terminal.say(words('没有应用：确认无误后请加 --yes', 'Not applied: if this is what you want, add --yes'));
    return false;
  }
  const { version } = await workspace.publish({ definitions, base: plan.base, hash: plan.hash, confirm, by: 'system', note });
  terminal.say(words(`已发布为第 ${version} 版。`, `Published as version ${version}.`));
  return true;
}

/** Writes files as templates have them. Without `tables` the folder becomes the whole app, so files of tables that are gone go too. */
export async function exportCommand(workspace: Workspace, dir: string, tables: readonly string[], terminal: Terminal): Promise<boolean> {
  const live = await liveDefinitions(workspace.database);
  if (!live) throw new AppError('not_found', { 'zh-CN': '没有定义', en: 'There are no definitions' });
  const files = definitionFiles(live.definitions);
  const unknown = tables.filter((name) => !Object.hasOwn(files, `tables/${name}.json`));
  if (unknown.length > 0) {
    terminal.say(words(`没有这些表：${unknown.join('、')}`, `There are no such tables: ${unknown.join(', ')}`));
    return false;
  }
  const chosen = tables.length === 0 ? Object.keys(files) : tables.map((name) => `tables/${name}.json`);
  await mkdir(join(dir, 'tables'), { recursive: true });
  const gone = tables.length > 0 ? [] : (await readdir(join(dir, 'tables'))).filter((name) => name.endsWith('.json') && !Object.hasOwn(files, `tables/${name}`));
  for (const name of gone) await rm(join(dir, 'tables', name));
  for (const path of chosen) await writeFile(join(dir, path), files[path] as string);
  terminal.say(words(`已将第 ${live.version} 版的 ${chosen.length} 个文件写入 ${dir}`, `${counted(chosen.length, 'file')} of version ${live.version} written to ${dir}`));
  return true;
}
