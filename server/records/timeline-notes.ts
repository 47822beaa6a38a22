/** What was noted about a record without being a change of its fields, in words: with whom it was shared, whose it became and why. */
import type { Label } from '#engine/errors.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { granteeOf } from '../sharing/grantee.ts';
import type { Workspace } from '../workspace.ts';

interface Note {
  readonly with?: readonly string[];
  readonly access?: 'read' | 'edit';
  readonly until?: string | null;
  readonly from?: string | null;
  readonly to?: string;
  readonly reason?: string;
  readonly titles?: readonly (string | null)[];
  readonly restored?: readonly string[];
}

/** The record whose story it is. `showsTitle`: the reader may see what records like it are called. */
interface Teller {
  readonly table: TableModel;
  readonly showsTitle: boolean;
}

/** Null for what is no matter of the record's own story. */
export function noteInWords(workspace: Workspace, action: string, note: Note, teller: Teller): Label | null {
  if (action === 'share' || action === 'unshare') {
    const names = (note.with ?? []).map((key) => granteeOf(workspace, key).name);
    const until = note.until ? toLocalDate(note.until, workspace.model.settings.timeZone) : null;
    const more = action === 'unshare' ? [] : [note.access === 'edit' ? EDIT : READ, ...(until === null ? [] : [{ 'zh-CN': `至 ${until}`, en: `until ${until}` }])];
    return joined([{ 'zh-CN': names.map((name) => name['zh-CN']).join('、'), en: names.map((name) => name.en).join(', ') }, ...more]);
  }
  if (action === 'merge') return mergeInWords(note, teller);
  if (action === 'unmerge') return note.restored ? numbered(note.restored.length, { 'zh-CN': '条记录已分开', en: 'split off again' }) : null;
  if (action !== 'transfer') return null;
  const [from, to] = [note.from, note.to].map((id) => workspace.directory.user(id ?? '')?.name ?? '–');
  return joined([{ 'zh-CN': `${from} → ${to}`, en: `${from} → ${to}` }, ...(note.reason ? [{ 'zh-CN': note.reason, en: note.reason }] : [])]);
}

/** How much came along is the business of the tables it stands in. */
function mergeInWords({ titles = [] }: Note, { table, showsTitle }: Teller): Label {
  const known = showsTitle ? titles.filter((title) => title !== null) : [];
  if (known.length > 0 && known.length === titles.length) return { 'zh-CN': known.join('、'), en: known.join(', ') };
  return numbered(titles.length, { 'zh-CN': `条${table.label['zh-CN']}`, en: table.label.en });
}

const numbered = (count: number, what: Label): Label => ({ 'zh-CN': `${count} ${what['zh-CN']}`, en: `${count} ${what.en}` });

const READ: Label = { 'zh-CN': '可查看', en: 'may read' };
const EDIT: Label = { 'zh-CN': '可编辑', en: 'may edit' };

const joined = (parts: readonly Label[]): Label => ({ 'zh-CN': parts.map((part) => part['zh-CN']).join(' · '), en: parts.map((part) => part.en).join(' · ') });
