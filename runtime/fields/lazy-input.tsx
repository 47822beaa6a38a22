import { type ComponentType, lazy, Suspense } from 'react';
import type { InputProps } from './field-components.ts';

function Pending({ id }: { id: string }) {
  return <span id={id} className="bone input-bone" aria-busy="true" />;
}

/** An input that is fetched when first drawn. */
export function lazyInput(load: () => Promise<ComponentType<InputProps>>): ComponentType<InputProps> {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function LazyInput(props: InputProps) {
    return (
      <Suspense fallback={<Pending id={props.id} />}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
