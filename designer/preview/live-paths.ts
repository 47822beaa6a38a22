/** What of the draft can be read from the server now: the server knows only what is live. */
import type { AppModel } from '#engine/model/app-model.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { resolveFieldPath } from '#runtime/model/paths.ts';
import { pathsOf } from '#runtime/model/rule-paths.ts';

/** Of the path itself, or of the field whose part it names (`time.start`). */
export function isLivePath(live: AppModel, table: string, path: string): boolean {
  if (path.startsWith('$') || resolveFieldPath(live, table, path)) return true;
  const parent = path.split('.').slice(0, -1).join('.');
  return parent !== '' && resolveFieldPath(live, table, parent) !== undefined;
}

export function isLiveRule(live: AppModel, table: string, rule: Rule | undefined): boolean {
  return rule === undefined || pathsOf(rule).every((path) => isLivePath(live, table, path));
}
