/** Where two sides changed one thing: what it was, what each side made of it, and which of the two is taken. */
import { Radio } from 'antd';
import type { MergeConflict } from '#engine/changes/merge.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { PropertyValue } from './PropertyTable.tsx';

/** The two sides in the words of the occasion: a draft and what is live, an undo and what came after, a workspace and its template. */
export interface ConflictWords {
  readonly conflicts: string;
  readonly conflictsHint: string;
  readonly keep: string;
  readonly take: string;
  readonly was: string;
  readonly own: string;
  readonly newer: string;
}

interface ConflictListProps {
  readonly conflicts: readonly MergeConflict[];
  readonly take: readonly string[];
  readonly onTake: (take: readonly string[]) => void;
  readonly words: ConflictWords;
}

export function ConflictList({ conflicts, take, onTake, words }: ConflictListProps) {
  const label = useLabel();
  const { definitions } = useDraft().live;
  if (conflicts.length === 0) return null;
  const titleOf = (path: string): string => {
    const table = definitions.tables.find(({ name }) => path.startsWith(`/tables/${name}/`));
    return label((table ?? definitions.app).label);
  };
  return (
    <section className="conflicts">
      <h2>
        {words.conflicts} ({conflicts.length})
      </h2>
      <p className="quiet">{words.conflictsHint}</p>
      <ul>
        {conflicts.map(({ path, base, ours, theirs }) => (
          <li key={path}>
            <div className="conflict-head">
              <strong id={`conflict-${path}`}>
                {titleOf(path)} <code>{path.replace(/^\/(?:tables\/)?/, '')}</code>
              </strong>
              <Radio.Group
                size="small"
                optionType="button"
                aria-labelledby={`conflict-${path}`}
                value={take.includes(path) ? 'take' : 'keep'}
                options={[
                  { value: 'keep', label: words.keep },
                  { value: 'take', label: words.take },
                ]}
                onChange={({ target }) => onTake(target.value === 'take' ? [...take, path] : take.filter((own) => own !== path))}
              />
            </div>
            <dl>
              {([[words.was, base, ours], [words.own, ours, theirs], [words.newer, theirs, ours]] as const).map(([head, value, other]) => (
                <div key={head}>
                  <dt>{head}</dt>
                  <dd>
                    <PropertyValue value={value} other={other} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
