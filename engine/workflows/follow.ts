/**
 * The pure step of a run: what a node's answer means for the run. Comes in: the graph, the step that was executed and its result; goes
 * out: the state of the step, the steps that begin, and whether a path inside a block has ended. Whoever stores it decides nothing.
 */
import type { Graph } from './graph.ts';
import type { NodeResult } from './node-type.ts';

export interface StepAt {
  readonly seq: number;
  readonly node: string;
  /** The step of the block it stands in, and the body port that led here. */
  readonly parent: number | null;
  readonly branch: string | null;
}

export interface Begin {
  readonly node: string;
  readonly parent: number | null;
  readonly branch: string | null;
}

export interface Followed {
  readonly state: 'done' | 'waiting';
  readonly port: string | null;
  readonly begin: readonly Begin[];
  /** Bodies of the blocks that ended at once or now: the step is to be called again with the port. */
  readonly ended: readonly { readonly parent: number; readonly branch: string }[];
  /** The whole run is over. */
  readonly end: 'done' | 'refused' | null;
}

export function follow(graph: Graph, step: StepAt, result: NodeResult): Followed {
  if ('end' in result) return { state: 'done', port: null, begin: [], ended: [], end: result.end };
  if ('wait' in result || 'stay' in result) return { state: 'waiting', port: null, begin: [], ended: [], end: null };
  if ('enter' in result) {
    const bodies = result.enter.map((port) => ({ port, node: graph.next(step.node, port) }));
    return {
      state: 'waiting',
      port: null,
      begin: bodies.flatMap(({ port, node }) => (node === null ? [] : [{ node, parent: step.seq, branch: port }])),
      ended: bodies.flatMap(({ port, node }) => (node === null ? [{ parent: step.seq, branch: port }] : [])),
      end: null,
    };
  }
  const next = graph.next(step.node, result.port);
  const { parent, branch } = step;
  return {
    state: 'done',
    port: result.port,
    begin: next === null ? [] : [{ node: next, parent, branch }],
    ended: next === null && parent !== null && branch !== null ? [{ parent, branch }] : [],
    end: null,
  };
}
