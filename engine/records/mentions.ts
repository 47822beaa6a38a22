/** A text that names people: each as `@{id}`, so that whoever is renamed is read by the new name. */

/** No dash needs escaping, and nobody types it by hand. */
const MENTION = /@\{([0-9A-Za-z-]{1,64})\}/g;

export const mentionOf = (id: string): string => `@{${id}}`;

/** Ids of those named, each once, in the order of the text. */
export function mentionedIn(text: string): string[] {
  return [...new Set([...text.matchAll(MENTION)].map((match) => match[1] as string))];
}

/** The text as people read it. */
export function withNames(text: string, nameOf: (id: string) => string | undefined): string {
  return text.replace(MENTION, (_, id: string) => `@${nameOf(id) ?? '…'}`);
}

/** What stands between the mentions, changed; the mentions stay. */
export function mapAroundMentions(text: string, change: (part: string) => string): string {
  return splitMentions(text).map((part) => ('id' in part ? mentionOf(part.id) : change(part.text))).join('');
}

export type MentionPart = { readonly text: string } | { readonly id: string };

export function splitMentions(text: string): MentionPart[] {
  return text.split(MENTION).flatMap((part, i): MentionPart[] => (i % 2 === 1 ? [{ id: part }] : part === '' ? [] : [{ text: part }]));
}
