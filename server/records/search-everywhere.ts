/** Global search: the best few of every table the actor may read. */
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows } from '#engine/permissions/authorize.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Workspace } from '../workspace.ts';
import { searchFields } from '../db/search-index.ts';
import { findRecords } from './find-records.ts';

export interface SearchHit {
  readonly table: string;
  readonly id: string;
  readonly title: Json;
  readonly subtitle: Json;
}

const PER_TABLE = 6;

export async function searchEverywhere(workspace: Workspace, actor: Actor, query: string): Promise<SearchHit[]> {
  const search = query.trim();
  if (search === '') return [];
  const hits: SearchHit[] = [];
  const order = workspace.model.navigation.flatMap((group) => group.tables);
  for (const name of order) {
    const table = workspace.model.tables[name];
    if (!table || !allows(accessTo(table, actor), 'read') || searchFields(table).length === 0) continue;
    const subtitle = table.page.header?.[0];
    const known = subtitle !== undefined && subtitle !== table.titleField ? [subtitle] : [];
    const fields = [table.titleField, ...known];
    const found = await findRecords(workspace, actor, name, { search, fields: knownFields(workspace, actor, name, fields), limit: PER_TABLE });
    for (const record of found.data) {
      const value = known[0] === undefined ? null : (record[known[0]] ?? null);
      const title = typeof value === 'string' ? Object.values(found.included).find((titles) => titles[value])?.[value]?.title : undefined;
      hits.push({ table: name, id: String(record.id), title: record[table.titleField] ?? null, subtitle: title ?? value });
    }
  }
  return hits;
}

/** A subtitle the actor may not know is left out rather than refused. */
function knownFields(workspace: Workspace, actor: Actor, table: string, fields: readonly string[]): string[] {
  const model = workspace.model.tables[table];
  return fields.filter((name) => {
    const field = model?.fields[name.split('.')[0] ?? ''];
    return model && field && accessTo(model, actor).read.some((grant) => grant.right(field) !== 'hidden');
  });
}
