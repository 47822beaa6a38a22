/** Which views show records as rows: where a number of a chart leads to. */
const LIST_VIEWS: ReadonlySet<string> = new Set(['table']);

export function isListView(type: string): boolean {
  return LIST_VIEWS.has(type);
}
