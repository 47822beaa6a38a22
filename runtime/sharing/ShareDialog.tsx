/** One dialog for sharing: with whom, to read or edit, until when, what goes along; below, who has it already. */
import { Button, Checkbox, DatePicker, Form, Input, List, Modal, Segmented, Tag } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { TableModel } from '#engine/model/app-model.ts';
import { fromLocal } from '#engine/rules/time.ts';
import { type Grantee, listShares, revokeShare, type Share, shareRecords } from '../api/sharing.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { dayOf, formatMoment } from '../fields/format.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { useStored } from '../ui/use-stored.ts';
import { GranteeInput } from './GranteeInput.tsx';
import { useSharingTexts } from './texts.ts';

interface ShareDialogProps {
  readonly table: TableModel;
  readonly ids: readonly string[];
  /** Of the one record; empty for many. */
  readonly name: string;
  readonly onClose: () => void;
}

const isGrantees = (value: unknown): value is Grantee[] => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'kind' in one && 'id' in one);

/** Tables whose records follow those of this one. */
function useInheriting(table: TableModel): readonly TableModel[] {
  const { model } = useApp();
  return Object.values(model.tables).filter((own) => own.inherits !== undefined && own.fields[own.inherits]?.target === table.name);
}

export function ShareDialog({ table, ids, name, onClose }: ShareDialogProps) {
  const texts = useSharingTexts();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const client = useQueryClient();
  const inheriting = useInheriting(table);
  const { timeZone } = useApp().model.settings;
  const [recent, setRecent] = useStored<Grantee[]>('share.recent', [], isGrantees);
  const [grantees, setGrantees] = useState<readonly Grantee[]>([]);
  const more = recent.filter((one) => !grantees.some((own) => own.kind === one.kind && own.id === one.id));
  const [access, setAccess] = useState<'read' | 'edit'>('read');
  const [until, setUntil] = useState<Dayjs | null>(null);
  // The day as the company counts it, wherever the browser is.
  const lastDay = until?.format('YYYY-MM-DD');
  const isPast = lastDay !== undefined && lastDay < dayOf(new Date(), timeZone);
  const [along, setAlong] = useState<string[]>([...table.shareAlong]);
  const [allAlong, setAllAlong] = useState(table.shareAlong.length === 0);
  const offered = allAlong ? inheriting : inheriting.filter((own) => table.shareAlong.includes(own.name));
  const [message, setMessage] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const single = ids.length === 1 ? ids[0] : undefined;

  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await shareRecords(table.name, { ids, with: grantees, access, until: lastDay === undefined ? null : fromLocal(`${lastDay}T23:59:59.999`, timeZone), along, ...(message.trim() && { message: message.trim() }) });
      setRecent([...grantees]);
      if (single !== undefined) await client.invalidateQueries({ queryKey: ['shares', table.name, single] });
      toast({ text: texts.shared });
      onClose();
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
      title={single === undefined ? fill(texts.shareMany, { n: ids.length }) : fill(texts.shareTitle, { name })}
      okText={texts.share}
      cancelText={texts.cancel}
      okButtonProps={{ disabled: grantees.length === 0 || isPast }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void run()}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={texts.with} htmlFor="share-with" validateStatus={problem ? 'error' : ''} help={problem}>
          <GranteeInput id="share-with" value={grantees} onChange={setGrantees} invalid={problem !== null} />
        </Form.Item>
        {more.length > 0 ? (
          <Button type="link" size="small" className="share-recent" onClick={() => setGrantees([...grantees, ...more])}>
            {fill(texts.recent, { n: more.length })}
          </Button>
        ) : null}
        <div className="share-row">
          <Form.Item label={texts.access}>
            <Segmented value={access} onChange={setAccess} options={[{ value: 'read', label: texts.read }, { value: 'edit', label: texts.edit }]} />
          </Form.Item>
          <Form.Item label={texts.until} htmlFor="share-until" extra={texts.untilHint} validateStatus={isPast ? 'error' : ''} help={isPast ? texts.past : undefined}>
            <DatePicker id="share-until" className="full" value={until} onChange={setUntil} />
          </Form.Item>
        </div>
        {inheriting.length > 0 ? (
          <Form.Item label={texts.along}>
            <Checkbox.Group value={along} onChange={setAlong} options={offered.map((own) => ({ value: own.name, label: label(own.label) }))} />
            {offered.length < inheriting.length ? (
              <Button type="link" size="small" onClick={() => setAllAlong(true)}>
                {fill(texts.alongMore, { n: inheriting.length - offered.length })}
              </Button>
            ) : null}
          </Form.Item>
        ) : null}
        <Form.Item label={texts.message} htmlFor="share-message">
          <Input.TextArea id="share-message" autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} value={message} onChange={(event) => setMessage(event.target.value)} />
        </Form.Item>
      </Form>
      {single === undefined ? null : <PresentShares table={table.name} id={single} />}
    </Modal>
  );
}

function PresentShares({ table, id }: { table: string; id: string }) {
  const texts = useSharingTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const client = useQueryClient();
  const key = ['shares', table, id];
  const shares = useQuery({ queryKey: key, queryFn: () => listShares(table, id) });
  const revoke = async (share: Share) => {
    try {
      await revokeShare(share.id);
      await client.invalidateQueries({ queryKey: key });
      toast({ text: texts.revoked });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    }
  };
  if (shares.data === undefined || shares.data.length === 0) return shares.data ? <p className="quiet">{texts.nobody}</p> : null;
  return (
    <section aria-label={texts.present}>
      <h3 className="share-heading">{texts.present}</h3>
      <List
        size="small"
        dataSource={[...shares.data]}
        rowKey="id"
        renderItem={(share) => (
          <List.Item
            actions={
              share.mayRevoke
                ? [
                    <Button key="revoke" type="link" size="small" onClick={() => void revoke(share)}>
                      {texts.revoke}
                    </Button>,
                  ]
                : []
            }
          >
            <ShareWords share={share} />
          </List.Item>
        )}
      />
    </section>
  );
}

function ShareWords({ share }: { share: Share }) {
  const texts = useSharingTexts();
  const label = useLabel();
  const locale = useLocale();
  const { model } = useApp();
  const until = share.until === null ? texts.forever : fill(texts.toDate, { date: formatMoment(share.until, locale, model.settings.timeZone) });
  const along = share.along.flatMap((name) => (model.tables[name] ? [label(model.tables[name].pluralLabel)] : []));
  return (
    <div>
      <span>{share.with.name}</span> <Tag>{share.access === 'edit' ? texts.edit : texts.read}</Tag>
      <div className="quiet">{[until, ...along, fill(texts.by, { name: share.by })].join(' · ')}</div>
      {share.message ? <div className="share-message">{share.message}</div> : null}
    </div>
  );
}
