/** Live and draft side by side, property by property; what is long is shown as JSON with its differing lines marked. */
import type { DefinitionChange } from '#engine/changes/plan.ts';
import { isLabel } from '#engine/errors.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { expandGrant, PropertyWords, usePropertyName } from './PropertyWords.tsx';
import { usePublishTexts } from './texts.ts';

function lines(value: unknown): string[] {
  return JSON.stringify(value, null, 2).split('\n');
}

export function PropertyValue({ value, other }: { value: unknown; other: unknown }) {
  const texts = usePublishTexts();
  const label = useLabel();
  if (value === undefined) return <span className="quiet">{texts.none}</span>;
  if (isLabel(value)) return isLabel(other) && label(value) !== label(other) ? label(value) : `${value['zh-CN']} / ${value.en}`;
  if (value === null || typeof value !== 'object') return String(value);
  const known = new Set(other === undefined ? [] : lines(other));
  return (
    <pre className="plan-json">
      {lines(value).map((line, i) => (
        <span key={i} className={known.has(line) ? undefined : 'plan-differs'}>
          {line}
        </span>
      ))}
    </pre>
  );
}

interface PropertyTableProps {
  readonly properties: DefinitionChange['properties'];
  readonly heads?: readonly [string, string];
  /** What they are properties of; absent where only a path is known. */
  readonly of?: Pick<DefinitionChange, 'subject' | 'table'>;
}

export function PropertyTable({ properties, heads, of }: PropertyTableProps) {
  const texts = usePublishTexts();
  const nameOf = usePropertyName(of?.subject);
  const [left, right] = heads ?? [texts.live, texts.draft];
  const draw = (name: string, value: unknown, other: unknown) => <PropertyWords name={name} value={value} table={of?.table} otherwise={<PropertyValue value={value} other={other} />} />;
  return (
    <table className="plan-properties">
      <thead>
        <tr>
          <th scope="col">{texts.property}</th>
          <th scope="col">{left}</th>
          <th scope="col">{right}</th>
        </tr>
      </thead>
      <tbody>
        {(of?.subject === 'permission' ? expandGrant(properties) : properties).map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{nameOf(name) || '–'}</th>
            <td>{draw(name, before, after)}</td>
            <td>{draw(name, after, before)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
