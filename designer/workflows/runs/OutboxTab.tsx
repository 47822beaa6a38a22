/** E-mail and requests on their way out: read, tried again, discarded. */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { DELIVERY_STATES, type OutboxItem } from '#engine/workflows/reports.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { fill } from '../../i18n/index.ts';
import { discardDelivery, OUTBOX_KEY, sendAgain, useOutbox } from '../api.ts';
import { useRunTexts } from './texts.ts';
import { useMoment } from './when.ts';

type State = OutboxItem['state'];

export function OutboxTab() {
  const { outbox: texts, runs } = useRunTexts();
  const [state, setState] = useState<State | ''>('');
  const found = useOutbox(state === '' ? undefined : state);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="run-tools">
        <Segmented<State | ''> value={state} options={[{ value: '', label: texts.all }, ...DELIVERY_STATES.map((own) => ({ value: own, label: texts.states[own] }))]} onChange={setState} />
      </div>
      {found.isPending ? <Skeleton active className="tab-body" /> : found.isError ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : items.length === 0 ? <EmptyState title={texts.empty} hint={texts.emptyHint} /> : null}
      <ul className="run-list">
        {items.map((item) => (
          <Delivery key={item.id} item={item} />
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button className="more-button" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {runs.more}
        </Button>
      ) : null}
    </>
  );
}

function Delivery({ item }: { item: OutboxItem }) {
  const { outbox: texts } = useRunTexts();
  const label = useLabel();
  const moment = useMoment();
  const { modal } = App.useApp();
  const toast = useToast();
  const errorText = useErrorText();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const after = (promise: Promise<unknown>, text: string) =>
    promise.then(
      () => {
        void queries.invalidateQueries({ queryKey: OUTBOX_KEY });
        toast({ text });
      },
      (error: unknown) => toast({ kind: 'error', text: errorText(error) }),
    );
  const discard = () => modal.confirm({ title: texts.discardTitle, content: texts.discardText, okText: texts.discard, okButtonProps: { danger: true }, onOk: () => after(discardDelivery(item.id), texts.discarded) });
  const notes = [item.attempts > 0 ? fill(texts.attempts, { n: item.attempts }) : '', item.nextAt && item.state === 'pending' ? fill(texts.next, { at: moment(item.nextAt) }) : '', item.sentAt ? `${texts.sent} ${moment(item.sentAt)}` : `${texts.created} ${moment(item.createdAt)}`].filter(Boolean);
  return (
    <li className="delivery">
      <div className="run-line">
        <span className={`state-mark state-${item.state}`}>{texts.states[item.state]}</span>
        <button type="button" className="run-text" aria-expanded={open} onClick={() => setOpen(!open)}>
          <strong className="ellipsis">{item.subject || item.target}</strong>
          <span className={item.problem ? 'ellipsis run-problem' : 'quiet ellipsis'}>{item.problem ? label(item.problem) : `${texts.kind[item.kind]} · ${item.target}`}</span>
        </button>
        <span className="run-side quiet">{notes.join(' · ')}</span>
        {item.state === 'sent' ? null : (
          <span className="delivery-buttons">
            <Button size="small" onClick={() => void after(sendAgain(item.id), texts.retried)}>
              {texts.retry}
            </Button>
            <Button size="small" danger type="text" onClick={discard}>
              {texts.discard}
            </Button>
          </span>
        )}
      </div>
      {open ? (
        <div className="delivery-body">
          {item.state === 'held' ? <p className="quiet">{texts.held}</p> : null}
          <p className="quiet">{item.target}</p>
          <pre className="code-block">{item.body}</pre>
        </div>
      ) : null}
    </li>
  );
}
