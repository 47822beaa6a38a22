/** Editors of single settings of charts: their period, order, the names of measures, lists of numbers and of paths. */
import { CloseOutlined } from '@ant-design/icons';
import { DatePicker, InputNumber, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { type Grain, GRAINS } from '#engine/charts/aggregate.ts';
import type { ChartDefinition, MeasureDefinition } from '#engine/charts/definitions.ts';
import { type Period, type Range, RANGES } from '#engine/charts/period.ts';
import { moveItem } from '#engine/changes/edits.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { AddPath, usePathName } from '../settings/ColumnsEditor.tsx';
import type { EditorProps } from '../settings/editor.ts';
import { SortableList } from '../ui/SortableList.tsx';
import { NumbersInput } from './DimensionsEditor.tsx';
import { PathSelect } from './PathSelect.tsx';
import { useChartTexts } from './texts.ts';

const DATES: readonly ValueKind[] = ['date', 'dateTime'];
const DAY = 'YYYY-MM-DD';

export function PeriodInput({ value, onChange }: { value: Period; onChange: (period: Period) => void }) {
  const texts = useChartTexts();
  const { range } = value;
  return (
    <>
      <Select
        className="full"
        size="small"
        aria-label={texts.noPeriod}
        value={range}
        options={RANGES.map((name) => ({ value: name, label: texts.range[name] }))}
        onChange={(next: Range) => onChange(next === 'last' || next === 'next' ? { range: next, count: value.count ?? 12, unit: value.unit ?? 'month' } : { range: next })}
      />
      {range === 'last' || range === 'next' ? (
        <div className="chart-pair">
          <InputNumber size="small" min={1} max={400} precision={0} aria-label={texts.count} value={value.count ?? 1} onChange={(count) => onChange({ ...value, count: count ?? 1 })} />
          <Select size="small" aria-label={texts.grain.month} value={value.unit ?? 'month'} options={GRAINS.map((unit) => ({ value: unit, label: texts.grain[unit] }))} onChange={(unit: Grain) => onChange({ ...value, unit })} />
        </div>
      ) : null}
      {range === 'between' ? (
        <DatePicker.RangePicker
          size="small"
          className="full"
          allowEmpty
          value={[value.from ? dayjs(value.from) : null, value.to ? dayjs(value.to) : null]}
          onChange={(days) => onChange({ range, ...(days?.[0] && { from: days[0].format(DAY) }), ...(days?.[1] && { to: days[1].format(DAY) }) })}
        />
      ) : null}
    </>
  );
}

export function PeriodEditor({ id, value, onChange, of }: EditorProps) {
  const texts = useChartTexts();
  const period = value as ChartDefinition['period'];
  return (
    <div className="columns-editor" id={id}>
      <PathSelect id={`${id}-field`} table={of} value={period?.field} kinds={DATES} placeholder={texts.noPeriod} clearable onChange={(field) => onChange(field === undefined ? undefined : { range: 'thisMonth', ...period, field })} />
      {period ? <PeriodInput value={period} onChange={(next) => onChange({ field: period.field, ...next })} /> : null}
    </div>
  );
}

function useMeasureOptions(values: Readonly<Record<string, unknown>>): { value: string; label: string }[] {
  const label = useLabel();
  return Array.isArray(values.measures) ? (values.measures as MeasureDefinition[]).map((measure) => ({ value: measure.name, label: label(measure.label) })) : [];
}

export function MeasureNameEditor({ id, value, onChange, context }: EditorProps) {
  const texts = useChartTexts();
  return <Select id={id} className="full" allowClear placeholder={texts.none} value={typeof value === 'string' ? value : null} options={useMeasureOptions(context.values)} onChange={(name: string | null | undefined) => onChange(name ?? undefined)} />;
}

export function MeasureSortEditor({ id, value, onChange, context }: EditorProps) {
  const texts = useChartTexts();
  const sort = value as ChartDefinition['sort'];
  const options = useMeasureOptions(context.values);
  return (
    <div className="columns-editor">
      <Select id={id} className="full" allowClear placeholder={texts.natural} value={sort?.by ?? null} options={options} onChange={(by: string | null | undefined) => onChange(by ? { ...sort, by } : undefined)} />
      {sort ? (
        <label className="chart-switch">
          <Switch size="small" checked={sort.ascending === true} onChange={(on) => onChange(on ? { by: sort.by, ascending: true } : { by: sort.by })} /> {texts.ascending}
        </label>
      ) : null}
    </div>
  );
}

export function NumbersEditor({ id, schema, value, onChange }: EditorProps) {
  const label = useLabel();
  return <NumbersInput id={id} label={schema['x-label'] ? label(schema['x-label']) : ''} placeholder="0.8, 0.95" value={Array.isArray(value) ? (value as number[]) : undefined} onChange={onChange} />;
}

/** Field paths in their order, without more about each. */
export function PathsEditor({ id, value, onChange, of }: EditorProps) {
  const texts = useChartTexts();
  const table = of ?? '';
  const nameOf = usePathName(table);
  const paths = Array.isArray(value) ? (value as string[]) : [];
  const set = (next: readonly string[]) => onChange(next.length > 0 ? next : undefined);
  return (
    <div className="columns-editor" id={id}>
      <SortableList ids={paths} nameOf={nameOf} onMove={(from, to) => set(moveItem(paths, from, to))}>
        {(path, handle) => (
          <div className="column-line">
            {handle}
            <span className="ellipsis">{nameOf(path)}</span>
            <IconButton size="small" label={texts.remove} icon={<CloseOutlined aria-hidden="true" />} onClick={() => set(paths.filter((own) => own !== path))} />
          </div>
        )}
      </SortableList>
      <AddPath table={table} taken={paths} placeholder={texts.field} onChoose={(path) => set([...paths, path])} />
    </div>
  );
}
