/** Where the workspace and the new version of a template both changed one thing: what it was, is, and would be; keep or take. */
import { Radio } from 'antd';
import type { MergeConflict } from '#engine/changes/merge.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { PropertyValue } from '../publish/PropertyTable.tsx';
import { useTemplateTexts } from './texts.ts';

interface UpgradeConflictsProps {
  readonly conflicts: readonly MergeConflict[];
  readonly take: readonly string[];
  readonly onTake: (take: readonly string[]) => void;
}

export function UpgradeConflicts({ conflicts, take, onTake }: UpgradeConflictsProps) {
  const texts = useTemplateTexts();
  const label = useLabel();
  const { definitions } = useDraft().live;
  const titleOf = (path: string): string => {
    const table = definitions.tables.find(({ name }) => path.startsWith(`/tables/${name}/`));
    return label((table ?? definitions.app).label);
  };
  return (
    <section className="upgrade-conflicts">
      <h2>
        {texts.conflicts} ({conflicts.length})
      </h2>
      <p className="quiet">{texts.conflictsHint}</p>
      <ul>
        {conflicts.map(({ path, base, ours, theirs }) => (
          <li key={path}>
            <div className="upgrade-conflict-head">
              <strong id={`conflict-${path}`}>
                {titleOf(path)} <code>{path.replace(/^\/(?:tables\/)?/, '')}</code>
              </strong>
              <Radio.Group
                size="small"
                optionType="button"
                aria-labelledby={`conflict-${path}`}
                value={take.includes(path) ? 'take' : 'keep'}
                options={[
                  { value: 'keep', label: texts.keep },
                  { value: 'take', label: texts.take },
                ]}
                onChange={({ target }) => onTake(target.value === 'take' ? [...take, path] : take.filter((own) => own !== path))}
              />
            </div>
            <dl>
              {([[texts.was, base, ours], [texts.own, ours, theirs], [texts.newer, theirs, ours]] as const).map(([head, value, other]) => (
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
