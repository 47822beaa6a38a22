/** What references to one record, user or department have in common: the value is an id, kept as text. */
import Type from 'typebox';
import { decodeText, encodeText, textColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { toIssue } from './messages.ts';
import { toLine, trimText } from './plain-text.ts';
import { labelled, text } from './settings.ts';

/** Ids are UUIDs; short names are allowed, so that demo data can point by a speaking id. */
export const ID_SCHEMA = { type: 'string', minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' } as const;
const ID = new RegExp(ID_SCHEMA.pattern);

/** For references of a table to itself: a chain of parents that comes back to its start is refused. */
export const acyclicSetting = Type.Optional(
  Type.Literal(true, { ...labelled('不允许形成环', 'No cycles', { 'x-help': text('用于指向本表的上级：沿着它不能回到自己。', 'For parents in the same table: following them must not lead back.') }) }),
);

export function isId(text: string): boolean {
  return text.length <= ID_SCHEMA.maxLength && ID.test(text);
}

export const idReference: Omit<FieldType, 'label' | 'group' | 'settings'> = {
  storage: 'columns',
  kind: () => 'reference',
  columns: () => textColumn('reference'),
  valueSchema: () => ({ ...ID_SCHEMA }),
  encode: encodeText,
  decode: decodeText,
  normalize: toLine,
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (input) => {
    const id = trimText(input);
    if (!id) return { value: null };
    return isId(id) ? { value: id } : { issue: toIssue('not_readable', '不是记录编号', 'Not the id of a record') };
  },
  examples: {
    valid: ['0190f3a2-7c1e-7b3a-9d55-3f1c2b4a5d6e', 'demo_1'],
    invalid: ['', 'a b', 5, "x' OR 1=1"],
    texts: [[' demo_1 ', 'demo_1'], ['', null]],
    badTexts: ['华信科技'],
  },
};
