import { createHash } from 'node:crypto';
import { OWNER_LEVEL } from '#engine/permissions/levels.ts';
import { sql } from '../../db/sql.ts';
import { trimModel } from '../../definitions/trim-model.ts';
import type { Answer, Call } from '../endpoint.ts';
import { openApiDocument } from '../openapi.ts';
import { localeOf } from '../problem.ts';
import { ROUTES } from '../routes.ts';

export async function health({ workspace, run }: Call): Promise<Answer> {
  await workspace.database.get(sql`SELECT 1 AS alive`);
  return { body: { status: 'ok', version: workspace.model.version, database: workspace.database.dialect.name, run: run ?? null, ...(workspace.database.vault.missing.length > 0 && { encryption: 'key_missing' }) } };
}

export async function app({ workspace, actor, request, response }: Call): Promise<Answer> {
  const { model, access } = trimModel(workspace.model, actor);
  const me = { id: actor.userId, departmentId: actor.departmentId, subordinateIds: actor.subordinateIds, roles: actor.roles, level: actor.unrestricted ? OWNER_LEVEL : (actor.level ?? 0) };
  const body = { model, access, me, definitionsVersion: workspace.definitionsVersion };
  const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 24)}"`;
  // The tag covers who asks, so a shared browser never shows one person's model to another.
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Vary', 'Cookie');
  if (request.headers['if-none-match'] === etag) return { status: 304, headers: { ETag: etag } };
  return { body, headers: { ETag: etag } };
}

export async function openapi({ workspace, actor, request }: Call): Promise<Answer> {
  return { body: openApiDocument(ROUTES, trimModel(workspace.model, actor), localeOf(request)) };
}
