/** Edits of permission levels: definitions in, definitions out. A built-in level keeps only what differs from its default. */
import type { Label } from '../errors.ts';
import type { AppDefinition, Definitions, LevelDefinition, LevelVariantDefinition } from '../model/definitions.ts';
import { DEFAULT_LEVELS, type Level } from '../permissions/levels.ts';
import { levelOf } from '../permissions/resolve-grants.ts';
import { isSame } from './diff-definitions.ts';
import { type Patch, patched, updateApp } from './edits.ts';

/** Level 9 cannot be changed: a system owner has every right. */
export function updateLevel(definitions: Definitions, level: Level, patch: Patch<LevelDefinition>): Definitions {
  const { [String(level)]: own = {}, ...others } = definitions.app.levels ?? {};
  const standard = DEFAULT_LEVELS[level] as Readonly<Record<string, unknown>>;
  const kept = Object.entries(patched(own, patch)).filter(([key, value]) => !isSame(value, standard[key] ?? false));
  return withLevels(definitions, kept.length > 0 ? { ...others, [String(level)]: Object.fromEntries(kept) as LevelDefinition } : others);
}

export function restoreLevel(definitions: Definitions, level: Level): Definitions {
  const { [String(level)]: _own, ...others } = definitions.app.levels ?? {};
  return withLevels(definitions, others);
}

function withLevels(definitions: Definitions, levels: NonNullable<AppDefinition['levels']>): Definitions {
  return updateApp(definitions, { levels: Object.keys(levels).length > 0 ? levels : undefined });
}

/** A copy of what its level allows now; what becomes of the level later does not touch it. */
export function addLevelVariant(definitions: Definitions, { name, label, level }: { readonly name: string; readonly label: Label; readonly level: Level }): Definitions {
  return withVariants(definitions, [...(definitions.app.levelVariants ?? []), { name, label, level, ...levelOf(definitions.app, level) }]);
}

export function updateLevelVariant(definitions: Definitions, name: string, patch: Patch<LevelVariantDefinition>): Definitions {
  return withVariants(definitions, (definitions.app.levelVariants ?? []).map((own) => (own.name === name ? patched(own, patch) : own)));
}

/** Roles that followed it follow its level again. */
export function removeLevelVariant(definitions: Definitions, name: string): Definitions {
  const roles = definitions.app.roles.map((role) => (role.levelVariant === name ? patched(role, { levelVariant: undefined }) : role));
  return withVariants(updateApp(definitions, { roles }), (definitions.app.levelVariants ?? []).filter((own) => own.name !== name));
}

function withVariants(definitions: Definitions, variants: LevelVariantDefinition[]): Definitions {
  return updateApp(definitions, { levelVariants: variants.length > 0 ? variants : undefined });
}
