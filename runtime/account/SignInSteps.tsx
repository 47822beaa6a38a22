/** What comes after name and password: the code; after an invitation: a password, and the offer of a second factor. */
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { signInByCode } from '../api/accounts.ts';
import { changeOwn } from '../api/session.ts';
import type { User } from '../api/types.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import './account.css';
import { FactorSetup } from './FactorSetup.tsx';
import { useAccountTexts } from './texts.ts';

export function CodeStep({ ticket, onEntered, onBack }: { ticket: string; onEntered: (user: User) => void; onBack: (problem: string | null) => void }) {
  const texts = useAccountTexts();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async ({ code }: { code: string }) => {
    setBusy(true);
    setProblem(null);
    try {
      onEntered(await signInByCode(ticket, code.trim()));
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(values: { code: string }) => void submit(values)}>
      {problem ? <Alert type="error" showIcon title={problem} role="alert" className="sign-in-problem" /> : null}
      <Form.Item name="code" label={texts.enter} extra={texts.enterHint} rules={[{ required: true, message: texts.required(texts.code) }]}>
        <Input size="large" autoComplete="one-time-code" maxLength={20} autoFocus />
      </Form.Item>
      <Button type="primary" size="large" htmlType="submit" block loading={busy}>{texts.next}</Button>
      <Button type="link" block onClick={() => onBack(null)}>{texts.back}</Button>
    </Form>
  );
}

export function WelcomeStep({ user, onEntered }: { user: User; onEntered: (user: User) => void }) {
  const texts = useAccountTexts();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<{ user: User; password: string } | null>(null);
  const [setup, setSetup] = useState(false);

  const submit = async ({ next }: { next: string }) => {
    setBusy(true);
    setProblem(null);
    try {
      setDone({ user: await changeOwn({ password: { next } }), password: next });
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  if (done && setup) return <FactorSetup password={done.password} onDone={() => onEntered({ ...done.user, secondFactor: true, mustEnrol: false })} onCancel={() => onEntered(done.user)} />;
  if (done) {
    return (
      <div className="factor-setup">
        <strong>{done.user.mustEnrol ? texts.must : texts.offer}</strong>
        <span>{done.user.mustEnrol ? texts.mustHint : texts.offerHint}</span>
        <div>
          <Button type="primary" onClick={() => setSetup(true)}>{texts.turnOn}</Button>{' '}
          {done.user.mustEnrol ? null : <Button onClick={() => onEntered(done.user)}>{texts.skip}</Button>}
        </div>
      </div>
    );
  }
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(values: { next: string }) => void submit(values)}>
      <p><strong>{texts.welcome(user.name)}</strong></p>
      {problem ? <Alert type="error" showIcon title={problem} role="alert" className="sign-in-problem" /> : null}
      <input type="text" autoComplete="username" value={user.login} readOnly hidden />
      <Form.Item name="next" label={texts.setPassword} extra={texts.setPasswordHint} rules={[{ required: true, min: 10, message: texts.tooShort }]}>
        <Input.Password size="large" autoComplete="new-password" autoFocus />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={texts.repeat}
        dependencies={['next']}
        rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(texts.mismatch))) })]}
      >
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" size="large" htmlType="submit" block loading={busy}>{texts.next}</Button>
    </Form>
  );
}
