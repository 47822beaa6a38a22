import { useSyncExternalStore } from 'react';

function watch(text: string): () => boolean {
  const matches = () => window.matchMedia(text).matches;
  const subscribe = (listener: () => void) => {
    const query = window.matchMedia(text);
    query.addEventListener('change', listener);
    return () => query.removeEventListener('change', listener);
  };
  return () => useSyncExternalStore(subscribe, matches, () => false);
}

/** Whether the screen is as narrow as a phone's. */
export const usePhone = watch('(max-width: 767px)');
/** Room for a third column. */
export const useWide = watch('(min-width: 1280px)');
