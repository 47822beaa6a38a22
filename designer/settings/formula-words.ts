/** What can be typed next in a formula: the word before the cursor, and fields and functions that begin or contain it. Pure. */
import { FORMULA_FUNCTIONS } from '#engine/rules/formula/functions.ts';
import type { FieldChoice } from './field-choices.ts';

export interface Suggestion {
  readonly kind: 'field' | 'function';
  /** What is written instead of the word. */
  readonly text: string;
  /** How far from its end the cursor goes back: inside the brackets of a function. */
  readonly back: number;
  readonly title: string;
  readonly note: string;
}

const WORD = /[\p{L}_][\p{L}\p{N}_.]*$/u;
const MOST = 12;

/** The word that ends at `cursor`; '' where none does or inside a text. */
export function wordBefore(source: string, cursor: number): string {
  const before = source.slice(0, cursor);
  const quotes = before.match(/["“”]/g)?.length ?? 0;
  return quotes % 2 === 1 ? '' : (WORD.exec(before)?.[0] ?? '');
}

export function suggestFor(word: string, fields: readonly FieldChoice[]): readonly Suggestion[] {
  if (word === '') return [];
  const wanted = word.toLowerCase();
  const score = (...texts: string[]) => {
    const found = texts.map((text) => text.toLowerCase().indexOf(wanted)).filter((at) => at >= 0);
    return found.length === 0 ? -1 : Math.min(...found) === 0 ? 0 : 1;
  };
  const ofFields = fields.map((choice) => ({ score: score(choice.path, choice.label, choice.field.label['zh-CN'], choice.field.label.en) + choice.over.length * 0.1, fits: score(choice.path, choice.label, choice.field.label['zh-CN'], choice.field.label.en) >= 0, kind: 'field' as const, text: choice.path, back: 0, title: choice.label, note: choice.path }));
  const ofFunctions = Object.entries(FORMULA_FUNCTIONS).map(([name, { usage, max }]) => ({ score: score(name), fits: score(name) === 0, kind: 'function' as const, text: `${name}()`, back: max === 0 ? 0 : 1, title: name, note: usage }));
  return [...ofFields, ...ofFunctions]
    .filter((one) => one.fits && one.text !== word)
    .sort((a, b) => a.score - b.score)
    .slice(0, MOST)
    .map(({ score: _score, fits: _fits, ...suggestion }) => suggestion);
}

/** The word that stands at a position, for underlining what is wrong. */
export function wordAt(source: string, position: number): { readonly start: number; readonly end: number } {
  const rest = /^(?:[\p{L}\p{N}_.]+|"[^"]*"?|.)/u.exec(source.slice(position))?.[0] ?? '';
  if (rest !== '') return { start: position, end: position + rest.length };
  return { start: Math.max(0, source.length - 1), end: source.length };
}
