import type { Json } from '#engine/fields/field-type.ts';

/** What a step read or answered, as it is. */
export function JsonView({ title, value }: { title: string; value: Json }) {
  if (value === null || (typeof value === 'object' && Object.keys(value).length === 0)) return null;
  return (
    <section>
      <h3>{title}</h3>
      <pre className="code-block">{JSON.stringify(value, null, 2)}</pre>
    </section>
  );
}
