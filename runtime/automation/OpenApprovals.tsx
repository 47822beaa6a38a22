/** Whom a record waits for, and, for administrators, deciding in their place with a reason. */
import { AuditOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenApproval } from '#engine/workflows/reports.ts';
import { overrideApproval } from '../api/workflows.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment } from '../fields/format.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';

interface OpenApprovalsProps {
  readonly approvals: readonly OpenApproval[];
  readonly table: string;
  readonly id: string;
}

export function OpenApprovals({ approvals, table, id }: OpenApprovalsProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const [deciding, setDeciding] = useState<OpenApproval | null>(null);
  if (approvals.length === 0) return null;
  return (
    <ul className="open-approvals" aria-label={t('automation.approvals')}>
      {approvals.map((approval) => (
        <li key={`${approval.run} ${approval.seq}`}>
          <AuditOutlined aria-hidden="true" />
          <div>
            <span>{approval.title}</span>
            <span className="quiet">
              {t('automation.waitsFor', { names: approval.waiting.join(t('import.and')) })}
              {approval.dueAt === null ? '' : ` · ${t('inbox.due', { at: formatMoment(approval.dueAt, locale, timeZone) })}`}
              {label(approval.workflow) === approval.title ? '' : ` · ${label(approval.workflow)}`}
            </span>
          </div>
          {approval.mayOverride ? (
            <Button size="small" onClick={() => setDeciding(approval)}>
              {t('automation.override')}
            </Button>
          ) : null}
        </li>
      ))}
      {deciding ? <OverrideDialog approval={deciding} table={table} id={id} onClose={() => setDeciding(null)} /> : null}
    </ul>
  );
}

function OverrideDialog({ approval, table, id, onClose }: { approval: OpenApproval; table: string; id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const errorText = useErrorText();
  const [reason, setReason] = useState('');
  const [needsReason, setNeedsReason] = useState(false);
  const [busy, setBusy] = useState<'approved' | 'rejected' | null>(null);
  const decide = async (decision: 'approved' | 'rejected') => {
    if (reason.trim() === '') return setNeedsReason(true);
    setBusy(decision);
    try {
      await overrideApproval(approval, { decision, reason: reason.trim() }, table, id);
      toast({ text: t(`inbox.${decision}Said`, { title: approval.title }) });
      onClose();
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
      setBusy(null);
    }
  };
  return (
    <Modal
      open
      width={480}
      title={t('automation.overrideTitle', { title: approval.title })}
      onCancel={onClose}
      footer={[
        <Button key="no" danger loading={busy === 'rejected'} disabled={busy !== null} onClick={() => void decide('rejected')}>
          {t('inbox.reject')}
        </Button>,
        <Button key="yes" type="primary" loading={busy === 'approved'} disabled={busy !== null} onClick={() => void decide('approved')}>
          {t('inbox.approve')}
        </Button>,
      ]}
    >
      <p className="quiet">{t('automation.overrideHint', { names: approval.waiting.join(t('import.and')) })}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('automation.overrideReason')} htmlFor="override-reason" required validateStatus={needsReason ? 'error' : ''} help={needsReason ? t('inbox.reason') : null}>
          <Input.TextArea
            id="override-reason"
            autoFocus
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={2000}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
              setNeedsReason(false);
            }}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
