/** What a run, or several of a trial, did on the canvas: how each card came out and which lines were taken. Pure. */
import { type Place, TRIGGER_PORT } from '#engine/changes/edit-workflows.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { StepReport, StepState } from '#engine/workflows/reports.ts';
import { placeId, TRIGGER_ID } from './layout.ts';

export interface Trace {
  readonly cards: ReadonlyMap<string, CardTrace>;
  /** Ids of the lines taken. */
  readonly lines: ReadonlySet<string>;
}

export interface CardTrace {
  /** The worst that became of it. */
  readonly state: StepState;
  readonly times: number;
  /** What it answered last; null when nothing. */
  readonly output: Json;
}

const WORST: readonly StepState[] = ['cancelled', 'done', 'ready', 'waiting', 'failed'];

export function traceOf(steps: readonly StepReport[]): Trace {
  const cards = new Map<string, CardTrace>();
  const lines = new Set<string>();
  if (steps.length > 0) {
    cards.set(TRIGGER_ID, { state: 'done', times: 1, output: null });
    lines.add(placeId({ node: null, port: TRIGGER_PORT }));
  }
  for (const { node, state, port, output } of steps) {
    const known = cards.get(node);
    const isWorse = !known || WORST.indexOf(state) > WORST.indexOf(known.state);
    cards.set(node, { state: isWorse ? state : known.state, times: (known?.times ?? 0) + 1, output: output ?? known?.output ?? null });
    if (port !== null) lines.add(placeId({ node, port } satisfies Place));
  }
  return { cards, lines };
}

/** Bodies are entered without their port being left: what was come to inside tells it. */
export function withBodies(trace: Trace, bodies: readonly { readonly place: Place; readonly to: string }[]): Trace {
  const entered = bodies.filter(({ place, to }) => place.node !== null && trace.cards.has(place.node) && trace.cards.has(to)).map(({ place }) => placeId(place));
  return entered.length === 0 ? trace : { ...trace, lines: new Set([...trace.lines, ...entered]) };
}
