/** Review and publish the draft; look back at publications; bring back what went to the trash. */
import { useQueryClient } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { repairDefinitions } from '#engine/changes/repair.ts';
import type { PlannedChange } from '#engine/changes/plan.ts';
import { targetOf } from '#engine/changes/where-used.ts';
import { isAdministrator, useApp } from '#runtime/app/session.tsx';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { PUBLISH } from '../paths.ts';
import { PaneHead } from '../shell/Panes.tsx';
import { HISTORY_KEY, TRASH_KEY } from './api.ts';
import { HistoryTab } from './HistoryTab.tsx';
import { NewerVersion } from './NewerVersion.tsx';
import { ProposalReview } from './ProposalReview.tsx';
import './publish.css';
import { usePublishTexts } from './texts.ts';
import { TrashTab } from './TrashTab.tsx';

export function PublishPage() {
  const texts = usePublishTexts();
  const draft = useDraft();
  const app = useApp();
  const toast = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const tab = search.get('tab') ?? 'plan';
  const published = async (version: number) => {
    await draft.reload();
    void queries.invalidateQueries({ queryKey: HISTORY_KEY });
    void queries.invalidateQueries({ queryKey: TRASH_KEY });
    toast({ text: fill(texts.published, { version }), action: { label: texts.undo, run: () => void navigate(`${PUBLISH}?tab=history`) } });
  };
  const repair = (change: PlannedChange): void => {
    const target = targetOf(change);
    if (!target) return;
    draft.edit((definitions) => repairDefinitions(definitions, target));
    toast({ text: texts.repaired });
  };
  return (
    <div className="publish-page">
      <PaneHead title={texts.title} />
      <Tabs
        activeKey={tab}
        onChange={(key) => setSearch(key === 'plan' ? {} : { tab: key })}
        destroyOnHidden
        items={[
          {
            key: 'plan',
            label: texts.tabs.plan,
            children:
              draft.changes.length === 0 ? (
                <EmptyState title={texts.nothing} hint={texts.nothingHint} />
              ) : draft.base < draft.live.version ? (
                <NewerVersion />
              ) : (
                <ProposalReview proposal={{ definitions: draft.definitions, note: '', isDraft: true }} onRepair={repair} onPublished={(version) => void published(version)} />
              ),
          },
          { key: 'history', label: texts.tabs.history, children: <HistoryTab onPublished={(version) => void published(version)} /> },
          ...(isAdministrator(app) ? [{ key: 'trash', label: texts.tabs.trash, children: <TrashTab onPublished={(version) => void published(version)} /> }] : []),
        ]}
      />
    </div>
  );
}
