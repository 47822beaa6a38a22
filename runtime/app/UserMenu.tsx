import { GlobalOutlined, LogoutOutlined, QuestionCircleOutlined, SafetyCertificateOutlined, SettingOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Locale } from '#engine/errors.ts';
import { changeOwn, signOut } from '../api/session.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { setLocale, useLocale } from './i18n/index.ts';
import { isAdministrator, isAuditor, SESSION_KEY, useApp } from './session.tsx';
import { useShell } from './shell-context.ts';

export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { 'zh-CN': '简体中文', en: 'English' };

/** Changes the language here at once, and for the person's next browser. */
export function useSwitchLocale(): (locale: Locale) => void {
  const client = useQueryClient();
  return (locale) => {
    setLocale(locale);
    changeOwn({ locale }).then(
      (user) => client.setQueryData(SESSION_KEY, user),
      // The choice already holds in this browser; the server will hear of it next time.
      () => undefined,
    );
  };
}

export function useSignOut(): () => Promise<void> {
  return async () => {
    await signOut();
    // All that was read goes with the page. Cleared under a page still shown, it would be asked for again, by nobody.
    window.location.assign('/sign-in');
  };
}

export function UserMenu({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation();
  const app = useApp();
  const { user } = app;
  const { openHelp } = useShell();
  const locale = useLocale();
  const navigate = useNavigate();
  const switchLocale = useSwitchLocale();
  const leave = useSignOut();
  return (
    <Dropdown
      trigger={['click']}
      placement="topLeft"
      menu={{
        items: [
          { key: 'profile', icon: <SettingOutlined aria-hidden="true" />, label: t('app.profile'), onClick: () => void navigate('/profile') },
          ...(isAdministrator(app) || isAuditor(app) ? [{ key: 'system', icon: <SafetyCertificateOutlined aria-hidden="true" />, label: t('app.system'), onClick: () => void navigate('/system') }] : []),
          {
            key: 'language',
            icon: <GlobalOutlined aria-hidden="true" />,
            label: t('app.language'),
            children: (Object.keys(LOCALE_NAMES) as Locale[]).map((name) => ({
              key: name,
              label: LOCALE_NAMES[name],
              disabled: name === locale,
              onClick: () => switchLocale(name),
            })),
          },
          { key: 'keys', icon: <QuestionCircleOutlined aria-hidden="true" />, label: t('app.keys'), onClick: openHelp },
          { type: 'divider' },
          { key: 'leave', icon: <LogoutOutlined aria-hidden="true" />, label: t('app.signOut'), onClick: () => void leave() },
        ],
      }}
    >
      <Button type="text" className="user-button" aria-label={user.name}>
        <Avatar name={user.name} size={24} />
        {collapsed ? null : <span className="user-name">{user.name}</span>}
      </Button>
    </Dropdown>
  );
}
