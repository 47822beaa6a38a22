/** Proposes a target for every column: by label, by alias, by the group it stands under, else by what its cells look like. */
import { LOCALES } from '../errors.ts';
import type { TextContext } from '../fields/field-type.ts';
import type { TableModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import type { Heading } from './header.ts';
import { JOINED_TYPES, PART_HEADINGS, parseHeading, TELLING_TYPES } from './headings.ts';
import { type ImportTarget, sourceOfComputed } from './targets.ts';

export type Confidence = 'label' | 'alias' | 'content' | 'none';

export interface ColumnMatch {
  readonly target: ImportTarget | null;
  readonly confidence: Confidence;
}

export interface MatchInput {
  readonly table: TableModel;
  readonly headings: readonly Heading[];
  /** Some cells of each column, blanks left out. */
  readonly samples: readonly (readonly string[])[];
  readonly targets: readonly ImportTarget[];
  readonly context: TextContext;
}

interface Candidate {
  readonly column: number;
  readonly target: ImportTarget;
  readonly score: number;
  readonly confidence: Confidence;
}

export function matchColumns(input: MatchInput): ColumnMatch[] {
  const spellings = spellingsOf(input.table, input.targets);
  const candidates = input.headings.flatMap((heading, column) => candidatesFor(heading, column, spellings, input.targets));
  candidates.sort((a, b) => b.score - a.score || a.column - b.column);
  const matches: ColumnMatch[] = input.headings.map(() => ({ target: null, confidence: 'none' }));
  const taken = new Set<string>();
  for (const { column, target, confidence } of candidates) {
    const key = slotOf(target, input.headings[column]);
    if (matches[column]?.target || (taken.has(key) && !JOINED_TYPES.has(target.field.type))) continue;
    taken.add(key);
    matches[column] = { target, confidence };
  }
  return matches.map((match, column) => (match.target ? match : matchContent(column, input, taken)));
}

/** The second contact's name is another place than the first one's. */
function slotOf(target: ImportTarget, heading: Heading | undefined): string {
  const ordinal = target.child && heading ? (parseHeading(heading.text).ordinal ?? 1) : 1;
  return `${target.path} ${ordinal}`;
}

/** True for a heading that some target is called by; used to find the row of headings. */
export function headingTest(table: TableModel, targets: readonly ImportTarget[]): (heading: string) => boolean {
  const spellings = spellingsOf(table, targets);
  const parts = new Set(targets.flatMap(({ field }) => PART_HEADINGS[field.type] ?? []));
  return (heading) => spellings.has(parseHeading(heading).spelling) || parts.has(parseHeading(heading).spelling);
}

type Spellings = ReadonlyMap<string, readonly { target: ImportTarget; score: number; confidence: Confidence }[]>;

function spellingsOf(table: TableModel, targets: readonly ImportTarget[]): Spellings {
  const spellings = new Map<string, { target: ImportTarget; score: number; confidence: Confidence }[]>();
  const add = (text: string, target: ImportTarget, score: number, confidence: Confidence): void => {
    const { spelling } = parseHeading(text);
    if (spelling) spellings.set(spelling, [...(spellings.get(spelling) ?? []), { target, score, confidence }]);
  };
  for (const target of targets) {
    const { field, lookup, child } = target;
    const named = lookup ?? field;
    const [label, alias] = lookup ? [75, 72] : child ? [60, 55] : [100, 90];
    add(target.path, target, label, 'label');
    for (const locale of LOCALES) {
      add(named.label[locale], target, label, 'label');
      if (lookup) add(field.label[locale] + named.label[locale], target, 85, 'label');
      if (child) {
        add(child.table.label[locale] + named.label[locale], target, 80, 'label');
        if (named.name === child.table.titleField) add(child.table.label[locale], target, 70, 'alias');
      }
    }
    for (const text of named.aliases ?? []) add(text, target, alias, 'alias');
  }
  for (const field of Object.values(table.fields)) {
    const source = sourceOfComputed(table, field, targets);
    if (!source) continue;
    for (const locale of LOCALES) add(field.label[locale], source, 95, 'label');
    for (const text of field.aliases ?? []) add(text, source, 88, 'alias');
  }
  return spellings;
}

function candidatesFor(heading: Heading, column: number, spellings: Spellings, targets: readonly ImportTarget[]): Candidate[] {
  const { spelling } = parseHeading(heading.text);
  if (!spelling) return [];
  const group = heading.group ? parseHeading(heading.group).spelling : '';
  const found = (spellings.get(spelling) ?? []).map(({ target, score, confidence }) => ({
    column,
    target,
    // Under 联系人信息, 职位 is the contact's.
    score: score + (target.child && group.includes(parseHeading(target.child.table.label['zh-CN']).spelling) ? 45 : 0),
    confidence,
  }));
  const parts = targets.filter(
    (target) =>
      !target.child &&
      PART_HEADINGS[target.field.type]?.includes(spelling) &&
      targets.filter((other) => !other.child && other.field.type === target.field.type && !other.field.system).length === 1,
  );
  return [...found, ...parts.map((target) => ({ column, target, score: 50, confidence: 'alias' as const }))];
}

function matchContent(column: number, { samples, targets, context }: MatchInput, taken: Set<string>): ColumnMatch {
  const cells = samples[column] ?? [];
  if (cells.length < 3) return { target: null, confidence: 'none' };
  for (const target of targets) {
    if (taken.has(`${target.path} 1`) || !TELLING_TYPES.has(target.field.type)) continue;
    const type = fieldTypeOf(target.field);
    const read = cells.filter((cell) => {
      const result = type.parse(cell, target.field, context);
      return 'value' in result && !result.warning;
    });
    if (read.length < cells.length * 0.8) continue;
    taken.add(`${target.path} 1`);
    return { target, confidence: 'content' };
  }
  return { target: null, confidence: 'none' };
}
