/** Where two sides changed one thing: what stands now, what it would become, and which of the two is taken. */
import { Checkbox } from 'antd';
import type { MergeConflict } from '#engine/changes/merge.ts';
import { usePublishTexts } from './texts.ts';
import { PropertyTable } from './PropertyTable.tsx';

interface ConflictListProps {
  readonly conflicts: readonly MergeConflict[];
  readonly take: readonly string[];
  readonly onTake: (take: readonly string[]) => void;
  readonly title: string;
  readonly hint: string;
  readonly takeText: string;
  /** What the two sides are called. */
  readonly heads?: readonly [ours: string, theirs: string];
}

export function ConflictList({ conflicts, take, onTake, title, hint, takeText, heads }: ConflictListProps) {
  const texts = usePublishTexts();
  if (conflicts.length === 0) return null;
  return (
    <section className="plan-conflicts">
      <h2>
        {title} ({conflicts.length})
      </h2>
      <p className="quiet">{hint}</p>
      {conflicts.map((conflict) => (
        <div key={conflict.path} className="plan-conflict">
          <div className="plan-change-head">
            <code>{conflict.path.replace(/^\//, '')}</code>
            <Checkbox checked={take.includes(conflict.path)} onChange={(event) => onTake(event.target.checked ? [...take, conflict.path] : take.filter((path) => path !== conflict.path))}>
              {takeText}
            </Checkbox>
          </div>
          <PropertyTable properties={[{ name: '', before: conflict.ours, after: conflict.theirs }]} heads={heads ?? [texts.yours, texts.theirs]} />
        </div>
      ))}
    </section>
  );
}
