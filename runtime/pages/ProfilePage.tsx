import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '#engine/errors.ts';
import { SecondFactorSection } from '../account/SecondFactorSection.tsx';
import { SessionsSection } from '../account/SessionsSection.tsx';
import { isProblem } from '../api/problem.ts';
import { changeOwn, type OwnChanges } from '../api/session.ts';
import type { User } from '../api/types.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { SESSION_KEY, useApp } from '../app/session.tsx';
import { LOCALE_NAMES, useSignOut, useSwitchLocale } from '../app/UserMenu.tsx';
import { NoticeSettings } from '../inbox/NoticeSettings.tsx';
import { usePermissionTexts } from '../system/permission-texts.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { useToast } from '../ui/toast.tsx';

interface PasswordForm {
  readonly current?: string;
  readonly next: string;
}

const PermissionDrawer = lazy(() => import('../system/PermissionDrawer.tsx').then((module) => ({ default: module.PermissionDrawer })));

function OwnPermissions({ user }: { user: Pick<User, 'id' | 'name'> }) {
  const texts = usePermissionTexts();
  const [open, setOpen] = useState(false);
  return (
    <section className="page-section">
      <h2>{texts.mine}</h2>
      <p className="quiet">{texts.mineHint}</p>
      <Button onClick={() => setOpen(true)}>{texts.show}</Button>
      {open ? (
        <Suspense fallback={null}>
          <PermissionDrawer user={user} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </section>
  );
}

export function ProfilePage() {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const toast = useToast();
  const errorText = useErrorText();
  const client = useQueryClient();
  const { user, model } = useApp();
  const switchLocale = useSwitchLocale();
  const leave = useSignOut();
  const [busy, setBusy] = useState<'name' | 'password' | null>(null);
  const [passwordForm] = Form.useForm<PasswordForm>();

  const save = async (part: 'name' | 'password', changes: OwnChanges, done: string) => {
    setBusy(part);
    try {
      client.setQueryData(SESSION_KEY, await changeOwn(changes));
      toast({ text: done });
      if (part === 'password') passwordForm.resetFields();
    } catch (error) {
      const field = isProblem(error) ? error.issues[0] : undefined;
      if (part === 'password' && field) {
        passwordForm.setFields([{ name: field.path.endsWith('current') ? 'current' : 'next', errors: [field.message] }]);
      } else toast({ kind: 'error', text: errorText(error) });
    } finally {
      setBusy(null);
    }
  };

  const roles = model.roles.filter((role) => user.roles.includes(role.name)).map((role) => label(role.label));
  return (
    <div className="page">
      <PageHead title={t('profile.title')} />
      <div className="page-body narrow">
        <div className="profile-card">
          <Avatar name={user.name} size={56} />
          <div>
            <strong>{user.name}</strong>
            <p>{[user.login, ...roles].join(' · ')}</p>
          </div>
        </div>
        <section className="page-section">
          <h2>{t('profile.account')}</h2>
          <Form layout="vertical" initialValues={{ name: user.name }} onFinish={({ name }: { name: string }) => void save('name', { name: name.trim() }, t('profile.saved'))}>
            <Form.Item name="name" label={t('profile.name')} rules={[{ required: true, whitespace: true, message: t('form.required', { field: t('profile.name') }) }]}>
              <Input autoComplete="name" maxLength={80} />
            </Form.Item>
            <Button htmlType="submit" loading={busy === 'name'}>
              {t('action.save')}
            </Button>
          </Form>
        </section>
        <section className="page-section">
          <h2>{t('profile.language')}</h2>
          <Segmented<Locale>
            value={locale}
            onChange={switchLocale}
            options={(Object.keys(LOCALE_NAMES) as Locale[]).map((name) => ({ value: name, label: LOCALE_NAMES[name] }))}
          />
        </section>
        <NoticeSettings />
        <section className="page-section">
          <h2>{user.hasPassword ? t('profile.changePassword') : t('profile.setPassword')}</h2>
          {user.hasPassword ? null : <p className="quiet">{t('profile.passwordHint')}</p>}
          <Form
            form={passwordForm}
            layout="vertical"
            requiredMark={false}
            onFinish={({ current, next }: PasswordForm) => void save('password', { password: { ...(current && { current }), next } }, t('profile.passwordSaved'))}
          >
            <input type="text" autoComplete="username" value={user.login} readOnly hidden />
            {user.hasPassword ? (
              <Form.Item name="current" label={t('profile.current')} rules={[{ required: true, message: t('signIn.passwordRequired') }]}>
                <Input.Password autoComplete="current-password" />
              </Form.Item>
            ) : null}
            <Form.Item name="next" label={t('profile.next')} rules={[{ required: true, min: 10, message: t('profile.short') }]}>
              <Input.Password autoComplete="new-password" />
            </Form.Item>
            <Form.Item
              name="repeat"
              label={t('profile.repeat')}
              dependencies={['next']}
              rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('profile.mismatch')))) })]}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
            <Button htmlType="submit" loading={busy === 'password'}>
              {user.hasPassword ? t('profile.changePassword') : t('profile.setPassword')}
            </Button>
          </Form>
        </section>
        <OwnPermissions user={user} />
        <SecondFactorSection />
        <SessionsSection />
        <section className="page-section">
          <Button danger onClick={() => void leave()}>
            {t('app.signOut')}
          </Button>
        </section>
      </div>
    </div>
  );
}
