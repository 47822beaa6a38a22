import type { CellProps } from '../field-components.ts';

/** One line, or in its own room as many as were written. */
export function TextCell({ value, room }: CellProps) {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return <span className={room === 'line' ? 'ellipsis' : 'pre-line'}>{text}</span>;
}

export function CodeCell({ value, room }: CellProps) {
  return <span className={room === 'line' ? 'ellipsis tabular' : 'tabular'}>{String(value)}</span>;
}
