import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Tag } from 'antd';
import { useState } from 'react';
import { stopSecondFactor } from '../api/accounts.ts';
import { SESSION_KEY, useApp } from '../app/session.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { FactorSetup } from './FactorSetup.tsx';
import { useAccountTexts } from './texts.ts';

export function SecondFactorSection() {
  const texts = useAccountTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const client = useQueryClient();
  const { user, model } = useApp();
  const [open, setOpen] = useState(false);
  const read = () => client.invalidateQueries({ queryKey: SESSION_KEY });
  const done = () => {
    setOpen(false);
    void read();
  };
  const stop = async (password: string) => {
    try {
      await stopSecondFactor(password);
      toast({ text: texts.removed });
      done();
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    }
  };
  return (
    <section className="page-section">
      <h2>{texts.factor} <Tag color={user.secondFactor ? 'green' : 'default'}>{user.secondFactor ? texts.on : texts.off}</Tag></h2>
      <p className="quiet">{user.hasPassword ? texts.factorHint : texts.passwordFirst}</p>
      {!user.hasPassword ? null : !user.secondFactor ? (
        open ? <FactorSetup onDone={done} onCancel={() => setOpen(false)} /> : <Button onClick={() => setOpen(true)}>{texts.turnOn}</Button>
      ) : model.settings.secondFactor === 'required' ? null : open ? (
        <Form layout="vertical" requiredMark={false} onFinish={({ current }: { current: string }) => void stop(current)}>
          <Form.Item name="current" label={texts.password} rules={[{ required: true, message: texts.required(texts.password) }]}>
            <Input.Password autoComplete="current-password" autoFocus />
          </Form.Item>
          <Button danger htmlType="submit">{texts.turnOff}</Button> <Button onClick={() => setOpen(false)}>{texts.cancel}</Button>
        </Form>
      ) : (
        <Button onClick={() => setOpen(true)}>{texts.turnOff}</Button>
      )}
    </section>
  );
}
