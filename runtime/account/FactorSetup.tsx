/** The second factor set up: password again, the picture to scan, the first code, the recovery codes on paper. */
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { confirmSecondFactor, type Enrolment, startSecondFactor } from '../api/accounts.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import './account.css';
import { useAccountTexts } from './texts.ts';

interface FactorSetupProps {
  /** Known where it was set a moment ago; else it is asked for. */
  readonly password?: string | undefined;
  readonly onDone: () => void;
  readonly onCancel?: (() => void) | undefined;
}

export function FactorSetup({ password, onDone, onCancel }: FactorSetupProps) {
  const texts = useAccountTexts();
  const errorText = useErrorText();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [recovery, setRecovery] = useState<readonly string[] | null>(null);
  const [copied, setCopied] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    await work().catch((error: unknown) => setProblem(errorText(error)));
    setBusy(false);
  };
  const begin = (given: string) => attempt(async () => setEnrolment(await startSecondFactor(given)));
  const confirm = (code: string) => attempt(async () => setRecovery(await confirmSecondFactor(code)));
  const cancel = onCancel ? <Button onClick={onCancel}>{texts.cancel}</Button> : null;
  const alert = problem ? <Alert type="error" showIcon title={problem} role="alert" /> : null;

  if (recovery) {
    return (
      <div className="factor-setup">
        <strong>{texts.recovery}</strong>
        <span>{texts.recoveryHint}</span>
        <ul className="recovery-codes">{recovery.map((code) => <li key={code}>{code}</li>)}</ul>
        <div>
          <Button onClick={() => void navigator.clipboard.writeText(recovery.join('\n')).then(() => setCopied(true))}>{copied ? texts.copied : texts.copy}</Button>{' '}
          <Button type="primary" onClick={onDone}>{texts.saved}</Button>
        </div>
      </div>
    );
  }
  if (enrolment) {
    return (
      <div className="factor-setup">
        <span>{texts.scan}</span>
        <img src={enrolment.qr} alt={enrolment.uri} />
        <span className="quiet">{texts.byHand} <code>{enrolment.secret}</code></span>
        {alert}
        <Form layout="vertical" requiredMark={false} onFinish={({ code }: { code: string }) => void confirm(code)}>
          <Form.Item name="code" label={texts.code} rules={[{ required: true, message: texts.required(texts.code) }]}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>{texts.confirm}</Button> {cancel}
        </Form>
      </div>
    );
  }
  if (password !== undefined) {
    return (
      <div className="factor-setup">
        {alert}
        <div>
          <Button type="primary" loading={busy} onClick={() => void begin(password)}>{texts.turnOn}</Button> {cancel}
        </div>
      </div>
    );
  }
  return (
    <div className="factor-setup">
      {alert}
      <Form layout="vertical" requiredMark={false} onFinish={({ current }: { current: string }) => void begin(current)}>
        <Form.Item name="current" label={texts.password} rules={[{ required: true, message: texts.required(texts.password) }]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>{texts.next}</Button> {cancel}
      </Form>
    </div>
  );
}
