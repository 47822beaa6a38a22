/** Effects of a table: changes of other records that belong to a write, in its transaction, with its actor's rights. */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { EffectDefinition } from '#engine/model/definitions.ts';
import { elevated } from '#engine/permissions/actor.ts';
import { toRuleData } from '#engine/records/record-rules.ts';
import { pathsOf } from '#engine/rules/check.ts';
import { roundTo } from '#engine/rules/operators.ts';
import { evaluateRule, holds } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { Row } from '../db/database.ts';
import { decodeRow } from '../db/row-codec.ts';
import { ident, sql } from '../db/sql.ts';
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
  return [effect.when ?? true, ...Object.values(effect.create?.values ?? {}), ...Object.values(effect.update?.values ?? {}), ...Object.values(effect.update?.add ?? {})];
}

/** On an update an effect follows only what was changed. */
function readsChanged(effect: EffectDefinition, changed: ReadonlySet<string>): boolean {
  return rulesOf(effect).flatMap(pathsOf).some((path) => changed.has(path.split('.')[0] ?? ''));
}

async function runEffect(causing: WriteSession, effect: EffectDefinition, { table, values, before }: EffectCause): Promise<void> {
  const { tx, model, context, loaded } = causing;
  const session = effect.asProduct ? { ...causing, actor: { ...elevated(causing.actor), writesReadOnly: true as const } } : causing;
  const own = await loadRuleData({ db: tx, model, table, values, paths: rulesOf(effect).flatMap(pathsOf), loaded });
  const data = { ...own, $before: before === null ? {} : toRuleData(table, before) };
  if (!holds(effect.when, data, context)) return;
  const assigned = (rules: Readonly<Record<string, Rule>>): Record<string, Json> =>
    Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, evaluateRule(rule, data, context)]));
  if (effect.create) await createRecord(session, effect.create.table, assigned(effect.create.values));
  if (effect.update) {
    const target = values[effect.update.reference];
    const field = table.fields[effect.update.reference];
    if (typeof target === 'string' && field) {
      const name = targetTable(field.settings.table, field.type);
      const added = await sums(session, name, target, assigned(effect.update.add ?? {}));
      await updateRecord(session, name, target, { ...assigned(effect.update.values ?? {}), ...added });
    }
  }
  causing.hasChanged ||= session.hasChanged;
}

/** What stands there now and what is added to it; the write lock is held, so nothing comes between. */
async function sums({ tx, model }: WriteSession, name: string, id: string, added: Readonly<Record<string, Json>>): Promise<Record<string, Json>> {
  if (Object.keys(added).length === 0) return {};
  const table = model.tables[name] as TableModel;
  const row = await tx.get<Row>(sql`SELECT * FROM ${ident(name)} WHERE "id" = ${id}`);
  const standing = row ? decodeRow(table, row, tx.vault) : {};
  return Object.fromEntries(
    Object.entries(added).map(([field, value]) => {
      const { settings } = table.fields[field] as FieldModel;
      return [field, roundTo(Number(standing[field] ?? 0) + Number(value ?? 0), typeof settings.scale === 'number' ? settings.scale : 2)];
    }),
  );
}

/** Users and departments are references without a `table` setting. */
function targetTable(setting: unknown, type: string): string {
  return typeof setting === 'string' ? setting : type;
}
