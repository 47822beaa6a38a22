/** The telling of a whole workflow: what sets it off, then node by node. */
import type { Label } from '../errors.ts';
import { text } from '../fields/settings.ts';
import type { WorkflowDefinition } from './definitions.ts';
import { type Graph, graphOf } from './graph.ts';
import type { Port } from './node-type.ts';
import { NODE_TYPES, nodeTypeOf } from './nodes/index.ts';
import { labelOf } from './scope.ts';
import { TRIGGER_TYPES, triggerTypeOf } from './triggers/index.ts';
import { type NamedModel, wordsFor } from './words.ts';

export interface Line {
  readonly indent: number;
  /** Null: the trigger. */
  readonly node: string | null;
  readonly text: Label;
}

interface Path {
  readonly port: Port;
  readonly to: string;
}

const portLine = ({ label }: Port, rest: Label): Label => ({ 'zh-CN': `${label['zh-CN']}：${rest['zh-CN']}`, en: `${label.en}:${rest.en}` });
const NOTHING = text('', '');
const ENDS = text('结束', ' ends here');
const GOES_ON = text('接着往下', ' goes on below');
const END = text('到此结束', 'Ends here');

/**
 * Branches are indented. Where they meet again it goes on at their own level, so a long chain of questions stays at the margin; a branch that
 * does not come there says that it ends. A node told before is only named.
 */
export function describeWorkflow(model: NamedModel, workflow: WorkflowDefinition): Line[] {
  const words = wordsFor(model, workflow);
  const graph = graphOf(workflow);
  const lines: Line[] = [];
  const told = new Set<string>();
  if (Object.hasOwn(TRIGGER_TYPES, workflow.trigger.type)) lines.push({ indent: 0, node: null, text: triggerTypeOf(workflow.trigger).summary(workflow.trigger, words) });

  /** From a node on, until the path ends or comes to one of `joins`, which is told further out. */
  function tell(first: string | null, indent: number, joins: ReadonlySet<string>): void {
    let last: string | null = null;
    for (let at = first; at === null || !joins.has(at); ) {
      const node = at === null ? undefined : graph.node(at);
      if (at === null || !node || !Object.hasOwn(NODE_TYPES, node.type)) {
        if (joins.size > 0 && last !== null && graph.ports(last).length > 0) lines.push({ indent, node: last, text: END });
        return;
      }
      if (told.has(at)) {
        const label = labelOf(node);
        lines.push({ indent, node: at, text: text(`转到“${label['zh-CN']}”`, `Goes on at “${label.en}”`) });
        return;
      }
      told.add(at);
      last = at;
      lines.push({ indent, node: at, text: nodeTypeOf(node).summary(node, words) });
      at = tellExits(at, indent, joins);
      // It ended in every branch, and each has said so.
      if (at === null && pathsFrom(graph, last).some(({ port }) => port.kind !== 'body')) return;
    }
  }

  /** The branches of a node; answers where it goes on at the level of the node itself. */
  function tellExits(at: string, indent: number, joins: ReadonlySet<string>): string | null {
    const branch = ({ port, to }: Path, inner: ReadonlySet<string>): void => {
      const goesOn = inner.has(to);
      lines.push({ indent: indent + 1, node: at, text: portLine(port, goesOn ? GOES_ON : NOTHING) });
      if (!goesOn) tell(to, indent + 2, inner);
    };
    const ways = pathsFrom(graph, at);
    // The end of a body is the block's next round, not the end of the workflow.
    for (const way of ways) if (way.port.kind === 'body') branch(way, new Set());
    const onward = ways.filter(({ port }) => port.kind !== 'body');
    const [only] = onward;
    const ending = (): void => {
      for (const port of graph.ports(at)) if (port.kind === undefined && graph.next(at, port.name) === null) lines.push({ indent: indent + 1, node: at, text: portLine(port, ENDS) });
    };
    if (!only) return null;
    if (onward.length === 1 && only.port.kind === undefined) {
      ending();
      return only.to;
    }
    const join = meeting(graph, onward, joins);
    const inner = join === null ? joins : new Set([...joins, join]);
    for (const way of onward) branch(way, inner);
    if (join !== null || joins.size > 0) ending();
    return join;
  }

  tell(graph.first, 0, new Set());
  return lines;
}

const pathsFrom = (graph: Graph, name: string): Path[] =>
  graph.ports(name).flatMap((port) => {
    const to = graph.next(name, port.name);
    return to === null ? [] : [{ port, to }];
  });

/** Everything a path comes to, nearest first, as far as `joins`. */
function reach(graph: Graph, from: string, joins: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const todo = [from]; todo.length > 0; ) {
    const name = todo.shift() as string;
    if (found.has(name) || joins.has(name)) continue;
    found.add(name);
    todo.push(...pathsFrom(graph, name).map(({ to }) => to));
  }
  return found;
}

/** The first node where most of the paths meet; null: they part for good. */
function meeting(graph: Graph, paths: readonly Path[], joins: ReadonlySet<string>): string | null {
  const reached = paths.map(({ to }) => reach(graph, to, joins));
  let best: { readonly name: string; readonly count: number } | null = null;
  for (const name of new Set(reached.flatMap((one) => [...one]))) {
    const count = reached.filter((one) => one.has(name)).length;
    if (count > Math.max(1, best?.count ?? 1)) best = { name, count };
  }
  return best?.name ?? null;
}
