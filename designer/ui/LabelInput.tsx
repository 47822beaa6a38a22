/** A text in both languages. Whoever fills in only one finds it in the other too. */
import { Input, type InputRef } from 'antd';
import type { Ref } from 'react';
import type { Label, Locale } from '#engine/errors.ts';
import { useTexts } from '../i18n/index.ts';

interface LabelInputProps {
  readonly id: string;
  readonly value: Label | undefined;
  /** Undefined when both are empty. */
  readonly onChange: (label: Label | undefined) => void;
  readonly many?: boolean;
  readonly first?: Ref<InputRef>;
  readonly placeholder?: string;
}

const MARKS: Readonly<Record<Locale, string>> = { 'zh-CN': '中', en: 'EN' };

export function LabelInput({ id, value, onChange, many, first, placeholder }: LabelInputProps) {
  const { name } = useTexts();
  const both: Label = value ?? { 'zh-CN': '', en: '' };
  const change = (locale: Locale, text: string) => {
    const next = { ...both, [locale]: text };
    onChange(next['zh-CN'] === '' && next.en === '' ? undefined : next);
  };
  const complete = () => {
    const one = both['zh-CN'] || both.en;
    if (one && (!both['zh-CN'] || !both.en)) onChange({ 'zh-CN': both['zh-CN'] || one, en: both.en || one });
  };
  const shared = (locale: Locale) => ({
    value: both[locale],
    placeholder: placeholder ?? name[locale === 'en' ? 'en' : 'zh'],
    'aria-label': name[locale === 'en' ? 'en' : 'zh'],
    maxLength: 200,
  });
  return (
    <span
      className="label-input"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) complete();
      }}
    >
      {many ? (
        <>
          <Input.TextArea id={id} autoSize={{ minRows: 2, maxRows: 6 }} {...shared('zh-CN')} onChange={(event) => change('zh-CN', event.target.value)} />
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} {...shared('en')} onChange={(event) => change('en', event.target.value)} />
        </>
      ) : (
        <>
          <Input id={id} {...(first && { ref: first })} prefix={<span className="label-mark">{MARKS['zh-CN']}</span>} {...shared('zh-CN')} onChange={(event) => change('zh-CN', event.target.value)} />
          <Input prefix={<span className="label-mark">{MARKS.en}</span>} {...shared('en')} onChange={(event) => change('en', event.target.value)} />
        </>
      )}
    </span>
  );
}
