/**
 * Answers of long reads, kept until a table they were read from changes. What is kept is known by its SQL with every value bound, and an
 * actor's rights are part of both, so nobody is ever answered with what another may see.
 */
import type { RuleContext } from '#engine/rules/context.ts';
import type { Row } from '../db/database.ts';
import { resolveParams, type Sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';
import type { ChangeFeed } from './change-feed.ts';

interface Kept {
  readonly rows: Promise<Row[]>;
  /** The tables it was read from, each with how often it had changed before the question. */
  readonly seen: ReadonlyMap<string, number>;
  until: number;
}

interface Keeper {
  readonly changes: Map<string, number>;
  readonly kept: Map<string, Kept>;
}

const MOST = 1000;
/** Who reports to whom follows from users and departments, and is written with them. */
const DERIVED: Readonly<Record<string, readonly string[]>> = { relata_reports: ['user'], relata_member: ['user', 'department'], relata_department_tree: ['department'] };
/** What ends by the clock and not by a write (a share that had an end date) is believed this long after it was read. */
const UNTOLD_MS = 30_000;
/** Whatever is told, nothing is believed longer. */
const LONGEST_MS = 10 * 60_000;
const keepers = new WeakMap<ChangeFeed, Keeper>();

function keeperOf({ changes }: Workspace): Keeper {
  let keeper = keepers.get(changes);
  if (!keeper) {
    const made: Keeper = { changes: new Map(), kept: new Map() };
    changes.subscribe((told) => {
      for (const { table } of told) made.changes.set(table, (made.changes.get(table) ?? 0) + 1);
    });
    keepers.set(changes, made);
    keeper = made;
  }
  return keeper;
}

/** Every table stands behind FROM in the SQL of this program; rows of a link table change with their record. */
function tablesIn(text: string): string[] {
  const names = [...text.matchAll(/\b(?:FROM|JOIN) "?([a-z_][a-z0-9_]*)"?/g)].map(([, name = '']) => name.split('__')[0] as string);
  return [...new Set(names.flatMap((name) => DERIVED[name] ?? [name]))];
}

export function keptRead(workspace: Workspace, query: Sql, context: RuleContext): Promise<Row[]> {
  const keeper = keeperOf(workspace);
  const params = resolveParams(query.params, context);
  const key = `${workspace.definitionsVersion} ${query.text} ${JSON.stringify(params)}`;
  const known = keeper.kept.get(key);
  const now = Date.now();
  const isCurrent = known && known.until > now && [...known.seen].every(([table, count]) => (keeper.changes.get(table) ?? 0) === count);
  if (isCurrent) return known.rows;
  const tables = tablesIn(query.text);
  const seen = new Map(tables.map((table) => [table, keeper.changes.get(table) ?? 0]));
  const rows = workspace.database.aside({ text: query.text, params });
  if (keeper.kept.size >= MOST) for (const old of [...keeper.kept.keys()].slice(0, MOST / 2)) keeper.kept.delete(old);
  const kept: Kept = { rows, seen, until: Number.POSITIVE_INFINITY };
  keeper.kept.set(key, kept);
  const isUntold = tables.some((table) => table.startsWith('relata_'));
  rows.then(
    () => {
      kept.until = Date.now() + (isUntold ? UNTOLD_MS : LONGEST_MS);
    },
    () => keeper.kept.delete(key),
  );
  return rows;
}
