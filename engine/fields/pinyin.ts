/**
 * Pinyin of Chinese text, without tones, lower case. Costs 60 ms and 1 MB to load, so the browser gets `pinyin-none.ts`
 * instead: `#pinyin` in package.json chooses. Only the server writes sort keys and search indexes.
 */
import { pinyin, polyphonic } from 'pinyin-pro';

const CJK_RUN = /[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu;
/** Readings of characters that have one reading; null marks those that need their neighbours. */
const readings = new Map<string, string | null>();

function readingOf(character: string): string | null {
  let reading = readings.get(character);
  if (reading === undefined) {
    const all = new Set((polyphonic(character, { type: 'array', toneType: 'none' })[0] ?? []).filter(Boolean));
    reading = all.size > 1 ? null : plain(pinyin(character, { toneType: 'none' }));
    readings.set(character, reading);
  }
  return reading;
}

function plain(syllable: string): string {
  return syllable.toLowerCase().replaceAll('ü', 'v');
}

/** One syllable a character. A character without a known reading gives itself. */
export function syllablesOf(run: string): string[] {
  const characters = [...run];
  const syllables: string[] = [];
  for (const character of characters) {
    const reading = readingOf(character);
    if (reading === null) return readTogether(run, characters);
    syllables.push(reading);
  }
  return syllables;
}

function readTogether(run: string, characters: readonly string[]): string[] {
  const syllables = pinyin(run, { toneType: 'none', type: 'array' });
  return syllables.length === characters.length ? syllables.map(plain) : characters.map((character) => readingOf(character) ?? character);
}

/** Orders Chinese text as a dictionary does, and Latin text around it by letters. */
export function sortKeyOf(text: string): string {
  const halfWidth = text.normalize('NFKC').toLowerCase();
  return halfWidth.replace(CJK_RUN, (run) => `${syllablesOf(run).join(' ')} `).trimEnd().slice(0, 200);
}
