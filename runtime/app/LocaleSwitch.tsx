/** The language, for who is not signed in: kept in this browser. */
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Locale } from '#engine/errors.ts';
import { setLocale, useLocale } from './i18n/index.ts';
import { LOCALE_NAMES } from './UserMenu.tsx';

export function LocaleSwitch() {
  const { t } = useTranslation();
  return (
    <Segmented<Locale>
      value={useLocale()}
      onChange={setLocale}
      aria-label={t('app.language')}
      options={(Object.keys(LOCALE_NAMES) as Locale[]).map((name) => ({ value: name, label: LOCALE_NAMES[name] }))}
    />
  );
}
