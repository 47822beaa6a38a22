/** What the browser gets for `#pinyin`: it never encodes columns, and the dictionary would weigh on the first load. */
export function sortKeyOf(): string {
  throw new Error('Sort keys are made where records are written, on the server.');
}
