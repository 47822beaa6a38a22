/** The records of an export, page by page, through the same list as on the screen: what a person may not see there is not here either. */
import type { Actor } from '#engine/permissions/actor.ts';
import { findRecords, MAX_LIMIT } from '../records/find-records.ts';
import type { Workspace } from '../workspace.ts';
import type { ExportPlan } from './export-request.ts';
import type { RecordPage } from './export-writer.ts';

export interface PagesRequest {
  readonly workspace: Workspace;
  /** Looked up for every page: whoever lost a right meanwhile takes no more with it. */
  readonly actor: () => Actor;
  readonly plan: Pick<ExportPlan, 'table' | 'find' | 'total'>;
  /** Called after every page; throws to stop. */
  readonly onPage: (done: number) => Promise<void>;
}

export async function* exportPages({ workspace, actor, plan, onPage }: PagesRequest): AsyncGenerator<RecordPage> {
  /** A record that was changed while the list is walked may come up twice. */
  const seen = new Set<unknown>();
  let cursor: string | undefined;
  do {
    const page = await findRecords(workspace, actor(), plan.table.name, { ...plan.find, limit: MAX_LIMIT, ...(cursor !== undefined && { cursor }) });
    // What was added since the count was checked stays out: the limit holds.
    const records = page.data.filter(({ id }) => !seen.has(id)).slice(0, plan.total - seen.size);
    for (const { id } of records) seen.add(id);
    yield { records, included: page.included };
    await onPage(seen.size);
    // Others get their turn between pages.
    await new Promise((resolve) => setImmediate(resolve));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && seen.size < plan.total);
}
