/** A profile of a template: the part of it that a small firm, or one without projects, begins with. Growing later is an upgrade to a larger one. */
import { AppError } from '../../errors.ts';
import type { Definitions } from '../../model/definitions.ts';
import type { ProfileDefinition } from '../../model/profile-definition.ts';
import { leaveOut } from './leave-out.ts';

export interface Profile extends Omit<ProfileDefinition, 'tables' | 'without'> {
  readonly tables: readonly string[];
}

/** As the template declares them, each with all of its tables. */
export function profilesOf({ app, tables }: Definitions): Profile[] {
  const all = tables.map(({ name }) => name);
  return (app.profiles ?? []).map(({ tables: own, without = [], ...profile }) => ({ ...profile, tables: all.filter((name) => (own ?? all).includes(name) && !without.includes(name)) }));
}

/** The one that is installed unless told; null where a template has none. */
export function usualProfile(profiles: readonly Profile[]): Profile | null {
  return profiles.find(({ usual }) => usual) ?? profiles.at(-1) ?? null;
}

/** Throws `not_found`. Null: the template has no profiles, and nothing was asked for. */
export function profileNamed(profiles: readonly Profile[], name: string | undefined): Profile | null {
  if (name === undefined) return usualProfile(profiles);
  const found = profiles.find((profile) => profile.name === name);
  const offered = profiles.map((profile) => profile.name);
  if (!found) throw new AppError('not_found', { 'zh-CN': `模板没有安装范围“${name}”；可选：${offered.join('、') || '无'}`, en: `The template has no profile "${name}"; there are: ${offered.join(', ') || 'none'}` });
  return found;
}

export function withProfile(definitions: Definitions, profile: Profile | null): Definitions {
  const { profiles: _, ...app } = definitions.app;
  const whole = { ...definitions, app };
  return profile ? leaveOut(whole, definitions.tables.map(({ name }) => name).filter((name) => !profile.tables.includes(name))) : whole;
}

/** Everything the smaller one has, and more. */
export function isLarger(profile: Profile, than: Profile): boolean {
  return profile.tables.length > than.tables.length && than.tables.every((name) => profile.tables.includes(name));
}
