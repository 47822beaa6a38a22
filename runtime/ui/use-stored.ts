import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const parsed = new Map<string, { text: string | null; value: unknown }>();

function read(key: string): unknown {
  const text = localStorage.getItem(key);
  const known = parsed.get(key);
  if (known && known.text === text) return known.value;
  let value: unknown;
  try {
    value = text === null ? undefined : JSON.parse(text);
  } catch {
    value = undefined;
  }
  parsed.set(key, { text, value });
  return value;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A preference of this browser: widths, row height. `accepts` guards against what an older version stored. */
export function useStored<Value>(key: string, fallback: Value, accepts: (value: unknown) => value is Value): [Value, (next: Value) => void] {
  const name = `relata.${key}`;
  const stored = useSyncExternalStore(subscribe, () => read(name));
  const write = useCallback(
    (next: Value) => {
      localStorage.setItem(name, JSON.stringify(next));
      for (const listener of listeners) listener();
    },
    [name],
  );
  return [accepts(stored) ? stored : fallback, write];
}
