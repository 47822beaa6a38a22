/** Many records, each in a transaction of its own: one that fails stops no other and is answered with its reason. */
import Type, { type Static } from 'typebox';
import { AppError } from '#engine/errors.ts';
import { deleteRecord, restoreRecord } from '../../records/delete-record.ts';
import { updateRecord } from '../../records/update-record.ts';
import { writeSession, type WriteSession } from '../../records/write-session.ts';
import type { Answer, Call } from '../endpoint.ts';
import { issuesIn, localeOf } from '../problem.ts';

export const BulkSchema = Type.Object(
  {
    ids: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 500 }),
    action: Type.Union([Type.Literal('update'), Type.Literal('delete'), Type.Literal('restore'), Type.Literal('transfer')]),
    values: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
);
type Bulk = Static<typeof BulkSchema>;

const ACTIONS: Readonly<Record<Bulk['action'], (session: WriteSession, table: string, id: string, values: unknown) => Promise<void>>> = {
  update: (session, table, id, values) => updateRecord(session, table, id, values),
  transfer: (session, table, id, values) => updateRecord(session, table, id, { owner: (values as { owner?: unknown }).owner ?? null }),
  delete: (session, table, id) => deleteRecord(session, table, id),
  restore: (session, table, id) => restoreRecord(session, table, id),
};

export async function bulk(call: Call): Promise<Answer> {
  const { ids, action, values } = call.body as Bulk;
  const table = call.params.table ?? '';
  const locale = localeOf(call.request);
  const results: object[] = [];
  for (const id of ids) {
    try {
      const warnings = await writeSession(call.workspace, call.actor, async (session) => {
        await ACTIONS[action](session, table, id, values ?? {});
        return session.warnings;
      });
      results.push({ id, ok: true, ...(warnings.length > 0 && { warnings: issuesIn(locale, warnings) }) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const issues = error.issues.length > 0 ? error.issues : [{ path: '', code: error.code, message: error.detail }];
      results.push({ id, ok: false, issues: issuesIn(locale, issues) });
    }
  }
  return { body: { results } };
}
