/** Which rows, in words an administrator picks from; anything else is a rule of its own. */
import type { Label } from '../errors.ts';
import type { Rule } from '../rules/rule.ts';

const own: Rule = { '==': [{ var: 'owner' }, { var: '$me' }] };
const subordinates: Rule = { in: [{ var: 'owner' }, { var: '$mySubordinates' }] };
const department: Rule = { '==': [{ var: 'owner_department' }, { var: '$myDepartment' }] };
const collaborating: Rule = { in: [{ var: '$me' }, { var: 'collaborators' }] };

export const ROW_PRESETS = {
  all: { label: { 'zh-CN': '全部', en: 'All' }, rows: true },
  own: { label: { 'zh-CN': '自己负责的', en: 'Own' }, rows: own },
  shared: { label: { 'zh-CN': '自己负责或协作的', en: 'Own and collaborating' }, rows: { or: [own, collaborating] } },
  team: { label: { 'zh-CN': '自己和下属的', en: 'Own and subordinates’' }, rows: { or: [own, subordinates] } },
  department: { label: { 'zh-CN': '自己和本部门的', en: 'Own and department’s' }, rows: { or: [own, department] } },
} as const satisfies Record<string, { label: Label; rows: Rule | true }>;

export type RowPreset = keyof typeof ROW_PRESETS;

/** `none` where nothing is granted, `custom` for a rule of its own. */
export function rowPresetOf(rows: Rule | true | undefined): RowPreset | 'none' | 'custom' {
  if (rows === undefined) return 'none';
  const text = JSON.stringify(rows);
  const found = (Object.keys(ROW_PRESETS) as RowPreset[]).find((name) => JSON.stringify(ROW_PRESETS[name].rows) === text);
  return found ?? 'custom';
}
