/** Random edits of definitions from a seed, for tests that must hold whatever people do. The results need not build. */
import { profilesOf, usualProfile, withProfile } from './leave-out/profile.ts';
import type { Definitions } from '../model/definitions.ts';

/** Mulberry32: small, and the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** JSON of any shape, to be changed at will. */
export type Draft = ReturnType<typeof JSON.parse>;

export function editRandomly(definitions: Definitions, random: () => number, count: number): Definitions {
  const draft = structuredClone(definitions) as unknown as { app: Draft; tables: Draft[] };
  const below = (length: number): number => Math.floor(random() * length);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const name = (): string => `n${below(1000)}`;
  const label = () => ({ 'zh-CN': `名${below(1000)}`, en: `Name ${below(1000)}` });
  const fields = (table: Draft): string[] => table.fields.map((field: Draft) => field.name);
  const sections = (form: Draft): Draft[] => [...(form.sections ?? []), ...(form.tabs ?? []).flatMap((tab: Draft) => tab.sections)];
  const remove = (list: unknown[] | undefined): void => void (list?.length && list.splice(below(list.length), 1));
  const move = (list: unknown[] | undefined): void => void (list?.length && list.splice(below(list.length), 0, ...list.splice(below(list.length), 1)));
  const edits: readonly (() => void)[] = [
    () => void (pick(draft.tables).label = label()),
    () => void (pick(pick(draft.tables).fields as Draft[]).label.en = `Name ${below(1000)}`),
    () => void pick(draft.tables).fields.push({ name: name(), label: label(), type: 'text' }),
    () => remove(pick(draft.tables).fields),
    () => move(pick(draft.tables).fields),
    () => {
      const field = pick(pick(draft.tables).fields as Draft[]);
      Object.assign(field, random() < 0.5 ? { type: 'text', maxLength: below(300) } : { required: true, help: label() });
    },
    () => {
      const view = pick((pick(draft.tables).views ?? [{}]) as Draft[]);
      const table = draft.tables.find((candidate) => candidate.views?.includes(view));
      if (!table || view.type !== 'table') return;
      const unused = fields(table).filter((field) => !view.columns.some((column: unknown) => column === field));
      if (random() < 0.5 && unused.length > 0) view.columns.splice(below(view.columns.length + 1), 0, pick(unused));
      else if (view.columns.length > 1) (random() < 0.5 ? remove : move)(view.columns);
    },
    () => {
      const form = pick((pick(draft.tables).forms ?? [{}]) as Draft[]);
      const [from, to] = [pick(sections(form)), pick(sections(form))];
      if (from && to && from.fields.length > 0) to.fields.splice(below(to.fields.length + 1), 0, ...from.fields.splice(below(from.fields.length), 1));
    },
    () => void (pick(draft.app.navigation as Draft[]).tables.splice(0, 0, name())),
    () => {
      const list = pick(Object.values(draft.app.options) as Draft[][]);
      if (random() < 0.5) list.push({ value: name(), label: label() });
      else remove(list);
    },
    () => void (pick(draft.tables).permissions[pick(['manager', 'service'])] = { read: true, [pick(['create', 'export'])]: true }),
    () => void (draft.tables.length > 2 && remove(draft.tables)),
    () => void draft.tables.push({ name: name(), label: label(), titleField: 'name', fields: [{ name: 'name', label: label(), type: 'text' }], permissions: {} }),
  ];
  for (let i = 0; i < count; i++) pick(edits)();
  return draft as unknown as Definitions;
}

/** The definitions of a template on disk as it is usually installed, without its workflows; for tests beside it. */
export async function templateForTest(name: string): Promise<Definitions> {
  const { workflows: _, ...whole } = await wholeTemplateForTest(name);
  return withProfile(whole, usualProfile(profilesOf(whole)));
}

/** Everything that stands in its folder. */
export async function wholeTemplateForTest(name: string): Promise<Definitions> {
  const { readdir, readFile } = await import('node:fs/promises');
  const dir = new URL(`../../templates/${name}/`, import.meta.url);
  const read = async (path: string) => JSON.parse(await readFile(new URL(path, dir), 'utf8'));
  const all = async (folder: string) => Promise.all((await readdir(new URL(`${folder}/`, dir)).catch(() => [])).sort().map((file) => read(`${folder}/${file}`)));
  const dashboards = await all('dashboards');
  const workflows = await all('workflows');
  return { app: await read('app.json'), tables: await all('tables'), ...(workflows.length > 0 && { workflows }), ...(dashboards.length > 0 && { dashboards }) };
}
