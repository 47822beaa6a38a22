/** Comments of a record. */
import Type, { type Static } from 'typebox';
import { findMentionable } from '../../comments/find-mentionable.ts';
import { listComments, type WrittenComment } from '../../comments/read-comments.ts';
import { changeComment, createComment, deleteComment, readComment } from '../../comments/write-comment.ts';
import { noteStrictPart } from '../../sharing/note-strict-reads.ts';
import type { Answer, Call } from '../endpoint.ts';
import { once } from './idempotency.ts';
import { queryText, requiredVersionOf, versionOf } from './request-parts.ts';

/** People are named as `@{id}`. Longer than a comment may be, because a mention counts as its name. */
export const CommentSchema = Type.Object({ body: Type.String({ maxLength: 6000 }) }, { additionalProperties: false });

const tableOf = (call: Call): string => call.params.table ?? '';
const idOf = (call: Call): string => call.params.id ?? '';

const commentBody = (comment: WrittenComment): Answer => ({ body: comment, headers: { ETag: `"${comment.data.version}"` } });

export async function comments(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  const page = await listComments(workspace, actor, tableOf(call), idOf(call), queryText(call, 'cursor'));
  await noteStrictPart(workspace, actor, tableOf(call), idOf(call), 'comments');
  return { body: page };
}

export async function mentionable(call: Call): Promise<Answer> {
  return { body: { data: await findMentionable(call.workspace, call.actor, tableOf(call), idOf(call), queryText(call, 'search')?.trim() ?? '') } };
}

export async function comment(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  const { body } = call.body as Static<typeof CommentSchema>;
  const id = await workspace.database.transaction((tx) => once({ tx }, call, `${tableOf(call)}/${idOf(call)}/comments`, () => createComment(workspace, tx, actor, tableOf(call), idOf(call), body)));
  return { ...commentBody(await readComment(workspace, actor, id)), status: 201 };
}

export async function editComment(call: Call): Promise<Answer> {
  await changeComment(call.workspace, call.actor, idOf(call), (call.body as Static<typeof CommentSchema>).body, requiredVersionOf(call));
  return commentBody(await readComment(call.workspace, call.actor, idOf(call)));
}

export async function removeComment(call: Call): Promise<Answer> {
  await deleteComment(call.workspace, call.actor, idOf(call), versionOf(call));
  return { status: 204 };
}
