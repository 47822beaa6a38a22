/** Every publication: who, when, why, what; each can be taken back. */
import { App, Button, Collapse, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useLocale } from '#runtime/app/i18n/index.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { formatMoment } from '#runtime/fields/format.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '#runtime/ui/ErrorState.tsx';
import { fill } from '../i18n/index.ts';
import { type Proposed, type Publication, undoVersion, useHistory } from './api.ts';
import { ChangeCard } from './ChangeCard.tsx';
import { ServerProposal } from './ServerProposal.tsx';
import { usePublishTexts } from './texts.ts';

export function HistoryTab({ onPublished }: { onPublished: (version: number) => void }) {
  const texts = usePublishTexts();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const history = useHistory();
  const owner = isSystemOwner(useApp());
  const errorText = useErrorText();
  const { message } = App.useApp();
  const [undoing, setUndoing] = useState<{ version: number; way: Proposed } | null>(null);
  const [waiting, setWaiting] = useState<number | null>(null);

  const begin = async (version: number) => {
    setWaiting(version);
    try {
      setUndoing({ version, way: await undoVersion(version) });
    } catch (error) {
      void message.error(errorText(error));
    } finally {
      setWaiting(null);
    }
  };
  if (undoing) {
    const { version, way } = undoing;
    return (
      <ServerProposal
        first={way}
        words={texts.takingBack}
        title={fill(texts.undoTitle, { version })}
        note={fill(texts.undoNote, { version })}
        propose={(take) => undoVersion(version, take)}
        onBack={() => setUndoing(null)}
        onPublished={(next) => {
          setUndoing(null);
          void history.refetch();
          onPublished(next);
        }}
      />
    );
  }
  if (history.isPending) return <Skeleton active />;
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data.length === 0) return <EmptyState title={texts.historyEmpty} />;
  const when = (at: string): string => formatMoment(at, locale, timeZone);
  return (
    <ol className="history">
      {history.data.map((one: Publication, index) => (
        <li key={one.version} className="history-item">
          <div className="history-head">
            <strong>{fill(texts.version, { version: one.version })}</strong>
            {index === 0 ? <Tag color="green">{texts.current}</Tag> : null}
            {one.undoes === null ? null : <Tag>{fill(texts.undoes, { version: one.undoes })}</Tag>}
            <span className="quiet">
              {one.byName ?? texts.system} · {when(one.at)}
            </span>
            <span className="history-buttons">
              {owner && one.changes.some((change) => (change.effect?.failed ?? 0) > 0 && change.class === 'lossy') ? (
                <Button size="small" href={`/api/definitions/history/${one.version}/rejects.csv`}>
                  {texts.rejects}
                </Button>
              ) : null}
              {one.version > 1 ? (
                <Button size="small" loading={waiting === one.version} onClick={() => void begin(one.version)}>
                  {texts.undoThis}
                </Button>
              ) : null}
            </span>
          </div>
          {one.note ? <p className="history-note">{one.note}</p> : null}
          {one.changes.length > 0 ? (
            <Collapse
              ghost
              size="small"
              items={[
                {
                  key: 'changes',
                  label: fill(texts.changesN, { n: one.changes.length }),
                  children: (
                    <ul className="plan-changes">
                      {one.changes.map((change) => (
                        <ChangeCard key={change.action + change.path + change.properties.length} change={change} />
                      ))}
                    </ul>
                  ),
                },
              ]}
            />
          ) : one.version === 1 ? (
            <p className="quiet">{texts.first}</p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
