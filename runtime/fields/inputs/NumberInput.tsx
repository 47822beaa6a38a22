import { Input, Rate } from 'antd';
import { useEffect, useState } from 'react';
import { FIELD_TYPES } from '#engine/fields/index.ts';
import type { FieldType, Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { useLocale } from '../../app/i18n/index.ts';
import { useApp } from '../../app/session.tsx';
import type { InputProps } from '../field-components.ts';
import { dayOf } from '../format.ts';
import { numberSetting, textSetting } from '../settings.ts';

function useText(field: FieldModel) {
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const type: FieldType = FIELD_TYPES[field.type];
  const context = { locale, timeZone, today: dayOf(new Date(), timeZone) };
  return {
    format: (value: Json) => (typeof value === 'string' ? value : type.format(value, field, context)),
    parse: (text: string) => type.parse(text, field, context),
  };
}

interface ParsedInputProps extends InputProps {
  readonly prefix?: string | undefined;
}

/** Reads what people write: 12.5万, 30%, 1h30, 1,200. Text that is no number stays, so that the form can say so. */
function ParsedInput({ field, value, onChange, id, describedBy, invalid, disabled, inCell, prefix }: ParsedInputProps) {
  const { format, parse } = useText(field);
  const [text, setText] = useState<string | null>(null);
  const [shown, setShown] = useState(value);
  // A value that comes from outside replaces what was typed.
  useEffect(() => {
    if (value !== shown) {
      setShown(value);
      setText(null);
    }
  }, [value, shown]);

  const read = (written: string) => {
    const result = parse(written);
    const next = 'issue' in result ? written : result.value;
    setShown(next);
    onChange(next);
    return 'issue' in result;
  };

  return (
    <Input
      id={id}
      inputMode="decimal"
      autoComplete="off"
      autoFocus={inCell ?? false}
      variant={inCell ? 'borderless' : 'outlined'}
      className="number-input"
      prefix={prefix}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      disabled={disabled ?? false}
      value={text ?? (value === null ? '' : format(value))}
      onFocus={(event) => event.target.select()}
      onChange={(event) => {
        setText(event.target.value);
        read(event.target.value);
      }}
      onBlur={() => {
        if (text !== null && !read(text)) setText(null);
      }}
    />
  );
}

export function NumberInput(props: InputProps) {
  return <ParsedInput {...props} />;
}

/** The sign of the currency stands before the amount; which one may depend on another field. */
export function MoneyInput(props: InputProps) {
  const locale = useLocale();
  const { model } = useApp();
  const named = props.record[textSetting(props.field, 'currencyField') ?? ''] ?? textSetting(props.field, 'currency') ?? model.settings.currency;
  const currency = typeof named === 'string' && /^[A-Z]{3}$/.test(named) ? named : model.settings.currency;
  const sign = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0).find((part) => part.type === 'currency')?.value;
  const plain: FieldModel = { ...props.field, settings: { ...props.field.settings, currency: undefined } };
  return <ParsedInput {...props} field={plain} prefix={sign} />;
}

export function RatingInput({ field, value, onChange, id, disabled, onDone }: InputProps) {
  return (
    <span className="rate-input">
      <Rate
        id={id}
        count={numberSetting(field, 'max', 5)}
        value={typeof value === 'number' ? value : 0}
        disabled={disabled ?? false}
        onChange={(next) => {
          onChange(next === 0 ? null : next);
          onDone?.();
        }}
      />
    </span>
  );
}
