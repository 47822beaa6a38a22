/**
 * One spelling for texts that people hold to be equal: width, case, accents, traditional and simplified characters.
 * For keys and indexes only: what is stored stays as it was typed. Server only, the conversion table weighs 1 MB.
 */
import { Converter } from 'opencc-js/t2cn';

// Plain characters with their phrases (乾隆 stays 乾隆), never the profile that rewrites words (資訊科技 -> 信息技术).
const simplify = Converter({ from: 't', to: 'cn' });
const changes = new Map<string, boolean>();
const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/gu;
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u2060\ufeff]/g;

function isTraditional(character: string): boolean {
  let known = changes.get(character);
  if (known === undefined) {
    known = simplify(character) !== character;
    changes.set(character, known);
  }
  return known;
}

export function foldText(text: string): string {
  let folded = text.normalize('NFKC').toLowerCase();
  if (/\P{ASCII}/u.test(folded)) {
    folded = folded.replace(INVISIBLE, '');
    if (/[\u00c0-\u024f]/.test(folded)) folded = folded.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC');
    // Most texts are simplified already; looking is cheaper than converting.
    if (folded.match(HAN)?.some(isTraditional)) return simplify(folded);
  }
  return folded;
}
