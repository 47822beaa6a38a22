/** Somebody else decides, or somebody decides as well. */
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerApproval } from '../api/notices.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { PeopleInput } from './PeopleInput.tsx';

interface PassOnDialogProps {
  readonly approval: string;
  readonly kind: 'delegate' | 'add';
  readonly comment: string;
  readonly onClose: () => void;
}

export function PassOnDialog({ approval, kind, comment: begun, onClose }: PassOnDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const errorText = useErrorText();
  const [people, setPeople] = useState<readonly string[]>([]);
  const [comment, setComment] = useState(begun);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [first] = people;

  const send = async () => {
    if (first === undefined) return;
    setBusy(true);
    setProblem(null);
    try {
      await answerApproval(approval, kind === 'delegate' ? { kind, to: first, comment: comment.trim() } : { kind, approvers: people, comment: comment.trim() });
      toast({ text: t(kind === 'delegate' ? 'inbox.delegatedSaid' : 'inbox.addedSaid') });
      onClose();
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open width={440} title={t(kind === 'delegate' ? 'inbox.delegate' : 'inbox.addApprover')} okText={t('action.apply')} okButtonProps={{ disabled: first === undefined }} confirmLoading={busy} onCancel={onClose} onOk={() => void send()}>
      <Form layout="vertical" component="div">
        <Form.Item label={t(kind === 'delegate' ? 'inbox.delegateTo' : 'inbox.approvers')} htmlFor="pass-on-people" validateStatus={problem ? 'error' : ''} help={problem}>
          <PeopleInput id="pass-on-people" several={kind === 'add'} value={people} onChange={setPeople} />
        </Form.Item>
        <Form.Item label={t('inbox.note')} htmlFor="pass-on-comment">
          <Input.TextArea id="pass-on-comment" autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
