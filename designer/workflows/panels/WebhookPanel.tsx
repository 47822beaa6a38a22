/** Where another system calls, the secret it signs with, and how. */
import { CopyOutlined, EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { ErrorState, useErrorText } from '#runtime/ui/ErrorState.tsx';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import { Setting } from '../../ui/Setting.tsx';
import { rotateWebhook, useWebhook, WEBHOOK_KEY } from '../api.ts';
import { useWorkflowTexts } from '../texts.ts';
import { signingExample } from './signing-example.ts';

export function WebhookPanel({ workflow }: { workflow: string }) {
  const { webhook: texts } = useWorkflowTexts();
  const { live } = useDraft();
  const { modal } = App.useApp();
  const toast = useToast();
  const errorText = useErrorText();
  const queries = useQueryClient();
  const isLive = live.definitions.workflows?.some((own) => own.name === workflow) === true;
  const found = useWebhook(workflow, isLive);
  const [shown, setShown] = useState(false);
  if (!isLive) return <p className="quiet">{texts.unpublished}</p>;
  if (found.isPending) return <Skeleton active paragraph={{ rows: 2 }} />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const address = `${location.origin}${found.data.path}`;
  const example = signingExample(address, shown ? found.data.secret : '…');
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast({ text: texts.copied }),
      (error: unknown) => toast({ kind: 'error', text: errorText(error) }),
    );
  const rotate = () =>
    modal.confirm({
      title: texts.rotateTitle,
      content: texts.rotateText,
      okText: texts.rotate,
      okButtonProps: { danger: true },
      onOk: () =>
        rotateWebhook(workflow).then(
          (next) => {
            queries.setQueryData([...WEBHOOK_KEY, workflow], next);
            toast({ text: texts.rotated });
          },
          (error: unknown) => toast({ kind: 'error', text: errorText(error) }),
        ),
    });
  return (
    <section className="webhook-panel">
      <h3>{texts.title}</h3>
      <p className="setting-help">{texts.hint}</p>
      <Space.Compact block>
        <Input readOnly className="code-input" value={address} aria-label={texts.title} />
        <IconButton type="default" label={texts.copy} icon={<CopyOutlined aria-hidden="true" />} onClick={() => void copy(address)} />
      </Space.Compact>
      <Setting id="webhook-secret" label={texts.secret}>
        <Space.Compact block>
          <Input id="webhook-secret" readOnly className="code-input" value={shown ? found.data.secret : '••••••••••••••••'} />
          <IconButton type="default" label={shown ? texts.hide : texts.show} icon={shown ? <EyeInvisibleOutlined aria-hidden="true" /> : <EyeOutlined aria-hidden="true" />} onClick={() => setShown(!shown)} />
          <IconButton type="default" label={texts.copy} icon={<CopyOutlined aria-hidden="true" />} onClick={() => void copy(found.data.secret)} />
        </Space.Compact>
      </Setting>
      <Button size="small" onClick={rotate}>
        {texts.rotate}
      </Button>
      <h3>{texts.example}</h3>
      <pre className="code-block">{example}</pre>
      <Button size="small" icon={<CopyOutlined aria-hidden="true" />} onClick={() => void copy(signingExample(address, found.data.secret))}>
        {texts.copy}
      </Button>
    </section>
  );
}
