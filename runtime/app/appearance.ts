import { useSyncExternalStore } from 'react';
import type { Appearance } from './theme.ts';

const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const query = dark();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Light or dark, following the system. */
export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, () => (dark().matches ? 'dark' : 'light'), () => 'light');
}
