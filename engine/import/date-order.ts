/** 03/04/2024 is March or April by the writer's country. Other cells of the same column tell: 03/25/2024 puts the month first. */
export type DateOrder = 'month_first' | 'day_first';

const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/;

/** Null when no cell tells, or cells contradict each other; then each ambiguous cell is an error of its own. */
export function findDateOrder(cells: readonly string[]): DateOrder | null {
  let order: DateOrder | null = null;
  for (const cell of cells) {
    const match = NUMERIC.exec(cell.trim());
    if (!match) continue;
    const [first, second] = [Number(match[1]), Number(match[3])];
    const told: DateOrder | null = first > 12 && second <= 12 ? 'day_first' : second > 12 && first <= 12 ? 'month_first' : null;
    if (told !== null && order !== null && told !== order) return null;
    order ??= told;
  }
  return order;
}

/** The year first, as everywhere else in the product. Text in another form is given back as it is. */
export function orderDate(text: string, order: DateOrder): string {
  return text.replace(NUMERIC, (_, first: string, _mark: string, second: string, year: string) =>
    order === 'month_first' ? `${year}-${first}-${second}` : `${year}-${second}-${first}`,
  );
}
