/** Before a template is installed: what to do about names that are taken, and whether samples come along. */
import { Checkbox, Modal, Radio, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { TemplateClash } from '#engine/changes/install-template.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { type Clashes, proposeInstall, type TemplateCard, type TemplateProposal } from './api.ts';
import { type TemplateTexts, useTemplateTexts } from './texts.ts';

interface InstallDialogProps {
  readonly card: TemplateCard;
  readonly onClose: () => void;
  readonly onReview: (proposal: TemplateProposal, choice: { clashes: Clashes; samples: boolean; profile?: string }) => void;
}

const CHOICES = ['rename', 'merge', 'skip'] as const;

export function InstallDialog({ card, onClose, onReview }: InstallDialogProps) {
  const texts = useTemplateTexts();
  const label = useLabel();
  const owner = isSystemOwner(useApp());
  const [clashes, setClashes] = useState<Clashes>({});
  const [profile, setProfile] = useState(card.profiles.find(({ usual }) => usual)?.name ?? card.profiles.at(-1)?.name);
  const [samples, setSamples] = useState(false);
  const [proposal, setProposal] = useState<TemplateProposal | null>(null);
  const [waiting, setWaiting] = useState(true);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isLate = false;
    setWaiting(true);
    setError(null);
    proposeInstall(card.name, clashes, profile)
      .then((answer) => !isLate && setProposal(answer), (thrown: unknown) => !isLate && setError(thrown))
      .finally(() => !isLate && setWaiting(false));
    return () => {
      isLate = true;
    };
  }, [card.name, clashes, profile, round]);
  const met = proposal?.clashes ?? [];
  const tables = met.filter(({ kind }) => kind === 'table');
  const others = met.filter(({ kind }) => kind !== 'table');
  const isMerged = tables.some(({ name, resolution }) => (clashes[name] ?? resolution) === 'merge');
  const { app } = useDraft().live.definitions;
  /** As it is called here; lists have no label. */
  const titleHere = ({ kind, name }: TemplateClash): string => {
    const own = [...(kind === 'role' ? app.roles : []), ...(kind === 'navigation' ? app.navigation : [])].find((one) => one.name === name);
    return own ? label(own.label) : '';
  };
  const titleOf = (name: string): string => label(card.tables.find((table) => table.name === name)?.label ?? { 'zh-CN': name, en: name });
  return (
    <Modal
      open
      title={fill(texts.installTitle, { name: label(card.label) })}
      okText={texts.next}
      cancelText={texts.cancel}
      okButtonProps={{ disabled: !proposal || error !== null, loading: waiting && proposal !== null }}
      onCancel={onClose}
      onOk={() => proposal && onReview(proposal, { clashes, samples: samples && !isMerged, ...(profile !== undefined && { profile }) })}
    >
      {error ? <ErrorState error={error} onRetry={() => setRound(round + 1)} /> : null}
      {!proposal && !error ? <Skeleton active aria-label={texts.loading} /> : null}
      {card.profiles.length > 0 ? (
        <section className="clashes">
          <h3 id="install-profile">{texts.profile}</h3>
          <Radio.Group aria-labelledby="install-profile" className="profiles" value={profile} onChange={(event) => setProfile(event.target.value as string)}>
            {card.profiles.map(({ name, label: title, description, tables: own }) => (
              <Radio key={name} value={name}>
                {label(title)} <span className="quiet">{fill(texts.profileTables, { n: own.length })}{description ? ` · ${label(description)}` : ''}</span>
              </Radio>
            ))}
          </Radio.Group>
        </section>
      ) : null}
      {proposal && met.length === 0 ? <p>{texts.noClash}</p> : null}
      {tables.length > 0 ? (
        <section className="clashes">
          <h3>{texts.clashTitle}</h3>
          <p className="quiet">{texts.clashHint}</p>
          {tables.map(({ name, resolution }) => (
            <div key={name} className="clash">
              <span id={`clash-${name}`}>
                {titleOf(name)} <code>{name}</code>
              </span>
              <Radio.Group aria-labelledby={`clash-${name}`} value={clashes[name] ?? resolution} onChange={(event) => setClashes({ ...clashes, [name]: event.target.value as (typeof CHOICES)[number] })}>
                {CHOICES.map((choice) => (
                  <Radio key={choice} value={choice}>
                    {texts.choice[choice]}
                  </Radio>
                ))}
              </Radio.Group>
              {proposal?.renames?.tables[name] ? <span className="quiet">{fill(texts.renamed, { name: proposal.renames.tables[name] })}</span> : null}
            </div>
          ))}
        </section>
      ) : null}
      {others.length > 0 ? (
        <section className="clashes">
          <h3>{texts.others}</h3>
          <ul>
            {others.map((clash) => (
              <li key={clash.kind + clash.name}>
                {texts.kind[clash.kind]} {titleHere(clash)} <code>{clash.name}</code> <span className="quiet">{said(clash, proposal, texts)}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {card.records > 0 && proposal && owner ? (
        <div className="with-samples">
          <Checkbox checked={samples && !isMerged} disabled={isMerged} onChange={(event) => setSamples(event.target.checked)}>
            {fill(texts.withSamples, { n: card.records.toLocaleString() })}
          </Checkbox>
          <p className="quiet">{isMerged ? texts.samplesMerged : texts.samplesHint}</p>
        </div>
      ) : null}
    </Modal>
  );
}

function said({ kind, name, resolution }: TemplateClash, proposal: TemplateProposal | null, texts: TemplateTexts): string {
  if (resolution === 'share') return texts.share;
  const other = kind === 'role' ? proposal?.renames?.roles[name] : kind === 'options' ? proposal?.renames?.options[name] : undefined;
  return other === undefined ? texts.mergeInto : fill(texts.renameTo, { name: other });
}
