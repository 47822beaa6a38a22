/**
 * A `lines` field that its form shows as read-only is so on every way: nobody adds, changes or takes away rows of a sent quotation, in
 * the form of the quotation or row by row. Asked of the parent as it stood before this save, so that what is sent with its last line is sent.
 */
import type { Issue, Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { isAdministrator } from '#engine/permissions/levels.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { hopPaths } from '#engine/records/record-rules.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import { holds } from '#engine/rules/evaluate.ts';
import { loadRecord, loadRuleData } from './rule-data.ts';
import type { WriteSession } from './write-session.ts';

type Values = Readonly<Record<string, Json>>;

interface Holder {
  readonly table: TableModel;
  readonly field: FieldModel;
}

const known = new WeakMap<TableModel, readonly Holder[]>();

/** The `lines` fields with a lock that hold rows of a table. */
function holdersOf({ model }: WriteSession, child: TableModel): readonly Holder[] {
  let holders = known.get(child);
  if (!holders) {
    holders = Object.values(model.tables).flatMap((table) =>
      traitsOf(table).lines.flatMap((field) => (field.readOnlyWhen !== undefined && field.settings.table === child.name ? [{ table, field }] : [])),
    );
    known.set(child, holders);
  }
  return holders;
}

/** `before` null: a new row; `after` null: a row that goes. */
export async function lockedLineIssues(session: WriteSession, child: TableModel, { before, after, path = '' }: { readonly before: Values | null; readonly after: Values | null; readonly path?: string }): Promise<Issue[]> {
  const { actor, options } = session;
  if (actor === systemActor || actor.writesReadOnly) return [];
  // Old books: the rows of what was signed long ago come after it.
  if (before === null && options.importId !== undefined && isAdministrator(actor)) return [];
  const issues: Issue[] = [];
  for (const { table, field } of holdersOf(session, child)) {
    const reference = String(field.settings.field);
    const parents = new Set([before?.[reference], after?.[reference]].filter((id) => typeof id === 'string'));
    for (const id of parents) if (await isLocked(session, table, field, id)) issues.push({ path, code: 'locked', message: message(table, field) });
  }
  return issues;
}

async function isLocked(session: WriteSession, table: TableModel, field: FieldModel, id: string): Promise<boolean> {
  const { tx, model, loaded, context } = session;
  const first = session.written.find((write) => write.id === id && write.table.name === table.name);
  if (first?.action === 'create') return false;
  const values = first?.before ?? (await loadRecord(tx, table, id, loaded));
  if (!values) return false;
  return holds(field.readOnlyWhen, await loadRuleData({ db: tx, model, table, values, paths: hopPaths(table), loaded }), context);
}

function message(table: TableModel, field: FieldModel): Label {
  return { 'zh-CN': `“${table.label['zh-CN']}”的${field.label['zh-CN']}现在不能修改`, en: `${field.label.en} of this ${table.label.en} cannot be changed now` };
}
