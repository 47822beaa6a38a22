/** What a trial wrote, as the administrator is shown it. */
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { UNAUDITED } from '../records/create-record.ts';
import type { Written } from '../records/write-session.ts';
import type { Stage } from './stage.ts';

const KINDS = { create: 'create', update: 'update', delete: 'delete', restore: 'update', purge: 'delete' } as const;

export function noteWrites({ trial, now }: Stage, node: string, written: readonly Written[]): void {
  for (const { table, id, action, before, after, changed } of written) {
    const changes = [...changed].filter((name) => !UNAUDITED.has(name) && table.fields[name] && fieldTypeOf(table.fields[name]).storage !== 'children' && !table.fields[name].hidden);
    trial?.effects.push({
      kind: KINDS[action],
      node,
      at: now,
      record: { table: table.name, id, title: String((after ?? before)?.[table.titleField] ?? '') },
      changes: changes.map((field) => ({ field, before: shown(table, field, before?.[field]), after: shown(table, field, after?.[field]) })),
    });
  }
}

/** That it is changed may be known, what is encrypted may not. */
function shown({ fields }: TableModel, name: string, value: Json | undefined): Json {
  return value !== null && value !== undefined && fields[name]?.encrypted ? '***' : (value ?? null);
}
