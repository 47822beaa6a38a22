/** Which columns make up the record of a row and each record below it. The same for all rows, so it is worked out once. */
import type { FieldType, Json } from '../fields/field-type.ts';
import type { FieldModel, TableModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import type { DateOrder } from './date-order.ts';
import { KEEPS_EMPTY_MARKS, parseHeading } from './headings.ts';
import type { ImportTarget } from './targets.ts';

export interface ColumnPlan {
  readonly index: number;
  readonly heading: string;
  readonly target: ImportTarget;
  /** How this column writes dates such as 03/04/2024; absent when that is not known. */
  readonly dateOrder?: DateOrder;
  /** What single texts mean, as somebody decided: 物流 -> transport. */
  readonly values?: Readonly<Record<string, Json>>;
}

export interface Slot {
  readonly target: ImportTarget;
  readonly type: FieldType;
  readonly isReference: boolean;
  readonly columns: readonly PlannedColumn[];
}

export interface PlannedColumn extends ColumnPlan {
  /** Power of ten of the unit in the heading. */
  readonly unit: number | undefined;
  readonly keepsEmptyMarks: boolean;
}

/** One child record a row may make: its columns, and what it cannot be without. */
export interface ChildPlan {
  readonly table: TableModel;
  readonly reference: string;
  readonly slots: readonly Slot[];
  readonly required: readonly FieldModel[];
}

export interface RowPlan {
  readonly own: readonly Slot[];
  readonly children: readonly ChildPlan[];
  readonly required: readonly FieldModel[];
}

export function planRows(columns: readonly ColumnPlan[], table: TableModel): RowPlan {
  const records = groupByRecord(columns);
  return {
    own: records.filter(([slot]) => !slot?.target.child).flat(),
    children: records.flatMap((slots) => childPlan(slots) ?? []),
    required: requiredFields(table),
  };
}

/** Columns of the record itself, then those of each child: the second contact has the columns 联系人2, 电话2. */
function groupByRecord(columns: readonly ColumnPlan[]): Slot[][] {
  const records = new Map<string, Map<string, Slot & { columns: PlannedColumn[] }>>();
  for (const plan of columns) {
    const { target } = plan;
    const { unit, ordinal = 1 } = parseHeading(plan.heading);
    const key = target.child ? `${target.child.table.name} ${ordinal}` : '';
    const record = records.get(key) ?? new Map<string, Slot & { columns: PlannedColumn[] }>();
    records.set(key, record);
    const type = fieldTypeOf(target.field);
    // Several columns may say which record is meant (number and name of a customer): they are one slot too.
    const slot = record.get(target.field.name) ?? { target, type, isReference: type.kind(target.field) === 'reference', columns: [] };
    slot.columns.push({ ...plan, unit, keepsEmptyMarks: KEEPS_EMPTY_MARKS.has(target.field.type) });
    record.set(target.field.name, slot);
  }
  return [...records.values()].map((record) => [...record.values()]);
}

function childPlan(slots: readonly Slot[]): ChildPlan | null {
  const child = slots[0]?.target.child;
  if (!child) return null;
  const required = requiredFields(child.table).filter((field) => field.name !== child.reference.name);
  return { table: child.table, reference: child.reference.name, slots, required };
}

function requiredFields(table: TableModel): FieldModel[] {
  return Object.values(table.fields).filter((field) => field.required && field.default === undefined && !field.computed && !fieldTypeOf(field).computed);
}
