/** How many workflows an import may set off, judged by the rows of the file: asked before it is decided whether it should. */
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { rowReader } from '#engine/import/read-row.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { toRuleData } from '#engine/records/record-rules.ts';
import { holds } from '#engine/rules/evaluate.ts';
import { parameterValues } from '#engine/workflows/definitions.ts';
import { triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { listenersOf } from '../workflows/dispatch.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { type ImportRow, prepare } from './imports.ts';

/** More rows than these are judged by them. */
const SAMPLE = 2000;

export async function importEstimate(workspace: Workspace, actor: Actor, row: ImportRow): Promise<{ name: string; label: Label; runs: number }[]> {
  const listeners = listenersOf(workspace.model).after.get(row.table) ?? [];
  if (listeners.length === 0) return [];
  const { data, reader, table } = await prepare(workspace, actor, row);
  const readRow = rowReader(reader);
  const rows = data.records.slice(0, SAMPLE).map((record) => readRow(record).values);
  const context = contextOf(workspace, actor);
  return listeners.flatMap((workflow) => {
    const { trigger } = workflow;
    const params = { $params: parameterValues(workflow) as Json };
    const fits = rows.filter((values) => {
      const known = { ...toRuleData(table, values), ...params };
      return triggerTypeOf(trigger).onWrite?.(trigger, { action: 'create', changed: new Set(Object.keys(values)), form: undefined, holdsNow: (rule) => holds(rule, known, context), heldBefore: () => false });
    });
    const runs = rows.length === 0 ? 0 : Math.round((fits.length * data.records.length) / rows.length);
    return runs === 0 ? [] : [{ name: workflow.name, label: workflow.label, runs }];
  });
}
