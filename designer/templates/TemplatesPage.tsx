/** Templates: what there is, what is installed, what an upgrade would bring; and definitions as files. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '#runtime/ui/ErrorState.tsx';
import { BlockSkeleton } from '#runtime/ui/Skeletons.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { PUBLISH } from '../paths.ts';
import { HISTORY_KEY, TRASH_KEY } from '../publish/api.ts';
import '../publish/publish.css';
import { ServerProposal } from '../publish/ServerProposal.tsx';
import { PaneHead } from '../shell/Panes.tsx';
import { type Clashes, loadSamples, proposeInstall, proposeUninstall, proposeUpgrade, type TemplateCard, type TemplateProposal, TEMPLATES_KEY, useTemplates } from './api.ts';
import { ExportSection, ImportSection } from './ExportImport.tsx';
import { GalleryCard, type TemplateAction } from './GalleryCard.tsx';
import { InstallDialog } from './InstallDialog.tsx';
import './templates.css';
import { useTemplateTexts } from './texts.ts';

interface Reviewed {
  readonly action: 'install' | 'upgrade' | 'grow' | 'uninstall';
  readonly profile?: string;
  readonly card: TemplateCard;
  readonly proposal: TemplateProposal;
  readonly clashes?: Clashes;
  readonly samples?: boolean;
}

export function TemplatesPage() {
  const texts = useTemplateTexts();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { changes, reload } = useDraft();
  const templates = useTemplates();
  const [installing, setInstalling] = useState<TemplateCard | null>(null);
  const [reviewed, setReviewed] = useState<Reviewed | null>(null);
  const [busy, setBusy] = useState<{ name: string; action: TemplateAction } | null>(null);

  const addSamples = async ({ name }: TemplateCard, failed = (reason: string) => reason) => {
    try {
      const { records } = await loadSamples(name);
      toast({ text: fill(texts.samplesDone, { n: records }) });
    } catch (error) {
      toast({ kind: 'error', text: failed(errorText(error)) });
    }
    await queries.invalidateQueries({ queryKey: TEMPLATES_KEY });
  };
  const begin = async (card: TemplateCard, action: TemplateAction, profile?: string) => {
    if (action === 'install') return setInstalling(card);
    setBusy({ name: card.name, action });
    try {
      if (action === 'samples') await addSamples(card);
      else setReviewed({ action, card, proposal: await (action === 'uninstall' ? proposeUninstall(card.name) : proposeUpgrade(card.name, [], profile)), ...(profile !== undefined && { profile }) });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    } finally {
      setBusy(null);
    }
  };
  const published = async ({ card, samples }: Reviewed, version: number) => {
    setReviewed(null);
    toast({ text: fill(texts.published, { version }), action: { label: texts.undo, run: () => void navigate(`${PUBLISH}?tab=history`) } });
    await reload();
    for (const queryKey of [TEMPLATES_KEY, HISTORY_KEY, TRASH_KEY]) void queries.invalidateQueries({ queryKey });
    if (samples) await addSamples(card, (reason) => fill(texts.samplesFailed, { reason }));
  };

  if (reviewed) {
    const { action, card, proposal, clashes = {}, profile } = reviewed;
    const part = card.profiles.find(({ name }) => name === profile);
    const words = { name: label(card.label), version: card.version, from: card.installed ?? '', to: card.version, profile: part ? label(part.label) : '' };
    const propose = (take: readonly string[]) => (action === 'install' ? proposeInstall(card.name, clashes, profile) : action === 'uninstall' ? proposeUninstall(card.name) : proposeUpgrade(card.name, take, profile));
    return (
      <div className="template-review">
        <ServerProposal
          words={texts}
          title={fill({ install: texts.installTitle, upgrade: texts.upgradeTitle, grow: texts.growTitle, uninstall: texts.uninstallTitle }[action], words)}
          note={fill({ install: texts.installNote, upgrade: texts.upgradeNote, grow: texts.growNote, uninstall: texts.uninstallNote }[action], words)}
          hint={action === 'uninstall' ? <p className="quiet template-hint">{texts.uninstallHint}</p> : (action === 'upgrade' || action === 'grow') && proposal.conflicts?.length === 0 ? <p className="quiet template-hint">{texts.noConflicts}</p> : null}
          first={proposal}
          propose={propose}
          onBack={() => setReviewed(null)}
          onPublished={(version) => void published(reviewed, version)}
        />
      </div>
    );
  }
  return (
    <div className="templates-page">
      <PaneHead title={texts.title} />
      <p className="quiet templates-hint">{texts.hint}</p>
      {changes.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={fill(texts.draft, { n: changes.length })}
          description={texts.draftHint}
          action={
            <Button size="small" onClick={() => void navigate(PUBLISH)}>
              {texts.toDraft}
            </Button>
          }
        />
      ) : null}
      {templates.isPending ? <BlockSkeleton /> : null}
      {templates.isError ? <ErrorState error={templates.error} onRetry={() => void templates.refetch()} /> : null}
      {templates.data?.length === 0 ? <EmptyState title={texts.empty} /> : null}
      {templates.data && templates.data.length > 0 ? (
        <ul className="template-cards">
          {templates.data.map((card) => (
            <GalleryCard key={card.name} card={card} disabled={changes.length > 0} busy={busy?.name === card.name ? busy.action : null} onAction={(action, profile) => void begin(card, action, profile)} />
          ))}
        </ul>
      ) : null}
      <div className="file-sections">
        <ExportSection />
        <ImportSection />
      </div>
      {installing ? (
        <InstallDialog
          card={installing}
          onClose={() => setInstalling(null)}
          onReview={(proposal, choice) => {
            setReviewed({ action: 'install', card: installing, proposal, ...choice });
            setInstalling(null);
          }}
        />
      ) : null}
    </div>
  );
}
