import type { ReactNode } from 'react';
import { CreateContext } from '#runtime/app/create-context.ts';

const NOTHING = { create: () => undefined };

/** What the runtime's components expect around them. In the designer nothing is created: a preview writes nothing. */
export function PreviewFrame({ children }: { children: ReactNode }) {
  return <CreateContext value={NOTHING}>{children}</CreateContext>;
}
