/** What all charts of a dashboard are narrowed by: a period, people, options. */
import { CalendarOutlined } from '@ant-design/icons';
import { Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useMemo } from 'react';
import type { SharedValue } from '#engine/charts/chart-request.ts';
import { parsePeriod, printPeriod, RANGES } from '#engine/charts/period.ts';
import type { DashboardDefinition, SharedFilterDefinition } from '#engine/dashboards/definitions.ts';
import type { SharedValues } from '#engine/dashboards/shared-values.ts';
import { optionsOf } from '#engine/model/app-model.ts';
import { useFewRecords } from '../api/records.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { resolveFieldPath } from '../model/paths.ts';
import { titleOf } from '../model/titles.ts';
import { useDashboardTexts } from './texts.ts';

interface FilterProps<Kind extends SharedValue = SharedValue> {
  readonly filter: SharedFilterDefinition;
  readonly value: SharedValue | undefined;
  readonly onChange: (value: Kind) => void;
}

const DAY = 'YYYY-MM-DD';

function PeriodFilter({ filter, value, onChange }: FilterProps) {
  const texts = useDashboardTexts();
  const label = useLabel();
  const period = value && 'period' in value ? value.period : { range: 'all' as const };
  const written = period.range === 'between' ? 'between' : printPeriod(period);
  const choices = [...RANGES.filter((range) => Object.hasOwn(texts.range, range)).map((range) => ({ value: range as string, label: texts.range[range as keyof typeof texts.range] })), ...Object.entries(texts.last).map(([name, text]) => ({ value: name, label: text })), { value: 'between', label: texts.between }];
  const known = choices.some((choice) => choice.value === written) ? choices : [{ value: written, label: written }, ...choices];
  return (
    <>
      <Select
        className="shared-filter"
        prefix={<CalendarOutlined aria-hidden="true" />}
        value={written}
        options={known}
        popupMatchSelectWidth={false}
        aria-label={label(filter.label)}
        onChange={(next: string) => {
          const own = next === 'between' ? { range: 'between' as const, from: dayjs().startOf('month').format(DAY), to: dayjs().format(DAY) } : parsePeriod(next);
          if (own) onChange({ period: own });
        }}
      />
      {period.range === 'between' ? (
        <DatePicker.RangePicker
          allowEmpty
          value={[period.from ? dayjs(period.from) : null, period.to ? dayjs(period.to) : null]}
          onChange={(days) => onChange({ period: { range: 'between', ...(days?.[0] && { from: days[0].format(DAY) }), ...(days?.[1] && { to: days[1].format(DAY) }) } })}
        />
      ) : null}
    </>
  );
}

function OptionFilter({ filter, value, onChange, options }: FilterProps & { options: readonly { value: string; label: string }[] }) {
  const texts = useDashboardTexts();
  const label = useLabel();
  return (
    <Select
      className="shared-filter"
      mode="multiple"
      maxTagCount={1}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      placeholder={`${label(filter.label)}: ${texts.all}`}
      aria-label={label(filter.label)}
      value={value && 'is' in value ? value.is.map(String) : []}
      options={[...options]}
      onChange={(is: string[]) => onChange({ is })}
    />
  );
}

function ReferenceFilter(props: FilterProps & { target: string }) {
  const { model } = useApp();
  const table = model.tables[props.target];
  const found = useFewRecords(props.target, { fields: [table?.titleField ?? 'id'], limit: 100, sort: [table?.titleField ?? 'id'] }, table !== undefined);
  const options = useMemo(() => (table ? (found.data?.data ?? []).map((record) => ({ value: record.id, label: titleOf(table, record, found.data?.included ?? {}) || record.id })) : []), [found.data, table]);
  return <OptionFilter {...props} options={options} />;
}

function ValueFilter(props: FilterProps) {
  const label = useLabel();
  const { model } = useApp();
  const { values } = props.filter;
  const field = values && resolveFieldPath(model, values.table, values.field)?.field;
  if (!field) return null;
  if (field.target !== undefined) return <ReferenceFilter {...props} target={field.target} />;
  return <OptionFilter {...props} options={optionsOf(field).map((option) => ({ value: option.value, label: label(option.label) }))} />;
}

interface SharedFiltersProps {
  readonly dashboard: DashboardDefinition;
  readonly shared: SharedValues;
  readonly changed: boolean;
  readonly onChange: (name: string, value: SharedValue) => void;
  readonly onReset: () => void;
}

export function SharedFilters({ dashboard, shared, changed, onChange, onReset }: SharedFiltersProps) {
  const texts = useDashboardTexts();
  const filters = dashboard.filters ?? [];
  if (filters.length === 0) return null;
  return (
    <div className="shared-filters" role="toolbar">
      {filters.map((filter) => {
        const props: FilterProps = { filter, value: shared[filter.name], onChange: (value) => onChange(filter.name, value) };
        return filter.period ? <PeriodFilter key={filter.name} {...props} /> : <ValueFilter key={filter.name} {...props} />;
      })}
      {changed ? (
        <Button type="link" size="small" onClick={onReset}>
          {texts.reset}
        </Button>
      ) : null}
    </div>
  );
}
