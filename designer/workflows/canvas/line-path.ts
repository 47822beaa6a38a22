/** The way a line takes: down, across between two rows, and down again, with round corners. Pure. */
import type { Position } from '#engine/changes/edit-workflows.ts';
import { ROW_GAP } from './layout.ts';

const RADIUS = 10;

export interface LinePath {
  readonly path: string;
  /** Where its label stands. */
  readonly label: Position;
}

export function linePath(from: Position, to: Position, through: readonly Position[]): LinePath {
  const stops = [from, ...through, to];
  const corners: Position[] = [from];
  for (let i = 1; i < stops.length; i++) {
    const [a, b] = [stops[i - 1] as Position, stops[i] as Position];
    if (Math.abs(a.x - b.x) < 1) continue;
    // The first crossing hugs its row, so that siblings bend at one height.
    const y = i === 1 && b.y > a.y ? Math.min(a.y + ROW_GAP * 0.36, (a.y + b.y) / 2) : (a.y + b.y) / 2;
    corners.push({ x: a.x, y }, { x: b.x, y });
  }
  corners.push(to);
  const first = stops[1] as Position;
  const down = to.y > from.y;
  return { path: rounded(corners), label: down ? { x: first.x, y: from.y + Math.min(ROW_GAP * 0.62, (first.y - from.y) * 0.62) } : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } };
}

function rounded(corners: readonly Position[]): string {
  const [start] = corners as [Position];
  let path = `M ${start.x} ${start.y}`;
  for (let i = 1; i < corners.length - 1; i++) {
    const [before, at, after] = corners.slice(i - 1, i + 2) as [Position, Position, Position];
    const radius = Math.min(RADIUS, distance(before, at) / 2, distance(at, after) / 2);
    const enter = towards(at, before, radius);
    const leave = towards(at, after, radius);
    path += ` L ${enter.x} ${enter.y} Q ${at.x} ${at.y} ${leave.x} ${leave.y}`;
  }
  const end = corners.at(-1) as Position;
  return `${path} L ${end.x} ${end.y}`;
}

const distance = (a: Position, b: Position): number => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Position, to: Position, by: number): Position {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / whole, y: from.y + ((to.y - from.y) * by) / whole };
}
