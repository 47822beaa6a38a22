/** Tables, fields and old values that went out of use: back with what they held, or gone for good. */
import { App, Button, Input, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { dayOf, formatDate } from '#runtime/fields/format.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { fill } from '../i18n/index.ts';
import { type Proposed, purgeItem, restoreItem, type TrashItem, useTrash } from './api.ts';
import { ServerProposal } from './ServerProposal.tsx';
import { usePublishTexts } from './texts.ts';

const nameOf = (item: TrashItem): string => (item.field === null ? item.table : `${item.table}.${item.field}`);

export function TrashTab({ onPublished }: { onPublished: (version: number) => void }) {
  const texts = usePublishTexts();
  const label = useLabel();
  const locale = useLocale();
  const trash = useTrash();
  // For good is for owners.
  const app = useApp();
  const owner = isSystemOwner(app);
  const { timeZone } = app.model.settings;
  const toast = useToast();
  const errorText = useErrorText();
  const { modal } = App.useApp();
  const [way, setWay] = useState<{ item: TrashItem; way: Proposed } | null>(null);
  const day = (at: string): string => formatDate(dayOf(at, timeZone), locale);

  const restore = (item: TrashItem) =>
    restoreItem(item.id).then(
      (back) => setWay({ item, way: back }),
      (error: unknown) => toast({ kind: 'error', text: errorText(error) }),
    );
  const purge = (item: TrashItem) => {
    const dialog = modal.confirm({
      title: fill(texts.purgeTitle, { name: label(item.label), n: item.filled }),
      content: (
        <>
          <p>{texts.purgeHint}</p>
          <Input placeholder={nameOf(item)} aria-label={texts.purgeHint} onChange={(event) => dialog.update({ okButtonProps: { danger: true, disabled: event.target.value.trim() !== nameOf(item) } })} />
        </>
      ),
      okText: texts.purge,
      okButtonProps: { danger: true, disabled: true },
      async onOk() {
        try {
          await purgeItem(item.id);
          toast({ text: texts.purged });
        } catch (error) {
          toast({ kind: 'error', text: errorText(error) });
        }
        await trash.refetch();
      },
    });
  };
  if (way) {
    const name = label(way.item.label);
    return (
      <ServerProposal
        first={way.way}
        propose={() => restoreItem(way.item.id)}
        words={texts.takingBack}
        title={fill(texts.restoreTitle, { name })}
        note={fill(texts.restoreNote, { name })}
        onBack={() => setWay(null)}
        onPublished={(version) => {
          setWay(null);
          void trash.refetch();
          onPublished(version);
        }}
      />
    );
  }
  if (trash.isPending) return <Skeleton active />;
  if (trash.isError) return <ErrorState error={trash.error} onRetry={() => void trash.refetch()} />;
  if (trash.data.length === 0) return <EmptyState title={texts.trashEmpty} hint={texts.trashHint} />;
  return (
    <>
      <p className="quiet">{texts.trashHint}</p>
      <ul className="trash-list">
        {trash.data.map((item) => (
          <li key={item.id} className="history-item">
            <div className="history-head">
              <strong>{label(item.label)}</strong>
              <code>{nameOf(item)}</code>
              <Tag>{texts.why[item.reason]}</Tag>
              <span className="quiet">
                {fill(texts.counts[item.field === null ? 'records' : 'filled'], { n: item.filled.toLocaleString() })} · {item.byName ?? texts.system} · {day(item.at)} · {texts.until} {day(item.until)}
              </span>
              <span className="history-buttons">
                <Button size="small" onClick={() => void restore(item)}>
                  {texts.restore}
                </Button>
                {owner ? (
                  <Button size="small" danger type="text" onClick={() => purge(item)}>
                    {texts.purge}
                  </Button>
                ) : null}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
