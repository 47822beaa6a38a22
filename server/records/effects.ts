/** Effects of a table: changes of other records that belong to a write, in its transaction, with its actor's rights. */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { EffectDefinition } from '#engine/model/definitions.ts';
import { pathsOf } from '#engine/rules/check.ts';
import { evaluateRule, holds } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { createRecord } from './create-record.ts';
import { loadRuleData } from './rule-data.ts';
import { updateRecord } from './update-record.ts';
import { runInsideSave } from '../workflows/inside-save.ts';
import type { WriteSession } from './write-session.ts';

export interface EffectCause {
  readonly table: TableModel;
  readonly id: string;
  readonly action: 'create' | 'update';
  readonly values: Readonly<Record<string, Json>>;
  /** Null for a new record. */
  readonly before: Readonly<Record<string, Json>> | null;
  readonly changed: ReadonlySet<string>;
}

const MAX_DEPTH = 8;

/** Effects, and the workflows that run inside the save. */
export async function runEffects(session: WriteSession, cause: EffectCause): Promise<void> {
  await runInsideSave(session, cause);
  const due = cause.table.effects.filter((effect) => effect.on.includes(cause.action) && (cause.action === 'create' || readsChanged(effect, cause.changed)));
  if (due.length === 0) return;
  if (session.effectDepth >= MAX_DEPTH) {
    throw new AppError('validation_failed', { 'zh-CN': '联动更新互相触发，已停止', en: 'The effects set each other off; stopped' });
  }
  session.effectDepth += 1;
  for (const effect of due) await runEffect(session, effect, cause);
  session.effectDepth -= 1;
}

function rulesOf(effect: EffectDefinition): Rule[] {
  return [effect.when ?? true, ...Object.values(effect.create?.values ?? {}), ...Object.values(effect.update?.values ?? {})];
}

/** On an update an effect follows only what was changed. */
function readsChanged(effect: EffectDefinition, changed: ReadonlySet<string>): boolean {
  return rulesOf(effect).flatMap(pathsOf).some((path) => changed.has(path.split('.')[0] ?? ''));
}

async function runEffect(session: WriteSession, effect: EffectDefinition, { table, values }: EffectCause): Promise<void> {
  const { tx, model, context, loaded } = session;
  const data = await loadRuleData({ db: tx, model, table, values, paths: rulesOf(effect).flatMap(pathsOf), loaded });
  if (!holds(effect.when, data, context)) return;
  const assigned = (rules: Readonly<Record<string, Rule>>): Record<string, Json> =>
    Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, evaluateRule(rule, data, context)]));
  if (effect.create) await createRecord(session, effect.create.table, assigned(effect.create.values));
  if (effect.update) {
    const target = values[effect.update.reference];
    const field = table.fields[effect.update.reference];
    if (typeof target === 'string' && field) await updateRecord(session, targetTable(field.settings.table, field.type), target, assigned(effect.update.values));
  }
}

/** Users and departments are references without a `table` setting. */
function targetTable(setting: unknown, type: string): string {
  return typeof setting === 'string' ? setting : type;
}
