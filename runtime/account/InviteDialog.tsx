/** A colleague's account and the link that lets them in, in one step. */
import { Alert, Button, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { type Invitation, inviteUser } from '../api/accounts.ts';
import { isProblem } from '../api/problem.ts';
import { refreshTable, useFewRecords } from '../api/records.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { isSystemOwner, useApp } from '../app/session.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useAccountTexts } from './texts.ts';

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const texts = useAccountTexts();
  const label = useLabel();
  const locale = useLocale();
  const errorText = useErrorText();
  const app = useApp();
  const { model, me } = app;
  // Nobody gives what is not below them; a system owner gives anything.
  const roles = isSystemOwner(app) ? model.roles : model.roles.filter((role) => !role.owner && (role.level ?? 0) < me.level);
  const [form] = Form.useForm<Invitation>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [made, setMade] = useState<{ name: string; url: string; mailed: boolean; waiting: string | undefined } | null>(null);
  const departments = useFewRecords('department', { fields: ['name'], sort: ['name'], limit: 200 }, true);
  const users = useFewRecords('user', { fields: ['name'], sort: ['name'], limit: 200 }, true);
  const choices = (found: typeof users) => (found.data?.data ?? []).map((record) => ({ value: record.id, label: String(record.name ?? '') }));

  const submit = async (values: Invitation) => {
    setBusy(true);
    setProblem(null);
    try {
      const { url, mailed, warnings } = await inviteUser({ ...values, name: values.name.trim(), login: values.login.trim(), locale });
      refreshTable('user');
      setMade({ name: values.name, url: new URL(url, window.location.origin).href, mailed, waiting: warnings?.[0]?.message });
    } catch (error) {
      const issues = isProblem(error, 422) ? error.issues : [];
      const known = issues.filter(({ path }) => ['name', 'login', 'roles', 'department', 'superior'].includes(path.slice(1)));
      form.setFields(known.map(({ path, message }) => ({ name: path.slice(1) as keyof Invitation, errors: [message] })));
      if (known.length === 0) setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal open title={texts.invite} onCancel={onClose} footer={null} width={480}>
      {made ? (
        <>
          <Alert type="success" showIcon title={texts.invited(made.name)} description={made.mailed ? texts.mailed : texts.notMailed} />
          {made.waiting ? <Alert type="warning" showIcon title={made.waiting} className="level-change" /> : null}
          <p>{texts.linkHint}</p>
          <Typography.Paragraph copyable className="sign-in-url">{made.url}</Typography.Paragraph>
          <Button type="primary" onClick={onClose}>{texts.done}</Button>
        </>
      ) : (
        <Form form={form} layout="vertical" onFinish={(values: Invitation) => void submit(values)}>
          {problem ? <Alert type="error" showIcon title={problem} role="alert" /> : null}
          <Form.Item name="name" label={texts.name} rules={[{ required: true, whitespace: true, message: texts.required(texts.name) }]}>
            <Input maxLength={80} autoFocus />
          </Form.Item>
          <Form.Item name="login" label={texts.login} rules={[{ required: true, whitespace: true, message: texts.required(texts.login) }]}>
            <Input maxLength={120} inputMode="email" autoComplete="off" />
          </Form.Item>
          <Form.Item name="roles" label={texts.roles} rules={[{ required: true, message: texts.required(texts.roles) }]}>
            <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={roles.map((role) => ({ value: role.name, label: label(role.label) }))} />
          </Form.Item>
          <Form.Item name="department" label={texts.department}>
            <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={choices(departments)} />
          </Form.Item>
          <Form.Item name="superior" label={texts.superior}>
            <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={choices(users)} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>{texts.send}</Button>
        </Form>
      )}
    </Modal>
  );
}
