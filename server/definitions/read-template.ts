/** A template from its folder: `app.json` and `tables/*.json`, sample records in `demo/*.json`, what one begins with else in `records/*.json`, `scenarios/*.json`. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CalendarDay } from '../calendar.ts';
import { readDefinitionFiles } from '#engine/changes/print-definitions.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { samplesWithin, scenariosWithin } from '#engine/changes/leave-out/keep-with.ts';
import { type Profile, profileNamed, profilesOf, withProfile } from '#engine/changes/leave-out/profile.ts';

export interface Template {
  readonly definitions: Definitions;
  /** By table; references are written as the `external_id` of their target, moments as `@-12 14:00`. */
  readonly samples: Readonly<Record<string, readonly Record<string, Json>[]>>;
  /** Told in the same way: what a workspace without samples begins with, so that workflows find what they ask for. */
  readonly records?: Readonly<Record<string, readonly Record<string, Json>[]>>;
  /** What the template promises, as tests that travel with it. */
  readonly scenarios?: readonly unknown[];
  /** Holidays and make-up workdays, for a workspace that has none. */
  readonly calendar?: readonly CalendarDay[];
  /** The parts it may be installed in, and which of them this is. */
  readonly profiles?: readonly Profile[];
  readonly profile?: string;
}

/** `profile`: the part of it; absent: the one it is usually installed in. Throws `not_found` for one it does not have. */
export async function readTemplate(dir: string, profile?: string): Promise<Template> {
  const whole = await readDefinitions(dir);
  const profiles = profilesOf(whole);
  const chosen = profileNamed(profiles, profile);
  const definitions = withProfile(whole, chosen);
  const samples = Object.fromEntries(await readFolder<Record<string, Json>[]>(join(dir, 'demo')));
  const records = Object.fromEntries(await readFolder<Record<string, Json>[]>(join(dir, 'records')));
  const scenarios = [...(await readFolder<unknown>(join(dir, 'scenarios'))).values()];
  return {
    definitions,
    samples: chosen ? samplesWithin(samples, whole, definitions) : samples,
    records: chosen ? samplesWithin(records, whole, definitions) : records,
    scenarios: chosen ? scenariosWithin(scenarios, definitions) : scenarios,
    ...(chosen && { profiles, profile: chosen.name }),
    calendar: await readJson<CalendarDay[]>(join(dir, 'calendar.json')).catch(whenMissing([])),
  };
}

/** Throws `invalid_definition` with every file that cannot be read. */
export async function readDefinitions(dir: string): Promise<Definitions> {
  const inside = async (folder: string): Promise<string[]> => (await namesIn(join(dir, folder))).map((name) => `${folder}/${name}`);
  const names = ['app.json', ...(await inside('tables')), ...(await inside('workflows')), ...(await inside('dashboards'))];
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name), 'utf8').catch(whenMissing(undefined))] as const));
  return readDefinitionFiles(Object.fromEntries(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]))));
}

async function readFolder<T>(dir: string): Promise<Map<string, T>> {
  return new Map(await Promise.all((await namesIn(dir)).map(async (name) => [name.slice(0, -'.json'.length), await readJson<T>(join(dir, name))] as const)));
}

/** A folder that is not there is empty. */
async function namesIn(dir: string): Promise<string[]> {
  return (await readdir(dir).catch(whenMissing([] as string[]))).filter((name) => name.endsWith('.json')).sort();
}

function whenMissing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}

async function readJson<T>(file: string): Promise<T> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
