/** Merging duplicates: what would be merged, the merge, and taking it back. */
import Type, { type Static } from 'typebox';
import { MOST_LOSERS } from '#engine/records/merge.ts';
import { listMerges } from '../../merging/list-merges.ts';
import { previewMerge } from '../../merging/preview-merge.ts';
import { mergeRecords } from '../../records/merge-records.ts';
import { undoMerge } from '../../records/undo-merge.ts';
import { noteStrictReads } from '../../sharing/note-strict-reads.ts';
import type { Answer, Call } from '../endpoint.ts';
import { queryText } from './request-parts.ts';

const strict = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 64 });
const Merged = Type.Object({ id: Id, version: Type.Integer({ minimum: 1, description: 'The version that was looked at; another one now is a conflict.' }) }, strict);

export const MergeSchema = Type.Object(
  {
    survivor: Merged,
    losers: Type.Array(Merged, { minItems: 1, maxItems: MOST_LOSERS }),
    values: Type.Optional(Type.Record(Type.String(), Id, { description: 'By field: the record whose value the survivor takes. Absent: its own, else the first there is; lists are united.' })),
  },
  strict,
);

export async function merge(call: Call): Promise<Answer> {
  return { body: await mergeRecords(call.workspace, call.actor, call.params.table ?? '', call.body as Static<typeof MergeSchema>) };
}

export async function preview(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  const table = call.params.table ?? '';
  const ids = [...new Set((queryText(call, 'ids') ?? '').split(',').filter(Boolean))];
  const found = await previewMerge(workspace, actor, table, ids);
  await noteStrictReads(workspace, actor, table, found.records.map(({ data }) => data));
  return { body: found };
}

export async function merges(call: Call): Promise<Answer> {
  return { body: { data: await listMerges(call.workspace, call.actor, queryText(call, 'table')) } };
}

export async function undoMerging(call: Call): Promise<Answer> {
  return { body: await undoMerge(call.workspace, call.actor, call.params.id ?? '') };
}
