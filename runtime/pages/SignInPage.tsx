import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { APP_KEY } from '../api/events.ts';
import { type Entry, signIn, signInByLink } from '../api/session.ts';
import type { User } from '../api/types.ts';
import { isLocale, setLocale } from '../app/i18n/index.ts';
import { SESSION_KEY } from '../app/session.tsx';
import { LocaleSwitch } from '../app/LocaleSwitch.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';

const CodeStep = lazy(() => import('../account/SignInSteps.tsx').then((module) => ({ default: module.CodeStep })));
const WelcomeStep = lazy(() => import('../account/SignInSteps.tsx').then((module) => ({ default: module.WelcomeStep })));

/** The token stands behind `#`, which browsers send to no server and write in no log. */
const readToken = (): string | null => new URLSearchParams(window.location.hash.slice(1)).get('token');
/** The link of an invitation: whoever opens it sets a password first. */
const isInvitation = (): boolean => new URLSearchParams(window.location.hash.slice(1)).has('welcome');

function targetOf(state: unknown): string {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : null;
  return typeof from === 'string' && from.startsWith('/') && !from.startsWith('//') ? from : '/';
}

export function SignInPage() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const location = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const token = useRef<string | null | undefined>(undefined);
  if (token.current === undefined) token.current = readToken();
  const [byLink, setByLink] = useState(token.current !== null);

  const [ticket, setTicket] = useState<string | null>(null);
  const [invited, setInvited] = useState<User | null>(null);

  const enter = (user: User) => {
    client.setQueryData(SESSION_KEY, user);
    client.removeQueries({ queryKey: APP_KEY });
    if (isLocale(user.locale)) setLocale(user.locale);
    void navigate(targetOf(location.state), { replace: true });
  };

  const arrive = (entry: Entry, byInvitation = false) => {
    setByLink(false);
    if (!('user' in entry)) setTicket(entry.ticket);
    else if (byInvitation && !entry.user.hasPassword) setInvited(entry.user);
    else enter(entry.user);
  };

  // A link opened in the tab that already shows this page only changes what stands behind `#`.
  useEffect(() => {
    const onHash = () => {
      token.current = readToken();
      if (token.current) {
        setProblem(null);
        setByLink(true);
      }
    };
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);

  useEffect(() => {
    const link = token.current;
    if (!link) return;
    // A link works once: the token is spent even if React runs this effect again.
    token.current = null;
    const welcome = isInvitation();
    // Not while drawing: React may throw a first drawing away, and the token with it.
    window.history.replaceState(window.history.state, '', window.location.pathname);
    signInByLink(link).then((entry) => arrive(entry, welcome), () => {
      setByLink(false);
      setProblem(t('signIn.linkFailed'));
    });
  });

  const submit = async ({ login, password }: { login: string; password: string }) => {
    setBusy(true);
    setProblem(null);
    try {
      arrive(await signIn(login.trim(), password));
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-brand">
          <img src="/favicon.svg" alt="" width={32} height={32} />
          <h1>Relata</h1>
        </div>
        <p className="sign-in-tagline">{t('signIn.tagline')}</p>
        {problem ? <Alert type="error" showIcon title={problem} role="alert" className="sign-in-problem" /> : null}
        {ticket !== null ? (
          <Suspense fallback={null}>
            <CodeStep ticket={ticket} onEntered={enter} onBack={() => setTicket(null)} />
          </Suspense>
        ) : invited !== null ? (
          <Suspense fallback={null}>
            <WelcomeStep user={invited} onEntered={enter} />
          </Suspense>
        ) : byLink ? (
          <p className="sign-in-link" aria-live="polite">
            {t('signIn.link')}
          </p>
        ) : (
          <Form layout="vertical" requiredMark={false} onFinish={(values: { login: string; password: string }) => void submit(values)}>
            <Form.Item name="login" label={t('signIn.login')} rules={[{ required: true, message: t('signIn.loginRequired') }]}>
              <Input size="large" autoComplete="username" placeholder={t('signIn.loginHint')} autoFocus />
            </Form.Item>
            <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.passwordRequired') }]}>
              <Input.Password size="large" autoComplete="current-password" />
            </Form.Item>
            <Button type="primary" size="large" htmlType="submit" block loading={busy}>
              {t('signIn.submit')}
            </Button>
          </Form>
        )}
      </div>
      <LocaleSwitch />
    </div>
  );
}
