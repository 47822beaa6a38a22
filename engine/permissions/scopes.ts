/**
 * Which rows, in words: the scope of a grant. Each word means a rule over the owner of a record, so that one language
 * serves roles, levels and views; anything else is a rule of its own. Wider scopes hold the narrower ones.
 */
import type { Label } from '../errors.ts';
import type { Rule } from '../rules/rule.ts';

export type ScopeAction = 'read' | 'update' | 'delete' | 'share' | 'transfer' | 'merge';

export const SCOPE_NAMES = ['own', 'shared', 'team', 'department', 'departmentTree', 'all'] as const;
export type ScopeName = (typeof SCOPE_NAMES)[number];

const own: Rule = { '==': [{ var: 'owner' }, { var: '$me' }] };
const subordinates: Rule = { in: [{ var: 'owner' }, { var: '$mySubordinates' }] };
/** Peers are isolated: of colleagues one sees those of lower rank, unless the department is open to its own. */
const below: Rule = { or: [{ in: [{ var: 'owner' }, { var: '$juniors' }] }, { in: [{ var: 'owner_department' }, { var: '$openDepartments' }] }] };
const department: Rule = { and: [{ in: [{ var: 'owner_department' }, { var: '$myDepartments' }] }, below] };
const departmentTree: Rule = { and: [{ in: [{ var: 'owner_department' }, { var: '$myDepartmentTree' }] }, below] };

/** A share to read opens reading, one to edit also changing; giving away, deleting and sharing on are never shared. */
function shares(action: ScopeAction): Rule[] {
  // Collaborators stand beside the shares: they read, and change what the owner lets them.
  if (action === 'read') return [{ sharedWithMe: ['read'] }];
  return action === 'update' ? [{ sharedWithMe: ['edit'] }] : [];
}

export const SCOPE_LABELS: Readonly<Record<ScopeName, Label>> = {
  own: { 'zh-CN': '自己负责的', en: 'Own' },
  shared: { 'zh-CN': '自己的和共享给自己的', en: 'Own and shared' },
  team: { 'zh-CN': '自己的、共享的和下属的', en: 'Own, shared and subordinates’' },
  department: { 'zh-CN': '本部门（职级低于自己的）', en: 'Department (of lower rank)' },
  departmentTree: { 'zh-CN': '本部门及下级部门（职级低于自己的）', en: 'Department tree (of lower rank)' },
  all: { 'zh-CN': '全部', en: 'All' },
};

export function isScopeName(value: unknown): value is ScopeName {
  return typeof value === 'string' && (SCOPE_NAMES as readonly string[]).includes(value);
}

/** The ways in which a scope makes a record visible, each with its reason; `scopeRows` is their union. */
export function scopeParts(scope: ScopeName, action: ScopeAction): readonly { readonly reason: ScopeReason; readonly rows: Rule }[] {
  const steps: { readonly from: ScopeName; readonly reason: ScopeReason; readonly rows: readonly Rule[] }[] = [
    { from: 'own', reason: 'own', rows: [own] },
    { from: 'shared', reason: 'shared', rows: shares(action) },
    { from: 'team', reason: 'subordinate', rows: [subordinates] },
    { from: 'department', reason: 'department', rows: [department] },
    { from: 'departmentTree', reason: 'departmentTree', rows: [departmentTree] },
  ];
  const reach = SCOPE_NAMES.indexOf(scope);
  return steps.filter((step) => SCOPE_NAMES.indexOf(step.from) <= reach).flatMap(({ reason, rows }) => rows.map((rule) => ({ reason, rows: rule })));
}

export function scopeRows(scope: ScopeName, action: ScopeAction): Rule | true {
  if (scope === 'all') return true;
  const rules = scopeParts(scope, action).map(({ rows }) => rows);
  return rules.length === 1 ? (rules[0] as Rule) : { or: rules };
}

export type ScopeReason = 'own' | 'shared' | 'subordinate' | 'department' | 'departmentTree';

export const REASON_LABELS: Readonly<Record<ScopeReason, Label>> = {
  own: { 'zh-CN': '您是负责人', en: 'You own it' },
  shared: { 'zh-CN': '您是协作人，或有人共享给了您', en: 'You collaborate, or it was shared with you' },
  subordinate: { 'zh-CN': '负责人是您的下属', en: 'Its owner reports to you' },
  department: { 'zh-CN': '负责人在您的部门，职级低于您', en: 'Its owner is in your department, of lower rank' },
  departmentTree: { 'zh-CN': '负责人在您的部门或下级部门，职级低于您', en: 'Its owner is in your department or below, of lower rank' },
};

/** What a permit of a definition comes to: a scope, none, or a rule of its own. */
export function scopeOf(permit: unknown): ScopeName | 'none' | 'custom' {
  if (permit === undefined || permit === false) return 'none';
  if (permit === true) return 'all';
  if (isScopeName(permit)) return permit;
  return JSON.stringify(permit) === JSON.stringify(own) ? 'own' : 'custom';
}

/** The scope that rules of a built model come to, `custom` where none says it; what follows from the record above is left aside. */
export function scopeOfRows(rows: Rule | true, action: ScopeAction): ScopeName | 'custom' {
  if (rows === true) return 'all';
  const parts = (partsOf(rows) as readonly Rule[]).filter((part) => !(part !== null && typeof part === 'object' && 'inherited' in part));
  const own = JSON.stringify(parts);
  return SCOPE_NAMES.find((name) => JSON.stringify(partsOf(scopeRows(name, action))) === own) ?? 'custom';
}

/** The ways in which rules let a row be read: any one of them does. */
export function partsOf(rows: Rule | true): readonly (Rule | true)[] {
  return rows !== null && typeof rows === 'object' && 'or' in rows ? (rows.or as readonly Rule[]) : [rows];
}
