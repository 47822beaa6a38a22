/** What goes with tables that are left out, field by field, and which value stands for it where a rule reads it. */
import type { Json } from '../../fields/field-type.ts';
import type { Definitions, FieldDefinition } from '../../model/definitions.ts';
import { pathsOf } from '../../rules/check.ts';
import { foldFormula } from '../../rules/formula/fold-formula.ts';
import { parseFormula } from '../../rules/formula/parse-formula.ts';
import { type Names, namesIn } from '../names.ts';

export interface Gone {
  /** `table:quote`, `field:customer.quote_count`, `workflow:quote_expiry`. */
  has(name: string): boolean;
  /** The value a path of a table always has; undefined: it leads to nothing that goes. */
  valueOf(table: string, path: string): Json | undefined;
}

/** Counts and sums of records that are not there are nought; everything else of them is empty. */
const emptyValue = ({ type, function: measure }: FieldDefinition): Json => (type === 'rollup' && (measure === 'count' || measure === 'sum') ? 0 : null);

/** `more` names what goes beside the tables: fields that nothing is left of, workflows. */
export function goneWith(definitions: Definitions, tables: ReadonlySet<string>, more: ReadonlySet<string>): Gone {
  const names = namesIn(definitions);
  const gone = new Map<string, Json>([...tables].map((name) => [`table:${name}`, null]));
  for (const name of more) gone.set(name, null);
  const valueOf = (table: string, path: string): Json | undefined => {
    const called = names.onPath(table, path).find((name) => gone.has(name));
    return called === undefined ? undefined : (gone.get(called) ?? null);
  };
  const here = definitions.tables.filter(({ name }) => !tables.has(name));
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const table of here) {
      for (const field of table.fields) {
        const name = `field:${table.name}.${field.name}`;
        if (!gone.has(name) && goes(field, { own: table.name, names, gone, valueOf })) gone.set(name, emptyValue(field));
      }
    }
  }
  return { has: (name) => gone.has(name), valueOf };
}

interface Around {
  readonly own: string;
  readonly names: Names;
  readonly gone: ReadonlyMap<string, Json>;
  readonly valueOf: Gone['valueOf'];
}

/** A field that points at what goes, gathers it, looks it up, or is computed from nothing else. */
function goes(field: FieldDefinition, { own, names, gone, valueOf }: Around): boolean {
  const target = names.targetOf(own, field.name) ?? (typeof field.table === 'string' ? field.table : undefined);
  if (target !== undefined && gone.has(`table:${target}`)) return true;
  const { table, field: by, of, path, formula } = field;
  if (typeof table === 'string' && ((typeof by === 'string' && valueOf(table, by) !== undefined) || (typeof of === 'string' && valueOf(table, of) !== undefined))) return true;
  if (typeof path === 'string' && valueOf(own, path) !== undefined) return true;
  return typeof formula === 'string' && nothingLeft(formula, (at) => valueOf(own, at));
}

function nothingLeft(formula: string, known: (path: string) => Json | undefined): boolean {
  const parsed = parseFormula(formula, { optionsOf: () => [] });
  const paths = 'rule' in parsed ? pathsOf(parsed.rule).filter((path) => !path.startsWith('$')) : [];
  if (paths.length > 0 && paths.every((path) => known(path) !== undefined)) return true;
  return foldFormula(formula, known) === null;
}
