/**
 * One record out of one row of texts: values for the table, records that are made with it, and every doubt with its column.
 * Nothing is changed silently; what was left out or completed is a warning, what cannot be stored is an error.
 */
import type { Issue, Label } from '../errors.ts';
import { readAmount } from '../fields/amount-text.ts';
import { moveDecimalPoint } from '../fields/columns.ts';
import type { Json, ParseResult, TextContext } from '../fields/field-type.ts';
import { digitsLost, toIssue } from '../fields/messages.ts';
import { splitPhones } from '../fields/phone-number.ts';
import { trimText } from '../fields/plain-text.ts';
import type { FieldModel, TableModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import { readSerial } from './date-serial.ts';
import { orderDate } from './date-order.ts';
import type { DataRow } from './data-rows.ts';
import { EMPTY_MARKS, NAME_TYPES } from './headings.ts';
import { type ChildPlan, type ColumnPlan, type PlannedColumn, planRows, type Slot } from './row-plan.ts';
import { type CellMark, cellKey } from './sheet.ts';
import type { ImportTarget } from './targets.ts';

export interface RowIssue {
  /** Null when it concerns the row as a whole. */
  readonly column: number | null;
  readonly level: 'error' | 'warning';
  readonly code: string;
  readonly message: Label;
}

export interface ChildReading {
  readonly table: string;
  /** Its field that will point at the record of this row. */
  readonly reference: string;
  readonly values: Readonly<Record<string, Json>>;
}

export interface RowReading {
  readonly row: number;
  readonly values: Readonly<Record<string, Json>>;
  readonly children: readonly ChildReading[];
  readonly issues: readonly RowIssue[];
}

export type Resolution = { readonly id: string } | { readonly failure: 'unknown' | 'several' };

export interface RowReader {
  readonly table: TableModel;
  readonly columns: readonly ColumnPlan[];
  readonly marks: ReadonlyMap<string, CellMark>;
  readonly date1904: boolean;
  readonly context: TextContext;
  /** Finds the record that a text names, by `lookup` or, when it is absent, by any of the naming fields. */
  readonly resolve: (field: FieldModel, lookup: FieldModel | undefined, text: string) => Resolution;
}

interface Cell {
  readonly plan: PlannedColumn;
  readonly text: string;
  readonly mark: CellMark | undefined;
}

/** Everything that is the same for all rows is worked out once; the answer reads one row. */
export function rowReader(reader: RowReader): (data: DataRow) => RowReading {
  const { own, children, required } = planRows(reader.columns, reader.table);
  return (data) => {
    const issues: RowIssue[] = [];
    const values: Record<string, Json> = {};
    readInto(values, own, data.row, data.cells, reader, issues);
    const title = values[reader.table.titleField] ?? null;
    const made: ChildReading[] = [];
    for (const { row, cells } of [data, ...data.continuations]) {
      for (const plan of children) {
        const child = readChild(plan, title, row, cells, reader, issues);
        if (child) made.push(child);
      }
    }
    for (const field of required) {
      if (isNull(values, field)) {
        issues.push({ column: null, level: 'error', ...toIssue('required', `缺少必填的“${field.label['zh-CN']}”`, `“${field.label.en}” is required`) });
      }
    }
    return { row: data.row, values: filledOf(values), children: made, issues };
  };
}

function readChild(plan: ChildPlan, title: Json, row: number, cells: readonly string[], reader: RowReader, issues: RowIssue[]): ChildReading | null {
  const values: Record<string, Json> = {};
  readInto(values, plan.slots, row, cells, reader, issues);
  if (Object.values(values).every((value) => value === null)) return null;
  const column = plan.slots[0]?.columns[0]?.index ?? null;
  const missing = plan.required.filter((field) => isNull(values, field));
  for (const field of missing) {
    if (field.name === plan.table.titleField && NAME_TYPES.has(field.type) && typeof title === 'string') values[field.name] = title;
    // A follow-up whose words nobody noted still happened: its date is not lost for them.
    else if (isFreeText(field)) {
      values[field.name] = PLACEHOLDER[reader.context.locale];
      issues.push({ column, level: 'warning', ...filledIn(field) });
    } else {
      issues.push({ column, level: 'warning', ...notCreated(plan.table, missing.filter((other) => !isFreeText(other))) });
      return null;
    }
  }
  return { table: plan.table.name, reference: plan.reference, values: filledOf(values) };
}

/** A blank cell says nothing: a new record takes the field's default, one that is there keeps what it has. */
function filledOf(values: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function isNull(values: Readonly<Record<string, Json>>, field: FieldModel): boolean {
  return (values[field.name] ?? null) === null;
}

function isFreeText(field: FieldModel): boolean {
  const type = fieldTypeOf(field);
  return type.group === 'text' && type.kind(field) === 'text' && !type.check;
}

function readInto(
  values: Record<string, Json>,
  slots: readonly Slot[],
  row: number,
  cells: readonly string[],
  reader: RowReader,
  issues: RowIssue[],
): void {
  for (const slot of slots) {
    const { target, columns } = slot;
    const filled: Cell[] = [];
    for (const plan of columns) {
      const text = meaningOf(cells[plan.index] ?? '', plan);
      const mark = reader.marks.size > 0 ? reader.marks.get(cellKey(row - 1, plan.index)) : undefined;
      if (text !== '' || mark !== undefined) filled.push({ plan, text, mark });
    }
    values[target.field.name] = null;
    const [first] = filled;
    if (!first) continue;
    const add: Report = (level, { code, message }, column = first.plan.index) => issues.push({ column, level, code, message });
    const marked = filled.find(({ mark }) => mark !== undefined);
    if (marked?.mark) add('error', MARKS[marked.mark], marked.plan.index);
    else values[target.field.name] = slot.isReference ? readReference(filled, target, reader, add) : readText(filled, slot, reader, add);
  }
}

const MARKS: Readonly<Record<CellMark, Pick<Issue, 'code' | 'message'>>> = {
  digits_lost: digitsLost(),
  formula_error: toIssue('formula_error', '单元格公式出错', 'The formula in this cell gives an error'),
  formula_empty: toIssue('formula_empty', '单元格公式没有计算结果，请在表格软件中打开并保存', 'The formula in this cell has no result; open and save the file in a spreadsheet program'),
};

type Report = (level: RowIssue['level'], issue: Pick<Issue, 'code' | 'message'>, column?: number) => unknown;

function meaningOf(cell: string, plan: PlannedColumn): string {
  if (cell === '') return '';
  const text = trimText(cell);
  return text.length <= 4 && !plan.keepsEmptyMarks && EMPTY_MARKS.has(text.toLowerCase()) ? '' : text;
}

function readText(cells: readonly Cell[], { target, type }: Slot, reader: RowReader, add: Report): Json {
  const { field } = target;
  const chosen = cells.length === 1 ? cells[0] : undefined;
  if (chosen?.plan.values && Object.hasOwn(chosen.plan.values, chosen.text)) return chosen.plan.values[chosen.text] ?? null;
  let text = cells.map((cell) => cell.text).join(' ');
  if (type.kind(field) === 'number' && chosen) text = withUnit(text, chosen.plan, add);
  if (type.group === 'time') {
    if (cells[0]?.plan.dateOrder) text = orderDate(text, cells[0].plan.dateOrder);
    const serial = readSerial(text, reader.date1904);
    if (serial) {
      text = serial;
      add('warning', toIssue('date_serial', `数字按日期 ${serial} 理解`, `The number was read as the date ${serial}`));
    }
  }
  let result: ParseResult = type.parse(text, field, reader.context);
  if ('issue' in result && result.issue.code === 'several_values') {
    const [one = '', ...others] = splitPhones(text);
    result = type.parse(one, field, reader.context);
    if ('value' in result) add('warning', toIssue('several_values', `只保留第一个，未导入：${others.join('、')}`, `Only the first is kept; not imported: ${others.join(', ')}`));
  }
  if ('issue' in result) {
    // An option nobody knows is left out of an optional field, so that the rest of the row is not lost for it.
    add(result.issue.code === 'unknown_option' && !field.required ? 'warning' : 'error', result.issue);
    return null;
  }
  if (result.warning) add('warning', result.warning);
  return result.value;
}

/** 年营收(万元): the heading's unit counts where the cell has none of its own. */
function withUnit(text: string, { unit }: PlannedColumn, add: Report): string {
  if (unit === undefined) return text;
  const reading = readAmount(text);
  if (!reading || 'lost' in reading) return text;
  if (reading.unit === undefined) return String(moveDecimalPoint(reading.value, unit));
  if (reading.unit !== unit) add('warning', toIssue('two_units', '单元格与表头的单位不同，以单元格为准', "The cell's unit differs from the heading's; the cell counts"));
  return text;
}

function readReference(cells: readonly Cell[], target: ImportTarget, reader: RowReader, add: Report): Json {
  const found: { id: string; cell: Cell }[] = [];
  const failed: { failure: 'unknown' | 'several'; cell: Cell }[] = [];
  for (const cell of cells) {
    if (cell.plan.values && Object.hasOwn(cell.plan.values, cell.text)) return cell.plan.values[cell.text] ?? null;
    const resolution = reader.resolve(target.field, cell.plan.target.lookup, cell.text);
    if ('id' in resolution) found.push({ id: resolution.id, cell });
    else failed.push({ failure: resolution.failure, cell });
  }
  const [first] = found;
  if (!first) {
    const doubt = failed.find(({ failure }) => failure === 'several') ?? failed[0];
    if (doubt) add(target.field.required ? 'error' : 'warning', notResolved(doubt.cell.text, target.field, doubt.failure), doubt.cell.plan.index);
    return null;
  }
  const other = found.find(({ id }) => id !== first.id);
  if (other) {
    add(
      'error',
      toIssue('two_records', `“${first.cell.text}”与“${other.cell.text}”不是同一条记录`, `“${first.cell.text}” and “${other.cell.text}” are different records`),
      other.cell.plan.index,
    );
  }
  return first.id;
}

function notResolved(text: string, field: FieldModel, failure: 'unknown' | 'several'): Pick<Issue, 'code' | 'message'> {
  const emptied = field.required ? { zh: '', en: '' } : { zh: '，已留空', en: '; left empty' };
  return failure === 'several'
    ? toIssue('several_records', `有多条记录名为“${text}”${emptied.zh}`, `Several records are called “${text}”${emptied.en}`)
    : toIssue('unknown_record', `没有找到“${text}”${emptied.zh}`, `“${text}” was not found${emptied.en}`);
}

const PLACEHOLDER: Label = { 'zh-CN': '（由导入生成）', en: '(made by import)' };

function filledIn(field: FieldModel): Pick<Issue, 'code' | 'message'> {
  return toIssue(
    'filled_in',
    `没有“${field.label['zh-CN']}”，写为“${PLACEHOLDER['zh-CN']}”`,
    `There is no ${field.label.en}; “${PLACEHOLDER.en}” is written`,
  );
}

function notCreated(table: TableModel, missing: readonly FieldModel[]): Pick<Issue, 'code' | 'message'> {
  const names = { zh: missing.map((field) => field.label['zh-CN']).join('、'), en: missing.map((field) => field.label.en).join(', ') };
  return toIssue('child_incomplete', `未生成“${table.label['zh-CN']}”：缺少${names.zh}`, `No ${table.label.en} was made: ${names.en} is missing`);
}
