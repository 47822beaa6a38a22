import { AimOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Cascader, Checkbox, Input, InputNumber, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import { loadRegions, namesOfRegion, type Region } from '#engine/fields/region-data.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { InputProps } from '../field-components.ts';

function part(value: Json, name: string): Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value[name] ?? null) : null;
}

interface RegionOption {
  readonly value: string;
  readonly label: string;
  readonly children?: RegionOption[];
}

function toOptions(regions: readonly Region[]): RegionOption[] {
  return regions.map((region) => ({ value: region.code, label: region.name, ...(region.children.length > 0 && { children: toOptions(region.children) }) }));
}

function pathTo(options: readonly RegionOption[], code: string): string[] {
  for (const option of options) {
    if (option.value === code) return [code];
    const below = option.children ? pathTo(option.children, code) : [];
    if (below.length > 0) return [option.value, ...below];
  }
  return [];
}

/** Province, city, district; any level may be the answer. */
export function RegionInput({ value, onChange, id, describedBy, invalid, disabled, inCell }: InputProps) {
  const { t } = useTranslation();
  const regions = useQuery({ queryKey: ['regions'], queryFn: async () => toOptions(await loadRegions()), staleTime: Number.POSITIVE_INFINITY });
  const code = part(value, 'code');
  const names = part(value, 'names');
  const path = typeof code === 'string' && regions.data ? pathTo(regions.data, code) : [];
  // An abolished district is not on offer any more, yet its record still reads.
  const written = path.length === 0 && Array.isArray(names) ? names.join(' ') : undefined;
  return (
    <Cascader<RegionOption>
      id={id}
      className="full"
      changeOnSelect
      showSearch
      variant={inCell ? 'borderless' : 'outlined'}
      autoFocus={inCell ?? false}
      aria-describedby={describedBy}
      status={invalid ? 'error' : ''}
      disabled={disabled ?? false}
      loading={regions.isPending}
      placeholder={written ?? t('field.region')}
      options={regions.data ?? []}
      value={path}
      onChange={(codes) => {
        const last = codes?.at(-1);
        onChange(typeof last === 'string' ? { code: last, names: namesOfRegion(last) } : null);
      }}
    />
  );
}

export function GeoPointInput({ value, onChange, id, describedBy, invalid, disabled }: InputProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const number = (name: 'lat' | 'lng') => {
    const found = part(value, name);
    return typeof found === 'number' ? found : null;
  };
  const change = (lat: number | null, lng: number | null) => onChange(lat === null && lng === null ? null : { lat, lng });
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => change(coords.latitude, coords.longitude),
      () => toast({ kind: 'warning', text: t('field.locateFailed') }),
    );
  return (
    <Space.Compact className="full">
      <InputNumber id={id} className="full" aria-describedby={describedBy} aria-label={t('field.latitude')} placeholder={t('field.latitude')} status={invalid ? 'error' : ''} disabled={disabled ?? false} value={number('lat')} onChange={(lat) => change(lat, number('lng'))} />
      <InputNumber className="full" aria-label={t('field.longitude')} placeholder={t('field.longitude')} status={invalid ? 'error' : ''} disabled={disabled ?? false} value={number('lng')} onChange={(lng) => change(number('lat'), lng)} />
      <IconButton type="default" label={t('field.locate')} icon={<AimOutlined aria-hidden="true" />} disabled={disabled ?? false} onClick={locate} />
    </Space.Compact>
  );
}

export function ChecklistInput({ value, onChange, id, describedBy, disabled }: InputProps) {
  const { t } = useTranslation();
  const steps = Array.isArray(value) ? value.map((step) => ({ text: String(part(step, 'text') ?? ''), done: part(step, 'done') === true })) : [];
  const change = (next: readonly { text: string; done: boolean }[]) => onChange(next.length > 0 ? [...next] : null);
  return (
    <div id={id} className="checklist-input" aria-describedby={describedBy}>
      {steps.map((step, index) => (
        <div key={index} className="files-line">
          <Checkbox checked={step.done} disabled={disabled ?? false} aria-label={step.text} onChange={(event) => change(steps.with(index, { ...step, done: event.target.checked }))} />
          <Input variant="borderless" aria-label={t('field.item')} value={step.text} disabled={disabled ?? false} maxLength={200} autoFocus={step.text === ''} onChange={(event) => change(steps.with(index, { ...step, text: event.target.value }))} />
          <IconButton size="small" label={t('action.remove')} icon={<DeleteOutlined aria-hidden="true" />} disabled={disabled ?? false} onClick={() => change(steps.filter((_, other) => other !== index))} />
        </div>
      ))}
      <Button type="dashed" size="small" icon={<PlusOutlined aria-hidden="true" />} disabled={disabled ?? false} onClick={() => change([...steps, { text: '', done: false }])}>
        {t('field.addItem')}
      </Button>
    </div>
  );
}

export function JsonInput({ value, onChange, id, describedBy, invalid, disabled }: InputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => (value === null ? '' : JSON.stringify(value, null, 2)));
  const [broken, setBroken] = useState(false);
  return (
    <>
      <Input.TextArea
        id={id}
        className="code-input"
        spellCheck={false}
        aria-describedby={describedBy}
        aria-invalid={invalid || broken}
        status={invalid || broken ? 'error' : ''}
        disabled={disabled ?? false}
        autoSize={{ minRows: 3, maxRows: 16 }}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          try {
            onChange(event.target.value.trim() === '' ? null : (JSON.parse(event.target.value) as Json));
            setBroken(false);
          } catch {
            // Half-typed JSON is no value yet; the last one that could be read stays.
            setBroken(true);
          }
        }}
      />
      {broken ? <span className="field-problem">{t('field.invalidJson')}</span> : null}
    </>
  );
}
