/** What a chart is grouped by: fields, calendar units of dates, bands of numbers. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select, Switch } from 'antd';
import { type Grain, GRAINS } from '#engine/charts/aggregate.ts';
import type { DimensionDefinition } from '#engine/charts/definitions.ts';
import { moveItem, patched } from '#engine/changes/edits.ts';
import { optionsOf } from '#engine/model/app-model.ts';
import { resolvePath } from '#engine/rules/paths.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useDraft } from '../draft/draft-context.ts';
import type { EditorProps } from '../settings/editor.ts';
import { usePathName } from '../settings/ColumnsEditor.tsx';
import { SortableList } from '../ui/SortableList.tsx';
import { PathSelect } from './PathSelect.tsx';
import { useChartTexts } from './texts.ts';

const GROUPABLE: readonly ValueKind[] = ['text', 'number', 'boolean', 'date', 'dateTime', 'option', 'reference'];
const MOST = 3;

export function DimensionsEditor({ id, value, onChange, of }: EditorProps) {
  const texts = useChartTexts();
  const dimensions = Array.isArray(value) ? (value as DimensionDefinition[]) : [];
  const nameOf = usePathName(of ?? '');
  const set = (next: readonly DimensionDefinition[]) => onChange(next.length > 0 ? next : undefined);
  const ids = dimensions.map((_, index) => String(index));
  return (
    <div className="columns-editor" id={id}>
      <SortableList ids={ids} nameOf={(at) => nameOf(dimensions[Number(at)]?.field ?? '')} onMove={(from, to) => set(moveItem(dimensions, from, to))}>
        {(at, handle) => {
          const index = Number(at);
          const dimension = dimensions[index];
          if (!dimension) return null;
          return (
            <div className="chart-part">
              <div className="chart-part-head">
                {handle}
                <PathSelect id={`${id}-${at}`} table={of} value={dimension.field} kinds={GROUPABLE} placeholder={texts.field} onChange={(field) => field && set(dimensions.map((own, i) => (i === index ? { field } : own)))} />
                <IconButton size="small" label={texts.remove} icon={<DeleteOutlined aria-hidden="true" />} onClick={() => set(dimensions.filter((_, i) => i !== index))} />
              </div>
              <DimensionSettings table={of} dimension={dimension} onChange={(patch) => set(dimensions.map((own, i) => (i === index ? patched(own, patch) : own)))} />
            </div>
          );
        }}
      </SortableList>
      {dimensions.length < MOST ? (
        <PathSelect id={`${id}-add`} table={of} value={undefined} kinds={GROUPABLE} placeholder={texts.addDimension} onChange={(field) => field && set([...dimensions, { field }])} />
      ) : null}
    </div>
  );
}

type Patch = { [Key in keyof DimensionDefinition]?: DimensionDefinition[Key] | undefined };

function DimensionSettings({ table, dimension, onChange }: { table: string | undefined; dimension: DimensionDefinition; onChange: (patch: Patch) => void }) {
  const texts = useChartTexts();
  const label = useLabel();
  const { model } = useDraft();
  const resolved = table === undefined ? undefined : resolvePath(model.tables, table, dimension.field);
  if (typeof resolved !== 'object') return null;
  const { kind, field } = resolved;
  const options = optionsOf(field);
  return (
    <div className="chart-part-body">
      {kind === 'date' || kind === 'dateTime' ? (
        <Select
          className="full"
          size="small"
          aria-label={texts.noGrain}
          value={dimension.grain ?? ''}
          options={[{ value: '', label: texts.noGrain }, ...GRAINS.map((grain) => ({ value: grain, label: texts.grain[grain] }))]}
          onChange={(grain: Grain | '') => onChange({ grain: grain || undefined, bands: undefined })}
        />
      ) : null}
      {kind === 'number' || ((kind === 'date' || kind === 'dateTime') && !dimension.grain) ? <NumbersInput label={texts.bands} placeholder={texts.bandsHint} value={dimension.bands} onChange={(bands) => onChange({ bands })} /> : null}
      {options.length > 0 ? (
        <>
          <Select
            mode="multiple"
            className="full"
            size="small"
            allowClear
            placeholder={texts.values}
            aria-label={texts.values}
            value={dimension.values ?? []}
            options={options.map((option) => ({ value: option.value, label: label(option.label) }))}
            onChange={(values: string[]) => onChange({ values: values.length > 0 ? values : undefined })}
          />
          <label className="chart-switch">
            <Switch size="small" checked={dimension.fill === true} onChange={(on) => onChange({ fill: on ? true : undefined })} /> {texts.fill}
          </label>
        </>
      ) : null}
    </div>
  );
}

export function NumbersInput({ label, placeholder, value, onChange, id }: { label: string; placeholder: string; value: readonly number[] | undefined; onChange: (numbers: number[] | undefined) => void; id?: string }) {
  const read = (text: string) => {
    const numbers = text.split(/[,，\s]+/).filter((part) => part !== '').map(Number);
    onChange(numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : undefined);
  };
  return <Input key={value?.join()} {...(id && { id })} size="small" aria-label={label} placeholder={placeholder} defaultValue={value?.join(', ') ?? ''} onBlur={(event) => read(event.target.value)} onPressEnter={(event) => read(event.currentTarget.value)} />;
}

export function AddButton({ text, onClick }: { text: string; onClick: () => void }) {
  return (
    <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={onClick}>
      {text}
    </Button>
  );
}
