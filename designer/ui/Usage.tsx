import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Dependent } from '#engine/changes/plan.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { editorPath } from '../paths.ts';
import { nameAt } from '../shell/issues.ts';

const FEW = 6;

/** What names a thing, each with a way there; of many the first few. */
export function Usage({ dependents, title, empty }: { dependents: readonly Dependent[]; title: string; empty: string }) {
  const label = useLabel();
  const { shell } = useTexts();
  const [isWhole, setIsWhole] = useState(false);
  const { definitions } = useDraft();
  const seen = new Set<string>();
  const lines = dependents
    .map((dependent) => ({ to: editorPath(dependent.path, (table, list, index) => nameAt(definitions, table, list, index)), text: label(dependent.label) }))
    .filter(({ to, text }) => !seen.has(`${to} ${text}`) && seen.add(`${to} ${text}`));
  return (
    <section className="usage">
      <h3>
        {title} <span className="quiet">{lines.length || ''}</span>
      </h3>
      {lines.length === 0 ? <p className="quiet">{empty}</p> : null}
      <ul>
        {(isWhole ? lines : lines.slice(0, FEW)).map(({ to, text }) => (
          <li key={`${to} ${text}`}>
            <Link to={to}>{text}</Link>
          </li>
        ))}
      </ul>
      {!isWhole && lines.length > FEW ? (
        <Button type="link" size="small" onClick={() => setIsWhole(true)}>
          {fill(shell.showAll, { n: lines.length })}
        </Button>
      ) : null}
    </section>
  );
}
