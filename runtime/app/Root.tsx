/** Everything around the screens: theme, language of antd and dayjs, query cache, router. */
import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useMemo, useState } from 'react';
import { RouterProvider } from 'react-router';
import { queryClient } from '../api/query-client.ts';
import { AppearanceContext, useSystemAppearance } from './appearance.ts';
import { useTranslation } from 'react-i18next';
import { type ExtraPage, ExtraPagesContext } from './extra-pages.ts';
import { isLocale, LocaleContext } from './i18n/index.ts';
import { createRouter } from './routes.tsx';
import { buildTheme, THEME_CLASS } from './theme.ts';

export function Root({ pages }: { pages: readonly ExtraPage[] }) {
  const [router] = useState(() => createRouter(pages));
  const appearance = useSystemAppearance();
  const { i18n } = useTranslation();
  const locale = isLocale(i18n.language) ? i18n.language : 'en';
  const theme = useMemo(() => buildTheme(appearance), [appearance]);
  dayjs.locale(locale === 'zh-CN' ? 'zh-cn' : 'en');

  useEffect(() => {
    document.documentElement.classList.add(THEME_CLASS);
    document.documentElement.dataset.appearance = appearance;
  }, [appearance]);

  return (
    <ConfigProvider
      theme={theme}
      locale={locale === 'zh-CN' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      form={{ requiredMark: true }}
    >
      <QueryClientProvider client={queryClient}>
        <AppearanceContext value={appearance}>
          <LocaleContext value={locale}>
            <ExtraPagesContext value={pages}>
              <App component={false}>
                <RouterProvider router={router} />
              </App>
            </ExtraPagesContext>
          </LocaleContext>
        </AppearanceContext>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
