/** A chart's type and everything that can be set of it, drawn from the schemas. Stands in views and on dashboards. */
import { ChartCommonSchema, type ChartDefinition, type DimensionDefinition } from '#engine/charts/definitions.ts';
import { CHART_TYPES, type ChartTypeName, chartTypeOf, isChartType } from '#engine/charts/index.ts';
import { patched } from '#engine/changes/edits.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { ChartTypeIcon } from '#runtime/charts/ChartTypeIcon.tsx';
import type { EditorProps, SettingContext } from '../settings/editor.ts';
import { SettingsForm } from '../settings/SettingsForm.tsx';
import { useChartTexts } from './texts.ts';

interface ChartSettingsProps {
  readonly chart: ChartDefinition;
  readonly context: SettingContext;
  readonly onChange: (chart: ChartDefinition) => void;
  /** Common settings that do not belong here: a view has its own table and filter. */
  readonly without?: readonly string[];
}

const ALWAYS_WITHOUT = ['name', 'label', 'type'];

export function ChartTypePicker({ value, onChange }: { value: string; onChange: (type: ChartTypeName) => void }) {
  const label = useLabel();
  const texts = useChartTexts();
  return (
    <div className="chart-types" role="radiogroup" aria-label={texts.type}>
      {Object.entries(CHART_TYPES).map(([name, type]) => (
        <button key={name} type="button" role="radio" aria-checked={value === name} className="chart-type" title={label(type.hint)} onClick={() => onChange(name as ChartTypeName)}>
          <ChartTypeIcon type={name} />
          <span>{label(type.label)}</span>
        </button>
      ))}
    </div>
  );
}

/** The same numbers drawn otherwise: settings that the other type does not have go, groupings it cannot draw too. */
export function withType(chart: ChartDefinition, type: ChartTypeName): ChartDefinition {
  const kept = new Set([...Object.keys(ChartCommonSchema.properties), ...Object.keys(CHART_TYPES[type].settings.properties)]);
  const most = CHART_TYPES[type].dimensions[1];
  const dimensions = (chart.dimensions ?? []).slice(0, most) as DimensionDefinition[];
  const { dimensions: _old, ...rest } = Object.fromEntries(Object.entries(chart).filter(([key]) => kept.has(key))) as unknown as ChartDefinition;
  return { ...rest, type, ...(dimensions.length > 0 && { dimensions }) };
}

export function ChartSettings({ chart, context, onChange, without = [] }: ChartSettingsProps) {
  const hidden = new Set([...ALWAYS_WITHOUT, ...without]);
  const own: SettingContext = { ...context, values: chart };
  const set = (name: string, value: unknown) => onChange(patched(chart, { [name]: value } as Partial<ChartDefinition>));
  return (
    <>
      <ChartTypePicker value={chart.type} onChange={(type) => onChange(withType(chart, type))} />
      <SettingsForm settings={ChartCommonSchema} context={own} onChange={set} shows={({ name }) => !hidden.has(name)} />
      {isChartType(chart.type) ? <SettingsForm settings={chartTypeOf(chart).settings} context={own} onChange={set} /> : null}
    </>
  );
}

/** The chart of a view: over the view's own table and filter. */
export function ViewChartEditor({ value, onChange, context }: EditorProps) {
  const chart = { name: 'chart', label: { 'zh-CN': '图表', en: 'Chart' }, ...(value as object), table: context.table } as ChartDefinition;
  return (
    <ChartSettings
      chart={chart}
      context={{ ...context, path: `${context.path}/chart` }}
      without={['table', 'filter', 'shared', 'description']}
      onChange={({ name: _name, label: _label, table: _table, ...rest }) => onChange(rest)}
    />
  );
}
