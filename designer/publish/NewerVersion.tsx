/** Someone else published since the draft was begun: what they changed, and what both have, before it is merged and reviewed. */
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { diffDefinitions } from '#engine/changes/diff-definitions.ts';
import { mergeDefinitions } from '#engine/changes/merge.ts';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { readVersion } from '../draft/api.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useMerge } from '../draft/use-merge.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { ChangeHead } from './ChangeHead.tsx';
import { ConflictList } from './ConflictList.tsx';
import { PropertyTable } from './PropertyTable.tsx';
import { usePublishTexts } from './texts.ts';

export function NewerVersion() {
  const texts = usePublishTexts();
  const { shell } = useTexts();
  const { base, live, definitions } = useDraft();
  const [take, setTake] = useState<readonly string[]>([]);
  const { busy, merge } = useMerge();
  const before = useQuery({ queryKey: ['definitions', 'version', base], queryFn: () => readVersion(base), staleTime: Number.POSITIVE_INFINITY });
  const conflicts = useMemo(() => (before.data ? mergeDefinitions({ base: before.data, ours: definitions, theirs: live.definitions }).conflicts : []), [before.data, definitions, live]);
  if (before.isError) return <ErrorState error={before.error} onRetry={() => void before.refetch()} />;
  if (!before.data) return <Skeleton active />;
  const theirs = diffDefinitions(before.data, live.definitions);
  // Against where both began: against what is live now, their changes would look like ours taken back.
  const mine = new Set(diffDefinitions(before.data, definitions).map((change) => change.path));
  const ownSince = new Set(theirs.map((change) => change.path).filter((path) => mine.has(path)));
  return (
    <div className="plan">
      <h2>{fill(texts.newer, { version: live.version, n: theirs.length })}</h2>
      <p className="quiet">{texts.newerHint}</p>
      <ul className="plan-changes">
        {theirs.map((change) => (
          <li key={`${change.action} ${change.path} ${change.properties.map((property) => property.name).join()}`} className="plan-change">
            <ChangeHead change={change}>{ownSince.has(change.path) ? <span className="mark mark-new">{texts.both}</span> : null}</ChangeHead>
            {change.properties.length > 0 ? <PropertyTable properties={change.properties} of={change} heads={[texts.before, texts.live]} /> : null}
          </li>
        ))}
      </ul>
      <ConflictList conflicts={conflicts} take={take} onTake={setTake} words={texts.merging} />
      <footer className="plan-actions">
        <Button type="primary" loading={busy} onClick={() => void merge(take)}>
          {shell.rebase}
        </Button>
      </footer>
    </div>
  );
}
