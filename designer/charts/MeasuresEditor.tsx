/** What a chart measures: counts, sums, medians, ratios of them, each over the records of its own condition, of this or another table. */
import { DeleteOutlined, DownOutlined, RightOutlined } from '@ant-design/icons';
import { Select, Switch } from 'antd';
import { useState } from 'react';
import { AGGREGATE_FUNCTIONS } from '#engine/charts/aggregate.ts';
import { isCounted } from '#engine/charts/chart-request.ts';
import { type DimensionDefinition, MEASURE_FORMATS, type MeasureDefinition } from '#engine/charts/definitions.ts';
import { freeName, moveItem, patched } from '#engine/changes/edits.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import type { EditorProps } from '../settings/editor.ts';
import { TableEditor } from '../settings/NameEditors.tsx';
import { RuleInput } from '../settings/RuleEditor.tsx';
import { ColorPicker } from '../ui/ColorPicker.tsx';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { SortableList } from '../ui/SortableList.tsx';
import { AddButton } from './DimensionsEditor.tsx';
import { PathSelect } from './PathSelect.tsx';
import { useChartTexts } from './texts.ts';

const FUNCTIONS = [...AGGREGATE_FUNCTIONS, 'ratio', 'difference'] as const;
const NUMERIC: readonly ValueKind[] = ['number'];
const COMPARABLE: readonly ValueKind[] = ['number', 'date', 'dateTime'];
const ANY: readonly ValueKind[] = ['text', 'number', 'boolean', 'date', 'dateTime', 'option', 'reference'];
const MOMENTS: readonly ValueKind[] = ['dateTime'];
const DATES: readonly ValueKind[] = ['date', 'dateTime'];
const KINDS: Readonly<Partial<Record<MeasureDefinition['function'], readonly ValueKind[]>>> = { sum: NUMERIC, avg: NUMERIC, median: NUMERIC, p90: NUMERIC, min: COMPARABLE, max: COMPARABLE, count: ANY, countDistinct: ANY };

type Patch = { [Key in keyof MeasureDefinition]?: MeasureDefinition[Key] | undefined };

export function MeasuresEditor({ id, value, onChange, of, context }: EditorProps) {
  const texts = useChartTexts();
  const label = useLabel();
  const measures = Array.isArray(value) ? (value as MeasureDefinition[]) : [];
  const dimensions = Array.isArray(context.values.dimensions) ? (context.values.dimensions as DimensionDefinition[]) : [];
  const [open, setOpen] = useState<number | null>(measures.length === 1 ? 0 : null);
  const add = () => {
    const name = freeName('measure', measures.map((own) => own.name));
    onChange([...measures, { name, label: { 'zh-CN': '数量', en: 'Count' }, function: 'count' }]);
    setOpen(measures.length);
  };
  return (
    <div className="columns-editor" id={id}>
      <SortableList ids={measures.map((own) => own.name)} nameOf={(name) => label(measures.find((own) => own.name === name)?.label ?? { 'zh-CN': name, en: name })} onMove={(from, to) => onChange(moveItem(measures, from, to))}>
        {(name, handle) => {
          const index = measures.findIndex((own) => own.name === name);
          const measure = measures[index];
          if (!measure) return null;
          return (
            <div className="chart-part">
              <div className="chart-part-head">
                {handle}
                <button type="button" className="chart-part-title" aria-expanded={open === index} onClick={() => setOpen(open === index ? null : index)}>
                  {open === index ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />} <span className="ellipsis">{label(measure.label)}</span>
                  <span className="quiet">{texts.function[measure.function]}</span>
                </button>
                <IconButton size="small" label={texts.remove} icon={<DeleteOutlined aria-hidden="true" />} disabled={measures.length === 1} onClick={() => onChange(measures.filter((_, i) => i !== index))} />
              </div>
              {open === index ? <MeasureSettings id={`${id}-${name}`} table={of} measure={measure} others={measures.filter((own) => own !== measure && isCounted(own))} dimensions={dimensions} onChange={(patch) => onChange(measures.map((own, i) => (i === index ? patched(own, patch) : own)))} /> : null}
            </div>
          );
        }}
      </SortableList>
      <AddButton text={texts.addMeasure} onClick={add} />
    </div>
  );
}

interface MeasureSettingsProps {
  readonly id: string;
  readonly table: string | undefined;
  readonly measure: MeasureDefinition;
  readonly others: readonly MeasureDefinition[];
  readonly dimensions: readonly DimensionDefinition[];
  readonly onChange: (patch: Patch) => void;
}

function MeasureSettings({ id, table, measure, others, dimensions, onChange }: MeasureSettingsProps) {
  const texts = useChartTexts();
  const label = useLabel();
  const [more, setMore] = useState(measure.table !== undefined || measure.since !== undefined);
  const isRatio = !isCounted(measure);
  const own = measure.table ?? table;
  const part = (place: 0 | 1) => (
    <Select
      className="full"
      size="small"
      aria-label={place === 0 ? texts.above : texts.below}
      placeholder={place === 0 ? texts.above : texts.below}
      value={measure.of?.[place] || null}
      options={others.map((other) => ({ value: other.name, label: label(other.label) }))}
      onChange={(name: string) => onChange({ of: place === 0 ? [name, measure.of?.[1] ?? ''] : [measure.of?.[0] ?? '', name] })}
    />
  );
  return (
    <div className="chart-part-body">
      <LabelInput id={`${id}-label`} value={measure.label} onChange={(next) => onChange({ label: next ?? { 'zh-CN': '', en: '' } })} />
      <Select className="full" size="small" aria-label={texts.functionLabel} value={measure.function} options={FUNCTIONS.map((name) => ({ value: name, label: texts.function[name] }))} onChange={(name) => onChange({ function: name, ...(isCounted({ ...measure, function: name }) ? { of: undefined } : { field: undefined, filter: undefined, table: undefined, by: undefined, ...(name === 'ratio' && { format: 'percent' as const }) }) })} />
      {isRatio ? (
        <>
          {part(0)}
          {part(1)}
        </>
      ) : (
        <>
          <PathSelect id={`${id}-field`} table={own} value={measure.field} {...(KINDS[measure.function] && { kinds: KINDS[measure.function] as readonly ValueKind[] })} placeholder={measure.function === 'count' ? texts.records : texts.field} clearable={measure.function === 'count'} onChange={(field) => onChange({ field })} />
          <Setting id={`${id}-filter`} label={texts.filter}>
            <RuleInput id={`${id}-filter`} table={own} rule={measure.filter} onChange={(filter) => onChange({ filter })} />
          </Setting>
        </>
      )}
      <Select className="full" size="small" allowClear aria-label={texts.formatLabel} placeholder={texts.formatLabel} value={measure.format ?? null} options={MEASURE_FORMATS.map((name) => ({ value: name, label: texts.format[name] }))} onChange={(format) => onChange({ format: format ?? undefined })} />
      <div className="chart-flags">
        <label className="chart-switch"><Switch size="small" checked={measure.line === true} onChange={(on) => onChange({ line: on ? true : undefined })} /> {texts.line}</label>
        <label className="chart-switch"><Switch size="small" checked={measure.hidden === true} onChange={(on) => onChange({ hidden: on ? true : undefined })} /> {texts.hidden}</label>
        <span className="chart-switch"><ColorPicker label={texts.color} value={measure.color} onChange={(color) => onChange({ color })} /> {texts.color}</span>
      </div>
      {isRatio ? null : (
        <button type="button" className="link-button" onClick={() => setMore(!more)}>
          {more ? texts.less : texts.more}
        </button>
      )}
      {more && !isRatio ? (
        <>
          <Setting id={`${id}-table`} label={texts.otherTable}>
            <TableEditor id={`${id}-table`} schema={{}} value={measure.table} of={undefined} required={false} context={{ table: table ?? '', values: {}, path: '' }} onChange={(next) => onChange({ table: next as string | undefined, field: undefined, filter: undefined, by: next === undefined ? undefined : dimensions.map(() => '') })} />
          </Setting>
          {measure.table === undefined
            ? null
            : dimensions.map((dimension, i) => (
                <PathSelect key={dimension.field} id={`${id}-by-${i}`} table={measure.table} value={measure.by?.[i] || undefined} kinds={ANY} placeholder={`${texts.by} ${i + 1}`} onChange={(path) => onChange({ by: dimensions.map((_, k) => (k === i ? (path ?? '') : (measure.by?.[k] ?? ''))) })} />
              ))}
          {measure.table === undefined ? null : <PathSelect id={`${id}-date`} table={measure.table} value={measure.date} kinds={DATES} placeholder={texts.date} clearable onChange={(date) => onChange({ date })} />}
          <PathSelect id={`${id}-since`} table={own} value={measure.since} kinds={MOMENTS} placeholder={texts.since} clearable onChange={(since) => onChange({ since })} />
        </>
      ) : null}
    </div>
  );
}
