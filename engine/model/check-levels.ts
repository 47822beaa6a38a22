/** Levels of a workspace's own: what they allow is said by a scope, since a level speaks of every table, and roles follow one that is there. */
import type { Issue, Label } from '../errors.ts';
import { isScopeName } from '../permissions/scopes.ts';
import type { AppDefinition, LevelDefinition } from './definitions.ts';

const ROW_ACTIONS = ['read', 'update', 'delete', 'share', 'transfer', 'merge'] as const;

export function levelIssues({ levels = {}, levelVariants = [], roles }: Pick<AppDefinition, 'levels' | 'levelVariants' | 'roles'>): Issue[] {
  const issues: Issue[] = [];
  const report = (path: string, code: string, message: Label): void => void issues.push({ path, code, message });
  const permits = (level: LevelDefinition, path: string): void => {
    for (const action of ROW_ACTIONS) {
      const permit = level[action];
      if (permit !== undefined && typeof permit !== 'boolean' && !isScopeName(permit)) report(`${path}/${action}`, 'unknown_scope', text.noScope);
    }
  };
  for (const [level, own] of Object.entries(levels)) permits(own, `/app/levels/${level}`);
  levelVariants.forEach((variant, i) => {
    permits(variant, `/app/levelVariants/${i}`);
    if (levelVariants.findIndex(({ name }) => name === variant.name) !== i) report(`/app/levelVariants/${i}/name`, 'duplicate_name', text.twice(variant.name));
  });
  for (const { name, level, levelVariant, label } of roles) {
    if (levelVariant === undefined || levelVariants.some((variant) => variant.name === levelVariant && variant.level === level)) continue;
    report(`/app/roles/${name}/levelVariant`, 'unknown_level', text.noVariant(label, levelVariant));
  }
  return issues;
}

const text = {
  noScope: { 'zh-CN': '级别的权限只能是范围（如“本部门”）、是或否', en: 'What a level allows is a scope such as "department", yes or no' } as Label,
  twice: (name: string): Label => ({ 'zh-CN': `级别名“${name}”重复`, en: `The level name "${name}" is used twice` }),
  noVariant: (role: Label, name: string): Label => ({ 'zh-CN': `角色“${role['zh-CN']}”的级别没有变体“${name}”`, en: `The level of the role "${role.en}" has no variant "${name}"` }),
};
