/** What was noted about a record without being a change of its fields, in words: with whom it was shared, whose it became and why. */
import type { Label } from '#engine/errors.ts';
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
}

/** Null for what is no matter of the record's own story. */
export function noteInWords(workspace: Workspace, action: string, note: Note): Label | null {
  if (action === 'share' || action === 'unshare') {
    const names = (note.with ?? []).map((key) => granteeOf(workspace, key).name);
    const until = note.until ? toLocalDate(note.until, workspace.model.settings.timeZone) : null;
    const more = action === 'unshare' ? [] : [note.access === 'edit' ? EDIT : READ, ...(until === null ? [] : [{ 'zh-CN': `至 ${until}`, en: `until ${until}` }])];
    return joined([{ 'zh-CN': names.map((name) => name['zh-CN']).join('、'), en: names.map((name) => name.en).join(', ') }, ...more]);
  }
  if (action !== 'transfer') return null;
  const [from, to] = [note.from, note.to].map((id) => workspace.directory.user(id ?? '')?.name ?? '–');
  return joined([{ 'zh-CN': `${from} → ${to}`, en: `${from} → ${to}` }, ...(note.reason ? [{ 'zh-CN': note.reason, en: note.reason }] : [])]);
}

const READ: Label = { 'zh-CN': '可查看', en: 'may read' };
const EDIT: Label = { 'zh-CN': '可编辑', en: 'may edit' };

const joined = (parts: readonly Label[]): Label => ({ 'zh-CN': parts.map((part) => part['zh-CN']).join(' · '), en: parts.map((part) => part.en).join(' · ') });
