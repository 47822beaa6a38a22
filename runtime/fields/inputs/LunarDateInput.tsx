import { Button, InputNumber, Select, Space } from 'antd';
import { CloseOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fromLunarValue, lunarDayName, lunarMonthName, toLunarValue } from '#engine/fields/lunar-value.ts';
import { nextKept } from '#engine/rules/lunar-calendar.ts';
import { useLocale } from '../../app/i18n/index.ts';
import { useApp } from '../../app/session.tsx';
import type { InputProps } from '../field-components.ts';
import { dayOf, formatDate } from '../format.ts';

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);
const DAYS = Array.from({ length: 30 }, (_, i) => i + 1);

/** Month and day by name, the year where it is known; under it the day on which it is kept next. */
export function LunarDateInput({ value, onChange, id, describedBy, invalid, disabled }: InputProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const given = toLunarValue(value);
  const [draft, setDraft] = useState<{ year: number | null; month: string | null; day: number | null }>(() => ({ year: given?.year ?? null, month: given ? `${given.leap ? 'L' : ''}${given.month}` : null, day: given?.day ?? null }));
  const shown = given ? { year: given.year, month: `${given.leap ? 'L' : ''}${given.month}`, day: given.day } : draft;
  const change = (part: Partial<typeof draft>) => {
    const next = { ...shown, ...part };
    setDraft(next);
    if (next.month !== null && next.day !== null) onChange(fromLunarValue({ year: next.year, leap: next.month.startsWith('L'), month: Number(next.month.replace('L', '')), day: next.day }));
    else if (value !== null) onChange(null);
  };
  const clear = () => {
    setDraft({ year: null, month: null, day: null });
    onChange(null);
  };
  const monthName = (month: number, leap: boolean): string => (locale === 'en' ? `${leap ? t('lunar.leap') : ''}${month}` : `${leap ? '闰' : ''}${lunarMonthName(month)}`);
  const months = [...MONTHS.map((month) => ({ value: String(month), label: monthName(month, false) })), ...MONTHS.map((month) => ({ value: `L${month}`, label: monthName(month, true) }))];
  const next = given && nextKept(given, dayOf(new Date(), timeZone));
  return (
    <div>
      <Space.Compact block>
        <Select id={id} aria-describedby={describedBy} className="full" status={invalid ? 'error' : ''} disabled={disabled ?? false} placeholder={t('lunar.month')} value={shown.month} options={months} showSearch={{ optionFilterProp: 'label' }} onChange={(month: string) => change({ month })} />
        <Select aria-label={t('lunar.day')} className="full" status={invalid ? 'error' : ''} disabled={disabled ?? false} placeholder={t('lunar.day')} value={shown.day} options={DAYS.map((day) => ({ value: day, label: locale === 'en' ? String(day) : lunarDayName(day) }))} showSearch={{ optionFilterProp: 'label' }} onChange={(day: number) => change({ day })} />
        <InputNumber aria-label={t('lunar.year')} className="full" disabled={disabled ?? false} placeholder={t('lunar.year')} min={1900} max={2100} controls={false} value={shown.year} onChange={(year) => change({ year: typeof year === 'number' ? year : null })} />
        {shown.month !== null || shown.day !== null ? <Button aria-label={t('lunar.clear')} icon={<CloseOutlined aria-hidden="true" />} disabled={disabled ?? false} onClick={clear} /> : null}
      </Space.Compact>
      {next ? <span className="quiet">{t('lunar.next', { date: formatDate(next, locale) })}</span> : null}
    </div>
  );
}
