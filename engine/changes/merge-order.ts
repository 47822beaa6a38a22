/** The order of a list that two sides changed: whoever moved things decides, the other's additions stand after the neighbour they had. */
import { isSame } from './diff-definitions.ts';

type Order = readonly string[];

export function mergeOrder(base: Order, ours: Order, theirs: Order, decide: (orders: readonly [Order, Order, Order]) => Order): Order {
  const [was, own, other] = [new Set(base), new Set(ours), new Set(theirs)];
  const shared = (order: Order): string[] => order.filter((id) => was.has(id) && own.has(id) && other.has(id));
  const chosen = decide([shared(base), shared(ours), shared(theirs)]);
  const oursLeads = isSame(chosen, shared(ours));
  return insertAll(oursLeads ? ours : theirs, oursLeads ? theirs : ours);
}

/** Both lists in one: what only `more` has stands after the nearest thing before it that is there, or before the nearest one after it. */
function insertAll(lead: Order, more: Order): Order {
  const order = [...lead];
  more.forEach((id, i) => {
    if (order.includes(id)) return;
    const before = more.slice(0, i).reverse().find((candidate) => order.includes(candidate));
    const after = more.slice(i + 1).find((candidate) => order.includes(candidate));
    order.splice(before !== undefined ? order.indexOf(before) + 1 : after !== undefined ? order.indexOf(after) : order.length, 0, id);
  });
  return order;
}
