/** Saved views: a person's own, checked like those of a definition but with that person's eyes. */
import Type, { type Static } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { viewShapeIssues } from '#engine/model/check-shape.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { viewTypeOf } from '#engine/views/index.ts';
import { trimModel } from '../../definitions/trim-model.ts';
import { refuseNumbers } from '../../records/ban-numbers.ts';
import { checkRequest } from '../../records/find-records.ts';
import { raw, sql } from '../../db/sql.ts';
import type { Answer, Call } from '../endpoint.ts';

export const ViewSchema = Type.Object({ table: Type.String({ maxLength: 48 }), view: Type.Unsafe<ViewDefinition>({ type: 'object' }) }, { additionalProperties: false });
export const ViewChangeSchema = Type.Object({ view: Type.Unsafe<ViewDefinition>({ type: 'object' }) }, { additionalProperties: false });

interface Stored {
  id: string;
  table_name: string;
  definition: string;
}

const MOST_VIEWS = 200;

function checkView({ workspace, actor }: Call, tableName: string, view: ViewDefinition): void {
  const access = authorize(workspace.model, actor, 'read', tableName);
  const shape = viewShapeIssues(view, '/view');
  const type = viewTypeOf({ type: String(view.type) });
  const issues: readonly Issue[] = shape.length > 0 ? shape : (type?.issues?.(view, { tables: trimModel(workspace.model, actor).model.tables, table: tableName, path: '/view' }) ?? []);
  refuseNumbers(workspace.model, view as unknown as Json, { 'zh-CN': '视图', en: 'The view' }, '/view');
  if (issues.length > 0 || !type) throw new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, issues);
  checkRequest(workspace, actor, access, { filter: view.filter, ...(view.sort && { sort: view.sort }), fields: type.paths(view) });
}

const shown = (row: Stored): object => ({ id: row.id, table: row.table_name, view: JSON.parse(row.definition) as ViewDefinition });

export async function listViews({ workspace, actor }: Call): Promise<Answer> {
  const rows = await workspace.database.all<Stored>(sql`SELECT id, table_name, definition FROM relata_view WHERE user_id = ${actor.userId} ORDER BY id`);
  return { body: { data: rows.map(shown) } };
}

export async function createView(call: Call): Promise<Answer> {
  const { table, view } = call.body as Static<typeof ViewSchema>;
  checkView(call, table, view);
  const { workspace, actor } = call;
  const id = uuidv7();
  await workspace.database.transaction(async (tx) => {
    const count = await tx.get<{ count: number }>(sql`SELECT count(*) AS count FROM relata_view WHERE user_id = ${actor.userId}`);
    if (Number(count?.count) >= MOST_VIEWS) throw new AppError('validation_failed', { 'zh-CN': `最多保存 ${MOST_VIEWS} 个视图`, en: `At most ${MOST_VIEWS} views can be saved` });
    const json = tx.dialect.name === 'postgres' ? raw('::jsonb') : raw('');
    await tx.run(sql`INSERT INTO relata_view (id, user_id, table_name, definition, updated_at) VALUES (${id}, ${actor.userId}, ${table}, ${JSON.stringify(view)}${json}, ${workspace.now()})`);
  });
  return { body: { id, table, view } };
}

async function ownView({ workspace, actor, params }: Call): Promise<Stored> {
  const row = await workspace.database.get<Stored>(sql`SELECT id, table_name, definition FROM relata_view WHERE id = ${params.id ?? ''} AND user_id = ${actor.userId}`);
  if (!row) throw new AppError('not_found', { 'zh-CN': '没有这个视图', en: 'There is no such view' });
  return row;
}

export async function updateView(call: Call): Promise<Answer> {
  const { workspace } = call;
  const row = await ownView(call);
  const { view } = call.body as Static<typeof ViewChangeSchema>;
  checkView(call, row.table_name, view);
  await workspace.database.transaction(async (tx) => {
    const json = tx.dialect.name === 'postgres' ? raw('::jsonb') : raw('');
    await tx.run(sql`UPDATE relata_view SET definition = ${JSON.stringify(view)}${json}, updated_at = ${workspace.now()} WHERE id = ${row.id}`);
  });
  return { body: { id: row.id, table: row.table_name, view } };
}

export async function deleteView(call: Call): Promise<Answer> {
  const row = await ownView(call);
  await call.workspace.database.transaction(async (tx) => void (await tx.run(sql`DELETE FROM relata_view WHERE id = ${row.id}`)));
  return { status: 204 };
}
