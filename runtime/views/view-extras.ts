/** What a table view says beside its columns: groups and colours of rows. Read as plain JSON, so that the first screen need not load the types of views. */
import type { AppModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { resolveFieldPath } from '../model/paths.ts';
import { pathsOf } from '../model/rule-paths.ts';
import { type Density, isDensity } from './density.ts';

export interface ColorRule {
  readonly when: Rule;
  readonly color: string;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function groupPath(view: ViewDefinition): string | undefined {
  return textOf(view.groupBy);
}

export function colorPath(view: ViewDefinition): string | undefined {
  return textOf(view.colorBy);
}

export function colorRules(view: ViewDefinition): readonly ColorRule[] {
  return Array.isArray(view.colors) ? (view.colors as ColorRule[]) : [];
}

/** How high rows are for someone who never chose. */
export function viewDensity(view: ViewDefinition): Density {
  return isDensity(view.density) ? view.density : 'comfortable';
}

/** A rule may read a part of a field (`time.start`); read is the field. */
function fieldOf(model: AppModel, table: string, path: string): string[] {
  if (path.startsWith('$')) return [];
  if (resolveFieldPath(model, table, path)) return [path];
  const parent = path.split('.').slice(0, -1).join('.');
  return parent !== '' && resolveFieldPath(model, table, parent) ? [parent] : [];
}

/** Paths a page must fetch beside its columns. */
export function extraPaths(model: AppModel, table: string, view: ViewDefinition): readonly string[] {
  const read = [groupPath(view), colorPath(view), ...colorRules(view).flatMap(({ when }) => pathsOf(when))].filter((path) => path !== undefined);
  return [...new Set(read.flatMap((path) => fieldOf(model, table, path)))];
}

/** Rows of one group stand together, whatever the order inside it. */
export function groupedSort(view: ViewDefinition, sort: readonly string[]): readonly string[] {
  const path = groupPath(view);
  if (path === undefined) return sort;
  const own = sort.find((key) => key.replace(/^-/, '') === path);
  return [own ?? path, ...sort.filter((key) => key !== own)];
}
