import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Appearance } from './theme.ts';

const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const query = dark();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Light or dark, as the system has it. Asked once, at the root. */
export function useSystemAppearance(): Appearance {
  return useSyncExternalStore(subscribe, () => (dark().matches ? 'dark' : 'light'), () => 'light');
}

export const AppearanceContext = createContext<Appearance>('light');

export function useAppearance(): Appearance {
  return useContext(AppearanceContext);
}
