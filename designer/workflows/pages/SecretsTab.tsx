/** Secrets of requests: named, set and deleted; never read back. */
import { KeyOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { fill } from '../../i18n/index.ts';
import { Setting } from '../../ui/Setting.tsx';
import { isName } from '../../ui/suggest-name.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { deleteSecret, putSecret, SECRETS_KEY, useSecrets } from '../api.ts';
import { useRunTexts } from '../runs/texts.ts';

export function SecretsTab() {
  const { secrets: texts } = useRunTexts();
  const found = useSecrets();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const [editing, setEditing] = useState<string | null>(null);
  const remove = (name: string) =>
    modal.confirm({
      title: fill(texts.removeTitle, { name }),
      content: texts.removeText,
      okText: texts.remove,
      okButtonProps: { danger: true },
      onOk: () =>
        deleteSecret(name).then(
          () => {
            void queries.invalidateQueries({ queryKey: SECRETS_KEY });
            toast({ text: texts.removed });
          },
          (error: unknown) => toast({ kind: 'error', text: errorText(error) }),
        ),
    });
  if (found.isPending) return <Skeleton active className="tab-body" />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setEditing('')}>
      {texts.add}
    </Button>
  );
  return (
    <div className="tab-body">
      {found.data.length === 0 ? (
        <EmptyState title={texts.empty} hint={texts.hint} action={add} />
      ) : (
        <>
          <p className="quiet">{texts.hint}</p>
          <ul className="secret-list">
            {found.data.map((name) => (
              <li key={name}>
                <KeyOutlined className="quiet" aria-hidden="true" /> <code>{`{{$secrets.${name}}}`}</code>
                <Button size="small" onClick={() => setEditing(name)}>
                  {texts.set}
                </Button>
                <Button size="small" danger type="text" onClick={() => remove(name)}>
                  {texts.remove}
                </Button>
              </li>
            ))}
          </ul>
          {add}
        </>
      )}
      {editing === null ? null : <SecretDialog name={editing} taken={found.data} onClose={() => setEditing(null)} />}
    </div>
  );
}

/** `name`: '' for a new one. */
function SecretDialog({ name: own, taken, onClose }: { name: string; taken: readonly string[]; onClose: () => void }) {
  const { secrets: texts } = useRunTexts();
  const queries = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  useReturnFocus();
  const [name, setName] = useState(own);
  const [value, setValue] = useState('');
  const [busy, setBusy] = useState(false);
  const wrong = own === '' && name !== '' && (!isName(name) || taken.includes(name));
  const save = async () => {
    setBusy(true);
    try {
      await putSecret(name, value);
      await queries.invalidateQueries({ queryKey: SECRETS_KEY });
      toast({ text: texts.saved });
      onClose();
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
      setBusy(false);
    }
  };
  return (
    <Modal open title={own === '' ? texts.add : `${texts.set}: ${own}`} okText={texts.save} confirmLoading={busy} okButtonProps={{ disabled: name === '' || wrong || value === '' }} onOk={() => void save()} onCancel={onClose} width={440}>
      {own === '' ? (
        <Setting id="secret-name" label={texts.name} help={texts.nameHint} problem={wrong ? texts.nameHint : undefined}>
          <Input id="secret-name" className="code-input" value={name} onChange={(event) => setName(event.target.value.trim())} />
        </Setting>
      ) : null}
      <Setting id="secret-value" label={texts.value} help={texts.hidden}>
        <Input.Password id="secret-value" autoComplete="new-password" value={value} onChange={(event) => setValue(event.target.value)} />
      </Setting>
    </Modal>
  );
}
