/** One dialog for giving records to somebody else: to whom, what goes along, what the old owner keeps. */
import { Checkbox, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import { refreshTable } from '../api/records.ts';
import { transferRecords } from '../api/sharing.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { PeopleInput } from '../inbox/PeopleInput.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { useSharingTexts } from './texts.ts';

interface TransferDialogProps {
  readonly table: TableModel;
  readonly ids: readonly string[];
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function TransferDialog({ table, ids, name, onClose, onDone }: TransferDialogProps) {
  const texts = useSharingTexts();
  const label = useLabel();
  const { model } = useApp();
  const toast = useToast();
  const errorText = useErrorText();
  const movable = [...new Set(table.transferAlong.map((along) => along.table))];
  const [owner, setOwner] = useState<readonly string[]>([]);
  const [along, setAlong] = useState<string[]>(movable);
  const [leave, setLeave] = useState<'none' | 'read' | 'edit'>('none');
  const [clearShares, setClearShares] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [receiver] = owner;

  const run = async () => {
    if (receiver === undefined) return;
    setBusy(true);
    setProblem(null);
    try {
      const done = await transferRecords(table.name, { ids, owner: receiver, along, ...(leave !== 'none' && { leave }), ...(clearShares && { clearShares }), ...(reason.trim() && { reason: reason.trim() }) });
      for (const changed of [table.name, ...along]) refreshTable(changed);
      toast({ text: fill(texts.transferred, { n: done.records, m: Object.values(done.along).reduce((sum, count) => sum + count, 0) }) });
      onClose();
      onDone();
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      open
      width={520}
      title={ids.length === 1 ? fill(texts.transferTitle, { name }) : fill(texts.transferMany, { n: ids.length })}
      okText={texts.transfer}
      cancelText={texts.cancel}
      okButtonProps={{ disabled: receiver === undefined }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void run()}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={texts.to} htmlFor="transfer-to" validateStatus={problem ? 'error' : ''} help={problem}>
          <PeopleInput id="transfer-to" value={owner} onChange={setOwner} invalid={problem !== null} />
        </Form.Item>
        {movable.length > 0 ? (
          <Form.Item label={texts.moves} extra={texts.movesHint}>
            <Checkbox.Group value={along} onChange={setAlong} options={movable.flatMap((own) => (model.tables[own] ? [{ value: own, label: label(model.tables[own].label) }] : []))} />
          </Form.Item>
        ) : null}
        <Form.Item label={texts.leave}>
          <Radio.Group value={leave} onChange={(event) => setLeave(event.target.value as typeof leave)} options={[{ value: 'none', label: texts.leaveNone }, { value: 'read', label: texts.leaveRead }, { value: 'edit', label: texts.leaveEdit }]} />
        </Form.Item>
        <Form.Item>
          <Checkbox checked={clearShares} onChange={(event) => setClearShares(event.target.checked)}>
            {texts.clearShares}
          </Checkbox>
        </Form.Item>
        <Form.Item label={texts.reason} htmlFor="transfer-reason">
          <Input.TextArea id="transfer-reason" autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
