/**
 * From what a table's definition says of roles to grants whose rows are rules: levels fill in what is not said, scope
 * words become rules, sharing modes widen or narrow, `inherits` opens what hangs on a readable record. Pure; done once,
 * when the model is built, so that everything later sees only rules.
 */
import type { TableGrant } from '../model/app-model.ts';
import type { AppDefinition, GrantDefinition, LevelDefinition, SharingMode, TableDefinition } from '../model/definitions.ts';
import type { Rule } from '../rules/rule.ts';
import { DEFAULT_LEVELS, type Level, OWNER_LEVEL } from './levels.ts';
import { isScopeName, type ScopeAction, scopeRows } from './scopes.ts';

type Role = AppDefinition['roles'][number];

type Levels = Pick<AppDefinition, 'levels' | 'levelVariants'>;

/** What a level says in this workspace, or a variant of it where there is one of that name, which says all by itself. */
export function levelOf({ levels, levelVariants = [] }: Levels, level: Level, variant?: string): LevelDefinition {
  const found = levelVariants.find((own) => own.name === variant && own.level === level);
  const { name: _name, label: _label, level: _level, ...own } = found ?? ({} as NonNullable<typeof found>);
  return found ? own : { ...DEFAULT_LEVELS[level], ...levels?.[String(level)] };
}

/** A role's level; 0 where it has none, and only explicit grants count. */
export function roleLevel(role: Pick<Role, 'level' | 'owner'>): number {
  return role.owner ? OWNER_LEVEL : (role.level ?? 0);
}

/** The grant as written, with what the level of the role adds where the table takes part in levels. */
export function effectiveGrant(app: Levels, role: Role, table: Pick<TableDefinition, 'sharing' | 'permissions'>): GrantDefinition {
  const own = table.permissions?.[role.name] ?? {};
  if (table.sharing === 'strict') return strictGrant(role.level === undefined ? own : { ...levelOf(app, role.level as Level, role.levelVariant), ...own });
  if (table.sharing === undefined || role.level === undefined) return own;
  return { ...levelOf(app, role.level as Level, role.levelVariant), ...SHARING[table.sharing], ...own };
}

/** Denial goes before permission: below a system owner nobody reads more of a strict table than their own records, whatever is written. */
function strictGrant({ also: _more, share: _share, transfer: _transfer, merge: _merge, ...grant }: GrantDefinition): GrantDefinition {
  const rows = Object.fromEntries((['read', 'update', 'delete'] as const).flatMap((action) => (grant[action] === undefined ? [] : [[action, grant[action] === false ? false : 'own']])));
  return { ...grant, ...rows };
}

const SHARING: Readonly<Record<Exclude<SharingMode, 'strict'>, LevelDefinition>> = {
  private: {},
  publicRead: { read: true },
  publicWrite: { read: true, create: true, update: true },
  publicDelete: { read: true, create: true, update: true, delete: true },
};

/** `areLines`: the table holds rows of a `lines` field, which are written with the record they belong to. */
export function resolveGrants(app: AppDefinition, table: TableDefinition, areLines: boolean): Record<string, TableGrant> {
  const resolved: Record<string, TableGrant> = {};
  for (const role of app.roles) {
    const grant = effectiveGrant(app, role, table);
    if (Object.keys(grant).length === 0) continue;
    const denies = role.level === undefined ? [] : Object.entries(grant.fields ?? {}).flatMap(([name, right]) => (right === 'hidden' ? [name] : []));
    resolved[role.name] = { ...resolveGrant(grant, table.inherits, areLines), ...(denies.length > 0 && { denies }) };
  }
  return resolved;
}

function resolveGrant(grant: GrantDefinition, inherits: string | undefined, areLines: boolean): TableGrant {
  const inherited = (action: ScopeAction): Rule | undefined => {
    if (inherits === undefined) return undefined;
    if (action === 'read') return { inherited: [inherits, 'read'] };
    return areLines && (action === 'update' || action === 'delete') ? { inherited: [inherits, 'update'] } : undefined;
  };
  const rows = (action: ScopeAction): Rule | true | undefined => {
    const permit = grant[action];
    if (permit === true) return true;
    if (permit !== undefined && permit !== false && !isScopeName(permit)) return permit as Rule;
    const scope = isScopeName(permit) ? scopeRows(permit, action) : undefined;
    // Taken away is taken away; a row of lines may still be removed with its parent's right.
    if (scope === true || permit === false || (scope === undefined && !(areLines && action === 'delete' && grant.update !== undefined && grant.update !== false))) return scope;
    const more = inherited(action);
    return more === undefined ? scope : scope === undefined ? more : { or: [...((scope as { or?: Rule[] }).or ?? [scope]), more] };
  };
  const kept: Record<string, unknown> = {};
  for (const action of ['read', 'update', 'delete', 'share', 'transfer', 'merge'] as const) {
    const found = rows(action);
    if (found !== undefined) kept[action] = found;
  }
  for (const flag of ['create', 'sensitive', 'reveal'] as const) if (grant[flag]) kept[flag] = true;
  for (const limit of ['export', 'import'] as const) if (grant[limit] !== undefined) kept[limit] = grant[limit];
  if (grant.fields) kept.fields = grant.fields;
  if (grant.also) kept.also = grant.also;
  return kept as TableGrant;
}
