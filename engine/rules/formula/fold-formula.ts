/** A formula of which some paths always have the same value. */
import type { Json } from '../../fields/field-type.ts';
import { foldRule, type KnownValue } from '../fold-rule.ts';
import { parseFormula } from './parse-formula.ts';
import { printFormula } from './print-formula.ts';

const LABEL = /OPTIONLABEL\(\s*([\w.]+)\s*\)/gi;
/** Stands for the label of an option while the rule is worked out: labels are read from the model when the formula is built. */
const MARK = 'option_label_of__';

/** The formula itself where it reads nothing that is known; null where nothing of it is left to be worked out, or there are no words for the rest. */
export function foldFormula(formula: string, known: KnownValue): string | null {
  const parsed = parseFormula(formula.replace(LABEL, `${MARK}$1`), { optionsOf: () => null });
  if (!('rule' in parsed)) return formula;
  const folded = foldRule(parsed.rule, (path): Json | undefined => known(path.startsWith(MARK) ? path.slice(MARK.length) : path));
  if (folded === parsed.rule) return formula;
  if (folded === null || typeof folded !== 'object') return null;
  return printFormula(folded)?.replaceAll(new RegExp(`${MARK}([\\w.]+)`, 'g'), 'OPTIONLABEL($1)') ?? null;
}
