import { Input } from 'antd';
import type { HTMLInputTypeAttribute } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldCell } from '../FieldCell.tsx';
import type { InputProps } from '../field-components.ts';
import { numberSetting } from '../settings.ts';

function textInput(type: HTMLInputTypeAttribute, inputMode: 'text' | 'email' | 'tel' | 'url') {
  return function OneLineInput({ field, value, onChange, id, describedBy, invalid, disabled, inCell }: InputProps) {
    const limit = numberSetting(field, 'maxLength');
    return (
      <Input
        id={id}
        type={type}
        inputMode={inputMode}
        autoComplete="off"
        autoFocus={inCell ?? false}
        variant={inCell ? 'borderless' : 'outlined'}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        status={invalid ? 'error' : ''}
        disabled={disabled ?? false}
        maxLength={limit}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      />
    );
  };
}

export const TextInput = textInput('text', 'text');
export const EmailInput = textInput('email', 'email');
export const PhoneInput = textInput('tel', 'tel');
export const UrlInput = textInput('url', 'url');

export function LongTextInput({ field, value, onChange, id, describedBy, invalid, disabled, inCell }: InputProps) {
  return (
    <Input.TextArea
      id={id}
      autoFocus={inCell ?? false}
      variant={inCell ? 'borderless' : 'outlined'}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      disabled={disabled ?? false}
      maxLength={numberSetting(field, 'maxLength')}
      autoSize={{ minRows: 3, maxRows: 12 }}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  );
}

/** What nobody types: shown where it will stand. */
export function ComputedInput({ field, value, record, included, id }: InputProps) {
  const { t } = useTranslation();
  return (
    <div id={id} className="computed-input">
      <FieldCell field={field} value={value} record={record} included={included} room="block" empty={field.computed ? t('field.computed') : t('field.autoNumber')} />
    </div>
  );
}
