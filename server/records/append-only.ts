/** Ledgers and logs: what was entered stays as it was entered, for everybody; a correction is another entry. */
import { AppError, childPath, type Issue } from '#engine/errors.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import type { WriteSession } from './write-session.ts';

export function appendOnlyIssues({ actor }: WriteSession, table: TableModel, changes: Readonly<Record<string, unknown>>, path: string): Issue[] {
  const { appendOnly } = table;
  if (appendOnly === undefined || actor === systemActor || actor.writesReadOnly) return [];
  const open = appendOnly === true ? [] : appendOnly;
  return Object.keys(changes)
    .filter((name) => !open.includes(name))
    .map((name) => ({
      path: childPath(path, name),
      code: 'append_only',
      message: { 'zh-CN': `“${table.label['zh-CN']}”只能追加，不能修改`, en: `A ${table.label.en} is only added, never changed` },
    }));
}

/** Together with the record it belongs to it may still go. */
export function refuseAppendOnly({ actor }: WriteSession, table: TableModel): void {
  if (table.appendOnly === undefined || actor === systemActor) return;
  throw new AppError('forbidden', { 'zh-CN': `“${table.label['zh-CN']}”只能追加，不能删除`, en: `A ${table.label.en} is only added, never deleted` });
}
