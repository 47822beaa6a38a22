/** A name for the database from what a thing is called: the English label, else the pinyin of the Chinese one. */
import { freeName } from '#engine/changes/edits.ts';
import type { Label } from '#engine/errors.ts';
import { NAME_PATTERN } from '#engine/model/definitions.ts';

const LONGEST = 40;
const CJK = /[\u3007\u3400-\u4dbf\u4e00-\u9fff]+/g;
const NAME = new RegExp(NAME_PATTERN);

export function isName(text: string): boolean {
  return NAME.test(text) && !text.includes('__');
}

function slug(text: string): string {
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[_\d]+|_+$/g, '');
  return plain.slice(0, LONGEST).replace(/_+$/, '');
}

export async function suggestName(label: Label, taken: Iterable<string>): Promise<string> {
  let name = slug(label.en);
  if (name === '' && label['zh-CN'] !== '') {
    // Large, and needed only here.
    const { syllablesOf } = await import('#engine/fields/pinyin.ts');
    name = slug(label['zh-CN'].replace(CJK, (run) => `${syllablesOf(run).join('')} `));
  }
  return name === '' ? '' : freeName(name, taken);
}
