/** What a browser saves a file as: a title without what file systems refuse, the day, the kind. */
export function fileName(title: string, day: string, kind: string): string {
  return `${title.replace(/[\\/:*?"<>|\s]+/g, ' ').trim()}-${day}.${kind}`;
}
