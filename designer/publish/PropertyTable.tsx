/** Live and draft side by side, property by property; what is long is shown as JSON with its differing lines marked. */
import type { DefinitionChange } from '#engine/changes/plan.ts';
import { isLabel } from '#engine/errors.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
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

export function PropertyTable({ properties, heads }: { properties: DefinitionChange['properties']; heads?: readonly [string, string] }) {
  const texts = usePublishTexts();
  const [left, right] = heads ?? [texts.live, texts.draft];
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
        {properties.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{name || '–'}</th>
            <td>
              <PropertyValue value={before} other={after} />
            </td>
            <td>
              <PropertyValue value={after} other={before} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
