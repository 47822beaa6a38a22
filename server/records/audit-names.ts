/** Names for the ids in entries that are no change of a record: whom a share is with, who is mentioned, which records were read. */
import type { Label, Locale } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { Workspace } from '../workspace.ts';
import { titlesOf } from './included.ts';

export interface AuditNoteRow {
  readonly table: string;
  readonly action: string;
  readonly detail: Json;
}

type Names = Readonly<Record<string, string>>;
/** What a text in an entry names: a record of a table, or something with a label of its own. */
type Named = { readonly text: string; readonly table: string; readonly id: string } | { readonly text: string; readonly label: Label | undefined };

const ACCESS: Readonly<Record<string, Label>> = { read: { 'zh-CN': '只读', en: 'to read' }, edit: { 'zh-CN': '可编辑', en: 'to edit' } };
const PARTS: Readonly<Record<string, Label>> = { timeline: { 'zh-CN': '时间线', en: 'timeline' }, comments: { 'zh-CN': '评论', en: 'comments' } };

/** In the order of the rows: by text as it stands in the entry. What the reader may not see, or what is gone, has no name. */
export async function auditNames(workspace: Workspace, actor: Actor, rows: readonly AuditNoteRow[], locale: Locale): Promise<Names[]> {
  const named = rows.map((row) => namedIn(workspace, row));
  const wanted = new Map<string, Set<string>>();
  for (const one of named.flat()) if ('table' in one) wanted.set(one.table, (wanted.get(one.table) ?? new Set()).add(one.id));
  const titles = new Map<string, Awaited<ReturnType<typeof titlesOf>>>();
  for (const [table, ids] of wanted) titles.set(table, await titlesOf(workspace, actor, table, [...ids]));
  const nameOf = (one: Named): string | null | undefined => ('table' in one ? titles.get(one.table)?.[one.id]?.title : one.label?.[locale]);
  return named.map((row) => Object.fromEntries(row.flatMap((one) => { const name = nameOf(one); return name ? [[one.text, name]] : []; })));
}

function namedIn({ model }: Workspace, { table, action, detail }: AuditNoteRow): Named[] {
  if (detail === null || typeof detail !== 'object' || Array.isArray(detail)) return [];
  const texts = (key: string): string[] => [detail[key]].flat().filter((value) => typeof value === 'string');
  const records = (of: string, ...keys: string[]): Named[] => keys.flatMap(texts).map((text) => ({ text, table: of, id: text }));
  const labels = (key: string, labelOf: (text: string) => Label | undefined): Named[] => texts(key).map((text) => ({ text, label: labelOf(text) }));
  const grantee = (text: string): Named => {
    const kind = text.slice(0, text.indexOf(':'));
    const id = text.slice(kind.length + 1);
    return kind === 'role' ? { text, label: model.roles.find(({ name }) => name === id)?.label } : { text, table: kind, id };
  };
  switch (action) {
    case 'share':
    case 'unshare':
      return [...texts('with').map(grantee), ...labels('access', (text) => ACCESS[text]), ...labels('along', (text) => model.tables[text]?.label)];
    case 'comment':
    case 'comment_change':
    case 'comment_delete':
      return records('user', 'by', 'mentions');
    case 'transfer':
      return [...records('user', 'from', 'to'), ...labels('leave', (text) => ACCESS[text])];
    case 'merge':
    case 'merged':
    case 'unmerge':
      return records(table, 'from', 'into', 'restored');
    case 'read':
      return [...records(table, 'records'), ...labels('part', (text) => PARTS[text])];
    case 'plan_hand_over':
    case 'hand_over':
      return [...records('user', 'to'), ...labels('tables', (text) => model.tables[text]?.label)];
    case 'form_link':
    case 'form_link_end':
      return [...labels('form', (text) => model.tables[table]?.forms.find(({ name }) => name === text)?.label), ...texts('of').flatMap((of) => records(of, 'record')), ...labels('of', (text) => model.tables[text]?.label)];
    case 'reveal':
      return labels('field', (text) => model.tables[table]?.fields[text]?.label);
    default:
      return [];
  }
}
