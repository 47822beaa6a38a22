/** The columns of a file that goes out: what each is called, and what a value in it is as text and as a cell of a spreadsheet. */
import type { Locale } from '#engine/errors.ts';
import type { Json, TextContext } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { toLocalDateTime } from '#engine/rules/time.ts';
import { fieldTypeOf, resolvePath } from '#engine/rules/paths.ts';
import type { Included } from '../records/included.ts';
import { endOf } from '../records/projection.ts';

export interface ExportColumn {
  readonly path: string;
  readonly label: string;
  /** The field whose values stand in it: of a lookup or a roll-up, the one it takes them from. */
  readonly field: FieldModel;
}

export interface CellContext extends TextContext {
  readonly included: Included;
}

/** Paths are checked already. Lines stand in a file of their own. */
export function exportColumns(model: AppModel, table: TableModel, paths: readonly string[], locale: Locale): ExportColumn[] {
  return paths.flatMap((path) => {
    const resolved = resolvePath(model.tables, table.name, path);
    if (typeof resolved === 'string' || fieldTypeOf(resolved.field).storage === 'children') return [];
    const label = [...resolved.hops, resolved.field].map((field) => field.label[locale]).join(locale === 'en' ? ' · ' : '·');
    return [{ path, label, field: sourceOf(model, resolved.field) }];
  });
}

/** A value taken from elsewhere (a look-up, the largest of the children's amounts) looks as it does there. */
export function sourceOf(model: AppModel, field: FieldModel): FieldModel {
  const { of, table, function: how } = field.settings;
  if (!field.computed || how === 'count' || typeof of !== 'string' || typeof table !== 'string') return endOf(model, field);
  const source = resolvePath(model.tables, table, of);
  return typeof source === 'object' ? endOf(model, source.field) : field;
}

/** As people read it; records and files by their titles. */
export function cellText({ field }: ExportColumn, value: Json, context: CellContext): string {
  if (value === null || value === undefined) return '';
  const titles = titlesOf(field, context.included);
  if (titles) return idsOf(value).map((id) => titles[id]?.title ?? '').filter((title) => title !== '').join(context.locale === 'en' ? ', ' : '、');
  // What is masked is a text whatever the type.
  if (typeof value === 'string' && value.includes('*')) return value;
  return fieldTypeOf(field).format(value, field, context);
}

/** Of a text file: numbers without grouping and currency, so that a program reads them. */
export function plainText(column: ExportColumn, value: Json, context: CellContext): string {
  const { field } = column;
  return typeof value === 'number' && fieldTypeOf(field).numberFormat ? String(value) : cellText(column, value, context);
}

export interface SheetCell {
  readonly value: string | number | Date | null;
  readonly format: string;
}

/** What a spreadsheet takes longer texts for is an error. */
const LONGEST_CELL = 32_767;

/** Numbers and dates as such, all else as text that no spreadsheet will take for a number or a formula. */
export function sheetCell(column: ExportColumn, value: Json, context: CellContext): SheetCell {
  const { field } = column;
  const type = fieldTypeOf(field);
  if (value === null || value === undefined) return { value: null, format: '@' };
  if (typeof value === 'number' && type.numberFormat) return { value, format: type.numberFormat(field) };
  const kind = type.kind(field);
  if (kind === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return { value: new Date(`${value}T00:00:00Z`), format: 'yyyy-mm-dd' };
  if (kind === 'dateTime' && typeof value === 'string' && !Number.isNaN(Date.parse(value))) return { value: new Date(`${toLocalDateTime(value, context.timeZone)}Z`), format: 'yyyy-mm-dd hh:mm' };
  const text = cellText(column, value, context);
  return { value: text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text || null, format: '@' };
}

function titlesOf(field: FieldModel, included: Included): Included[string] | undefined {
  const type = fieldTypeOf(field);
  const target = type.target?.(field);
  if (target !== undefined) return included[target] ?? {};
  return type.group === 'file' ? (included.file ?? {}) : undefined;
}

function idsOf(value: Json): string[] {
  return (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'string');
}
