import { Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { type FieldModel, optionsOf } from '#engine/model/app-model.ts';
import { useLabel } from '../../app/i18n/index.ts';
import { OptionTag } from '../cells/ChoiceCell.tsx';
import type { InputProps } from '../field-components.ts';

/** Retired options are offered no more, but one that is already chosen stays readable. */
function useOptions(field: FieldModel, chosen: readonly string[]) {
  const label = useLabel();
  return optionsOf(field)
    .filter((option) => !option.retired || chosen.includes(option.value))
    .map((option) => ({ value: option.value, text: label(option.label), label: <OptionTag text={label(option.label)} color={option.color} retired={option.retired} /> }));
}

export function SelectInput({ field, value, onChange, id, describedBy, invalid, disabled, inCell, onDone }: InputProps) {
  const options = useOptions(field, typeof value === 'string' ? [value] : []);
  return (
    <Select
      id={id}
      className="full"
      allowClear={!field.required}
      showSearch={{ optionFilterProp: 'text' }}
      autoFocus={inCell ?? false}
      defaultOpen={inCell ?? false}
      variant={inCell ? 'borderless' : 'outlined'}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      disabled={disabled ?? false}
      value={typeof value === 'string' ? value : null}
      options={options}
      onChange={(next: string | null | undefined) => {
        onChange(next ?? null);
        onDone?.();
      }}
    />
  );
}

export function MultiSelectInput({ field, value, onChange, id, describedBy, invalid, disabled, inCell }: InputProps) {
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const options = useOptions(field, chosen);
  return (
    <Select
      id={id}
      mode="multiple"
      className="full"
      showSearch={{ optionFilterProp: 'text' }}
      autoFocus={inCell ?? false}
      defaultOpen={inCell ?? false}
      variant={inCell ? 'borderless' : 'outlined'}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      disabled={disabled ?? false}
      value={chosen}
      options={options}
      optionLabelProp="text"
      onChange={(next: string[]) => onChange(next.length > 0 ? next : null)}
    />
  );
}

export function TagsInput({ value, onChange, id, describedBy, invalid, disabled, inCell }: InputProps) {
  return (
    <Select
      id={id}
      mode="tags"
      className="full"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '，', '、', ';', '；']}
      autoFocus={inCell ?? false}
      variant={inCell ? 'borderless' : 'outlined'}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      disabled={disabled ?? false}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(next: string[]) => {
        const words = [...new Set(next.map((word) => word.trim()).filter(Boolean))];
        onChange(words.length > 0 ? words : null);
      }}
    />
  );
}

export function BooleanInput({ value, onChange, id, describedBy, disabled, onDone }: InputProps) {
  const { t } = useTranslation();
  return (
    <span className="switch-input">
      <Switch
        id={id}
        checked={value === true}
        disabled={disabled ?? false}
        aria-describedby={describedBy}
        onChange={(next) => {
          onChange(next);
          onDone?.();
        }}
      />
      <span className="quiet">{value === true ? t('field.yes') : t('field.no')}</span>
    </span>
  );
}
