/** A list of records as the tree they form by a reference among themselves. */
export interface Branch<Item> {
  readonly item: Item;
  readonly below: readonly Branch<Item>[];
}

/** Whoever stands above and is not in the list, or cannot be seen, leaves a root; a circle is cut where it is met again. */
export function buildTree<Item extends { readonly id: string }>(items: readonly Item[], parentOf: (item: Item) => string | null, rankOf: (item: Item) => number): Branch<Item>[] {
  const ids = new Set(items.map(({ id }) => id));
  const children = new Map<string | null, Item[]>();
  for (const item of items) {
    const parent = parentOf(item);
    const key = parent !== null && ids.has(parent) && parent !== item.id ? parent : null;
    children.set(key, [...(children.get(key) ?? []), item]);
  }
  const placed = new Set<string>();
  const branch = (item: Item): Branch<Item> => {
    placed.add(item.id);
    return { item, below: sorted(children.get(item.id) ?? []).filter(({ id }) => !placed.has(id)).map(branch) };
  };
  const sorted = (list: readonly Item[]): Item[] => [...list].sort((a, b) => rankOf(a) - rankOf(b));
  const roots = sorted(children.get(null) ?? []).map(branch);
  for (const item of items) if (!placed.has(item.id)) roots.push(branch(item));
  return roots;
}
