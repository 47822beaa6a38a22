import { Link } from 'react-router';
import type { Dependent } from '#engine/changes/plan.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { editorPath } from '../paths.ts';
import { nameAt } from '../shell/issues.ts';

/** What names a thing, each with a way there. */
export function Usage({ dependents, title, empty }: { dependents: readonly Dependent[]; title: string; empty: string }) {
  const label = useLabel();
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
        {lines.map(({ to, text }) => (
          <li key={`${to} ${text}`}>
            <Link to={to}>{text}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
