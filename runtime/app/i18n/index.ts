/** Language of the runtime: what the person chose, else what the browser asks for. Texts of the model carry both languages. */
import i18next from 'i18next';
import { createContext, useContext } from 'react';
import { initReactI18next } from 'react-i18next';
import { LOCALES, type Label, type Locale } from '#engine/errors.ts';
import { en } from './en.ts';
import { type Catalogue, zhCN } from './zh-CN.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Catalogue };
  }
}

const STORED = 'relata.locale';

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

function detectLocale(): Locale {
  const stored = localStorage.getItem(STORED);
  if (isLocale(stored)) return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export const i18n = i18next.createInstance();

export function startI18n(): void {
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  void i18n.use(initReactI18next).init({
    lng: detectLocale(),
    fallbackLng: 'en',
    initAsync: false,
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
}

export function currentLocale(): Locale {
  return isLocale(i18n.language) ? i18n.language : 'en';
}

export function setLocale(locale: Locale): void {
  localStorage.setItem(STORED, locale);
  void i18n.changeLanguage(locale);
}

/** Set once at the root. Lists draw hundreds of cells; a context is read far cheaper than i18next is subscribed to. */
export const LocaleContext = createContext<Locale>('en');

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

/** Texts for cells, at the price of a context. */
export function useText(): typeof i18n.t {
  useLocale();
  return i18n.t;
}

/** Reads a label of the model in the person's language. */
export function useLabel(): (label: Label) => string {
  const locale = useLocale();
  return (label) => label[locale];
}
