import { useCallback, useMemo, useState } from 'react';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string, index: number, range: boolean) => void;
  readonly set: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

/** Ticked rows. With Shift everything between the last tick and this one follows it. */
export function useSelection(idAt: (index: number) => string | undefined): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<number | null>(null);

  const toggle = useCallback(
    (id: string, index: number, range: boolean) => {
      setIds((old) => {
        const next = new Set(old);
        const on = !old.has(id);
        const from = range && last !== null ? Math.min(last, index) : index;
        const to = range && last !== null ? Math.max(last, index) : index;
        for (let row = from; row <= to; row++) {
          const other = idAt(row);
          if (other === undefined) continue;
          if (on) next.add(other);
          else next.delete(other);
        }
        return next;
      });
      setLast(index);
    },
    [idAt, last],
  );
  const clear = useCallback(() => setIds((old) => (old.size === 0 ? old : new Set())), []);
  return useMemo(() => ({ ids, toggle, set: (all) => setIds(new Set(all)), clear }), [ids, toggle, clear]);
}
