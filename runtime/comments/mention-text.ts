/** A comment while it is typed holds names (`@陈晓`), and ids (`@{id}`) when it is kept. */
import { mentionOf, withNames } from '#engine/records/mentions.ts';

export interface Person {
  readonly id: string;
  /** As it stands in the text after `@`; nobody else who was chosen has the same. */
  readonly name: string;
}

/** Names of those chosen become their ids; the longest first, so that 陈晓东 is not read as 陈晓. */
export function toStored(text: string, people: readonly Person[]): string {
  if (people.length === 0) return text;
  const byName = new Map(people.map(({ id, name }) => [name, id]));
  const names = [...byName.keys()].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text.replace(new RegExp(`@(${names.join('|')})`, 'g'), (whole, name: string) => {
    const id = byName.get(name);
    return id === undefined ? whole : mentionOf(id);
  });
}

export function toTyped(body: string, people: readonly Person[]): string {
  return withNames(body, (id) => people.find((person) => person.id === id)?.name);
}

/** Namesakes are told apart by how they sign in. */
export function distinctNames(people: readonly { readonly id: string; readonly name: string; readonly login: string }[]): Person[] {
  const count = new Map<string, number>();
  for (const { name } of people) count.set(name, (count.get(name) ?? 0) + 1);
  return people.map(({ id, name, login }) => ({ id, name: (count.get(name) ?? 0) > 1 && login !== '' ? `${name} (${login})` : name }));
}

/** One more chosen; who had the name in the text before gives it up, because the text now means the new one. */
export function withPerson(people: readonly Person[], chosen: Person): Person[] {
  return [...people.filter(({ id, name }) => id !== chosen.id && name !== chosen.name), chosen];
}
