/** The shape of a workflow: which node follows which, what can be reached, which block a node stands in. */
import type { NodeDefinition, WorkflowDefinition } from './definitions.ts';
import type { Port } from './node-type.ts';
import { NODE_TYPES, nodeTypeOf } from './nodes/index.ts';

export interface Graph {
  readonly first: string | null;
  node(name: string): NodeDefinition | undefined;
  ports(name: string): readonly Port[];
  /** Where a port leads; null: the path ends there. */
  next(name: string, port: string): string | null;
  /** Nodes a run can come to. */
  readonly reachable: ReadonlySet<string>;
  /** The blocks a node stands in, outermost first: `['each_plan']`. Of a node that can be come to in several ways, the first found. */
  blocks(name: string): readonly string[];
  /** Nodes that every or some way to a node has passed, blocks around it included. */
  before(name: string): ReadonlySet<string>;
}

const graphs = new WeakMap<WorkflowDefinition, Graph>();

/** Made once for a workflow. Takes definitions that need not be right: unknown types have no ports. */
export function graphOf(workflow: WorkflowDefinition): Graph {
  let graph = graphs.get(workflow);
  if (!graph) graphs.set(workflow, (graph = makeGraph(workflow)));
  return graph;
}

function makeGraph(workflow: WorkflowDefinition): Graph {
  const nodes = new Map(workflow.nodes.map((node) => [node.name, node]));
  const portsOf = (node: NodeDefinition | undefined): readonly Port[] => (node && Object.hasOwn(NODE_TYPES, node.type) ? nodeTypeOf(node).ports(node) : []);
  const next = (name: string, port: string): string | null => {
    const to = nodes.get(name)?.next?.[port];
    return to !== undefined && nodes.has(to) ? to : null;
  };
  const first = workflow.trigger.next !== undefined && nodes.has(workflow.trigger.next) ? workflow.trigger.next : null;
  const blocks = new Map<string, readonly string[]>();
  const before = new Map<string, Set<string>>();
  const open: { readonly name: string; readonly inside: readonly string[] }[] = first === null ? [] : [{ name: first, inside: [] }];
  for (let entry = open.shift(); entry; entry = open.shift()) {
    const { name, inside } = entry;
    if (blocks.has(name)) continue;
    blocks.set(name, inside);
    for (const port of portsOf(nodes.get(name))) {
      const to = next(name, port.name);
      if (to !== null) open.push({ name: to, inside: port.kind === 'body' ? [...inside, name] : inside });
    }
  }
  // Grows until nothing is added: a way back makes a node stand before itself.
  for (const name of blocks.keys()) before.set(name, new Set());
  for (let grew = true; grew; ) {
    grew = false;
    for (const name of blocks.keys()) {
      for (const { name: port, kind } of portsOf(nodes.get(name))) {
        const to = next(name, port);
        if (to === null) continue;
        // What a body has answered is there once the block goes on.
        const bodies = kind === 'body' ? [] : portsOf(nodes.get(name)).filter((own) => own.kind === 'body').flatMap((own) => [...insideOf(name, own.name)]);
        const target = before.get(to) as Set<string>;
        for (const earlier of [...(before.get(name) ?? []), name, ...bodies]) {
          if (!target.has(earlier)) {
            target.add(earlier);
            grew = true;
          }
        }
      }
    }
  }
  function insideOf(block: string, port: string): Set<string> {
    const found = new Set<string>();
    const todo = [next(block, port)];
    for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
      if (name === null || found.has(name)) continue;
      found.add(name);
      for (const own of portsOf(nodes.get(name))) todo.push(next(name, own.name));
    }
    return found;
  }
  return {
    first,
    node: (name) => nodes.get(name),
    ports: (name) => portsOf(nodes.get(name)),
    next,
    reachable: new Set(blocks.keys()),
    blocks: (name) => blocks.get(name) ?? [],
    before: (name) => before.get(name) ?? new Set(),
  };
}
