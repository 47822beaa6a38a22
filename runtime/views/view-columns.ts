/** Which columns a list shows, how wide and in which order: the view's, changed by what this browser remembers. */
import type { CSSProperties } from 'react';
import type { Locale } from '#engine/errors.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import type { TableAccess } from '../api/types.ts';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { sourceField } from '../model/source-field.ts';
import { pathLabel, type PathField, resolveFieldPath, visibleFields } from '../model/paths.ts';

/** What a person changed about the columns of a view. */
export interface ColumnLayout {
  readonly paths?: readonly string[];
  readonly widths?: Readonly<Record<string, number>>;
  /** How many columns from the left stay in place. */
  readonly pinned?: number;
}

export interface Column extends PathField {
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly pinned: boolean;
  /** Distance from the left edge; pinned columns stick there. */
  readonly left: number;
}

/** Where a pinned column sticks; list.css reads it. */
export function pinnedAt(left: number): CSSProperties {
  return { '--pinned-left': `${left}px` } as CSSProperties;
}

export const MIN_WIDTH = 64;
export const MAX_WIDTH = 800;
const DEFAULT_COLUMNS = 8;

export function isColumnLayout(value: unknown): value is ColumnLayout {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface ViewColumn {
  readonly field: string;
  readonly width?: number;
  readonly pinned?: boolean;
}

function isViewColumn(column: unknown): column is ViewColumn {
  return typeof column === 'object' && column !== null && 'field' in column && typeof column.field === 'string';
}

/** Columns as the view names them: paths, or objects with a path, a width and whether it is pinned. */
function viewColumns(view: ViewDefinition): readonly ViewColumn[] {
  if (!Array.isArray(view.columns)) return [];
  return view.columns.flatMap((column: unknown) => (typeof column === 'string' ? [{ field: column }] : isViewColumn(column) ? [column] : []));
}

function defaultPaths(table: TableModel, access: TableAccess): readonly string[] {
  const fields = visibleFields(table, access).filter((field) => !field.system && !FIELD_COMPONENTS[field.type].wide);
  const others = fields.filter((field) => field.name !== table.titleField).map((field) => field.name);
  return [table.titleField, ...others].slice(0, DEFAULT_COLUMNS);
}

export function columnPaths(table: TableModel, access: TableAccess, view: ViewDefinition, layout: ColumnLayout): readonly string[] {
  if (layout.paths && layout.paths.length > 0) return layout.paths;
  const own = viewColumns(view);
  return own.length > 0 ? own.map((column) => column.field) : defaultPaths(table, access);
}

const BY_KIND: Readonly<Partial<Record<ValueKind, { readonly width: number; readonly align?: 'right' }>>> = {
  text: { width: 260 }, number: { width: 140, align: 'right' }, option: { width: 140 }, boolean: { width: 90 },
};

/** A computed column is as wide as what it computes needs. */
function columnShape(model: AppModel, field: FieldModel): { readonly width: number; readonly align?: 'right' } {
  const source = sourceField(model, field);
  return (source.computed && BY_KIND[source.computed.kind]) ?? FIELD_COMPONENTS[source.type].column;
}

export const CHECK_WIDTH = 44;

const WIDE_CHARACTER = /[\u2e80-\uffff]/;
const HEADING_ROOM = 28;

/** About what a heading takes at 13 px: one language's short label is another's long one. */
function headingWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (WIDE_CHARACTER.test(character) ? 13 : 7.5), HEADING_ROOM);
}

export interface ColumnSource {
  readonly model: AppModel;
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly view: ViewDefinition;
  readonly layout: ColumnLayout;
  readonly locale: Locale;
}

export function buildColumns({ model, table, access, view, layout, locale }: ColumnSource): readonly Column[] {
  const own = viewColumns(view);
  const paths = columnPaths(table, access, view, layout);
  // The title stays in sight; a number standing before it stays with it.
  const title = paths.indexOf(table.titleField);
  const pinned = layout.pinned ?? Math.max(title === 1 ? 2 : 1, own.filter((column) => column.pinned).length);
  let left = CHECK_WIDTH;
  return paths
    .flatMap((path) => resolveFieldPath(model, table.name, path) ?? [])
    .filter(({ field, hops }) => !field.hidden && (hops.length > 0 || access.fields[field.name] !== undefined))
    .map((resolved, index) => {
      const column = columnShape(model, resolved.field);
      const isTitle = resolved.hops.length === 0 && resolved.field.name === table.titleField;
      const width = layout.widths?.[resolved.path] ?? own.find((one) => one.field === resolved.path)?.width ?? Math.ceil(Math.max(isTitle ? 240 : 0, column.width, headingWidth(pathLabel(resolved, locale))));
      const built: Column = { ...resolved, width, align: column.align ?? 'left', pinned: index < pinned, left };
      left += width;
      return built;
    });
}
