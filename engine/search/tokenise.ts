/**
 * The one tokeniser of the full-text search, for FTS5 and tsvector alike. Chinese is found from the first character by
 * phrases of bigrams, Latin words by their beginning, numbers by any part of three digits or more, and texts with `pinyin`
 * by any part of their pinyin or its initials that begins at a syllable: a prefix term finds it, since the index holds
 * every such tail. Runs on the server only.
 */
import { syllablesOf } from '../fields/pinyin.ts';
import { foldText } from './fold-text.ts';

/** All tokens of one term must stand next to each other, in order; with `prefix` the last one may go on. Terms are joined by AND. */
export interface QueryTerm {
  readonly tokens: readonly string[];
  readonly prefix: boolean;
}

const LONGEST_TEXT = 10_000;
const LONGEST_TOKEN = 24;
const MOST_TERMS = 12;
const SHORTEST_NUMBER_TAIL = 3;
const HAN = '\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}';
const PIECE = new RegExp(`[${HAN}]+|[^\\P{L}${HAN}]+|\\d+`, 'gu');
const IS_HAN = new RegExp(`^[${HAN}]`, 'u');
// Spaces and middle dots inside a Chinese name are habits of writing; a line break is not.
const GAP = new RegExp(`(?<=[${HAN}])[ \\t\\u3000·•・‧]+(?=[${HAN}])`, 'gu');
const DOT = new RegExp(`(?<=[${HAN}])[·•・‧]+(?=[${HAN}])`, 'gu');

/** Runs of tokens for the index. A phrase never reaches from one run into the next. */
export function indexTokens(text: string, { pinyin }: { pinyin: boolean }): string[][] {
  const folded = foldText(text.slice(0, LONGEST_TEXT)).replace(GAP, '');
  const runs: string[][] = [];
  const characters = new Set<string>();
  const words = new Set<string>();
  for (const [piece] of folded.matchAll(PIECE)) {
    if (IS_HAN.test(piece)) {
      const run = [...piece];
      for (const character of run) characters.add(character);
      if (run.length > 1) runs.push(bigramsOf(run));
      if (pinyin) addPinyin(words, piece);
    } else if (/^\d/.test(piece)) addNumber(words, piece);
    else words.add(piece.slice(0, LONGEST_TOKEN));
  }
  if (characters.size > 0) runs.push([...characters]);
  if (words.size > 0) runs.push([...words]);
  return runs;
}

export function queryTokens(text: string): QueryTerm[] {
  const folded = foldText(text.slice(0, 200)).replace(DOT, '');
  const terms: QueryTerm[] = [];
  for (const [piece] of folded.matchAll(PIECE)) {
    const run = [...piece];
    if (!IS_HAN.test(piece)) terms.push({ tokens: [piece.slice(0, LONGEST_TOKEN)], prefix: true });
    else terms.push({ tokens: run.length > 1 ? bigramsOf(run) : run, prefix: false });
  }
  return terms.slice(0, MOST_TERMS);
}

function bigramsOf(run: readonly string[]): string[] {
  return run.slice(1).map((character, index) => `${run[index]}${character}`);
}

function addNumber(words: Set<string>, digits: string): void {
  words.add(digits.slice(0, LONGEST_TOKEN));
  for (let start = 1; start <= digits.length - SHORTEST_NUMBER_TAIL && start < LONGEST_TOKEN; start++) {
    words.add(digits.slice(start, start + LONGEST_TOKEN));
  }
}

function addPinyin(words: Set<string>, run: string): void {
  let tail = '';
  let initials = '';
  for (const syllable of syllablesOf(run).slice(0, 60).reverse()) {
    tail = (syllable + tail).slice(0, LONGEST_TOKEN);
    initials = ((syllable[0] ?? '') + initials).slice(0, LONGEST_TOKEN);
    words.add(tail);
    words.add(initials);
  }
}
