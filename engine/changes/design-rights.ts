/**
 * How far somebody of a level may change the definitions (九级权限, domain 3.3): from level 7 views, dashboards and option values;
 * from level 8 everything but what would raise the administrator; system owners everything. Told as issues of a draft, so that a
 * plan shows them before anybody publishes.
 */
import type { Issue, Label } from '../errors.ts';
import type { Definitions } from '../model/definitions.ts';
import type { Actor } from '../permissions/actor.ts';
import { ADMINISTRATOR_LEVEL, DESIGN_LEVEL, DUAL_CONTROL_LEVEL, type Level, LEVELS } from '../permissions/levels.ts';
import type { WorkflowDefinition } from '../workflows/definitions.ts';
import { NODE_TYPES, nodeTypeOf } from '../workflows/nodes/index.ts';
import { roleLevel } from '../permissions/resolve-grants.ts';
import { diffDefinitions, isSame } from './diff-definitions.ts';
import type { DefinitionChange } from './plan.ts';
import { usesOf } from './where-used.ts';

type Designer = Pick<Actor, 'unrestricted' | 'level' | 'roles'> & { /** A high level takes two people: it is not given by changing a role. */ readonly takesTwo?: boolean };

const NO_EXPORT_LEVEL: Level = 3;

/** Empty: all of it is within the rights of that person. */
export function beyondDesignRights({ unrestricted, level = 0, roles, takesTwo }: Designer, before: Definitions, after: Definitions): Issue[] {
  if (unrestricted) return [];
  const changes = diffDefinitions(before, after);
  if (level < ADMINISTRATOR_LEVEL) return [...changes.filter((change) => level < DESIGN_LEVEL || !isArrangement(change)).map((change) => issue(change.path, text.administrators(change))), ...newUnscoped(before, after), ...changes.filter(({ subject, path, properties }) => subject === 'dashboard' && properties.some(({ name }) => name === 'roles') && isUnscopedAt(after, path)).map((change) => issue(change.path, text.unscoped(change.label)))];
  return [...changes.flatMap((change) => raises(change, before, after, roles)), ...newExports(before, after), ...newExemptions(before, after), ...newReadersOfStrict(before, after), ...(takesTwo ? raisedRoles(before, after) : [])];
}

/** What counts everybody’s records is for who keeps the application to declare. */
function newUnscoped(before: Definitions, after: Definitions): Issue[] {
  const charts = ({ dashboards = [] }: Definitions) => dashboards.flatMap(({ name, cards }) => cards.flatMap(({ chart, name: card }) => (chart?.unscoped ? [{ path: `/dashboards/${name}/cards/${card}`, label: chart.label, chart }] : [])));
  const known = charts(before);
  return charts(after).filter(({ path, chart }) => !known.some((own) => own.path === path && isSame(own.chart, chart))).map(({ path, label }) => issue(path, text.unscoped(label)));
}

function isUnscopedAt({ dashboards = [] }: Definitions, path: string): boolean {
  return dashboards.some(({ name, cards }) => name === nameOf(path) && cards.some(({ chart }) => chart?.unscoped));
}

/** How things are shown and called, not what is kept: views, dashboards, values to choose from. */
function isArrangement({ subject, properties, action }: DefinitionChange): boolean {
  if (subject === 'view' || subject === 'dashboard' || subject === 'options') return true;
  return subject === 'field' && action === 'change' && properties.every(({ name }) => name === 'options' || name.startsWith('options/'));
}

/** What only a system owner may do: roles as high as an administrator's, sign-in and number rules, strict tables, keys, masks. */
function raises(change: DefinitionChange, before: Definitions, after: Definitions, own: readonly string[]): Issue[] {
  const { subject, path } = change;
  const refuse = (why: Label): Issue[] => [issue(path, why)];
  const isOwn = own.includes(nameOf(path));
  if (subject === 'role') return isOwn ? refuse(text.own(change)) : readsAudit(before, path) !== readsAudit(after, path) ? refuse(text.audit(change)) : isHigh(before, path) || isHigh(after, path) ? refuse(text.role(change)) : [];
  if (subject === 'level' && [before, after].some((definitions) => isOwnLevel(definitions, path, own))) return refuse(text.ownLevel(change));
  if (subject === 'app' || subject === 'level') return isSame(guardedSettings(before), guardedSettings(after)) ? [] : refuse(text.settings);
  if (subject === 'permission') return isOwn || isHigh(before, path) || isStrict(before, change.table) ? refuse(text.permission(change)) : [];
  if (subject === 'table') return isStrict(before, change.table) && (change.action === 'remove' || !isStrict(after, change.table)) ? refuse(text.strict(change)) : [];
  if (subject === 'field') return change.properties.some(({ name, before: was }) => (name === 'sensitive' || name === 'encrypted') && was === true) ? refuse(text.mask(change)) : [];
  if (subject === 'workflow') {
    const has = isSame(workflowAt(before, path), workflowAt(after, path)) ? null : namesSecret(after, path) ? text.secret : sendsUncovered(after, path) ? text.uncovered : null;
    return has === null ? [] : refuse(has(change));
  }
  return [];
}

/** Up to level 3 nobody takes records out unless an owner says so: also of a table that is new. */
function newExports(before: Definitions, after: Definitions): Issue[] {
  const exports = ({ tables }: Definitions, table: string, role: string): unknown => tables.find(({ name }) => name === table)?.permissions?.[role]?.export;
  const low = after.app.roles.filter(({ level }) => level !== undefined && level <= NO_EXPORT_LEVEL);
  return after.tables.flatMap((table) =>
    low.filter(({ name }) => Boolean(exports(after, table.name, name)) && !isSame(exports(before, table.name, name), exports(after, table.name, name))).map((role) => issue(`/tables/${table.name}/permissions/${role.name}`, text.export(table.label, role.label))),
  );
}

/** People who hold the role would rise without anybody having confirmed it. */
function raisedRoles(before: Definitions, after: Definitions): Issue[] {
  const was = new Map(before.app.roles.map((role) => [role.name, roleLevel(role)]));
  return after.app.roles
    .filter((role) => roleLevel(role) > DUAL_CONTROL_LEVEL && roleLevel(role) < ADMINISTRATOR_LEVEL && (was.get(role.name) ?? DUAL_CONTROL_LEVEL + 1) <= DUAL_CONTROL_LEVEL)
    .map((role) => issue(`/app/roles/${role.name}`, text.raised(role.label)));
}

/** Document and card numbers are refused everywhere but where an owner lets them in. */
function newExemptions(before: Definitions, after: Definitions): Issue[] {
  const exempt = ({ tables }: Definitions) => tables.flatMap((table) => table.fields.filter((field) => field.allowNumbers === true).map((field) => ({ path: `/tables/${table.name}/fields/${field.name}`, label: field.label })));
  const known = new Set(exempt(before).map(({ path }) => path));
  return exempt(after).filter(({ path }) => !known.has(path)).map(({ path, label }) => issue(path, text.numbers(label)));
}

/** Nobody but its owners reads a strict table: what newly calls it by name could carry it elsewhere. */
function newReadersOfStrict(before: Definitions, after: Definitions): Issue[] {
  return before.tables.filter((table) => table.sharing === 'strict').flatMap((table) => {
    const names = (definitions: Definitions) => [{ table: table.name }, ...table.fields.map((field) => ({ table: table.name, field: field.name }))].flatMap((target) => usesOf(definitions, target).map((use) => use.path));
    const known = new Set(names(before));
    return [...new Set(names(after))].filter((path) => !known.has(path)).map((path) => issue(path, text.reader(table.label)));
  });
}

/** A role of theirs follows that level, or that variant of one. */
function isOwnLevel({ app }: Definitions, path: string, own: readonly string[]): boolean {
  const isVariant = path.startsWith('/app/levelVariants/');
  return app.roles.some((role) => own.includes(role.name) && (isVariant ? role.levelVariant : role.level === undefined ? undefined : String(role.level)) === nameOf(path));
}

const nameOf = (path: string): string => path.split('/').at(-1) ?? '';

function readsAudit({ app }: Definitions, path: string): boolean {
  return app.roles.find(({ name }) => name === nameOf(path))?.audit === true;
}

function isHigh({ app }: Definitions, path: string): boolean {
  const role = app.roles.find(({ name }) => name === nameOf(path));
  return role !== undefined && roleLevel(role) >= ADMINISTRATOR_LEVEL;
}

function isStrict({ tables }: Definitions, name: string | undefined): boolean {
  return tables.some((table) => table.name === name && table.sharing === 'strict');
}

function guardedSettings({ app }: Definitions): unknown {
  const variants = app.levelVariants ?? [];
  const low = [...LEVELS.filter((level) => level <= NO_EXPORT_LEVEL).map((level) => app.levels?.[String(level)]?.export), variants.flatMap(({ level, name, export: out }) => (level <= NO_EXPORT_LEVEL && out ? [[name, out]] : []))];
  return [app.settings?.secondFactor, app.settings?.sensitiveNumbers, app.settings?.dualControl, app.levels?.[String(ADMINISTRATOR_LEVEL)], variants.filter(({ level }) => level >= ADMINISTRATOR_LEVEL), low];
}

function workflowAt({ workflows }: Definitions, path: string): WorkflowDefinition | undefined {
  return workflows?.find(({ name }) => name === nameOf(path));
}

function namesSecret(definitions: Definitions, path: string): boolean {
  return JSON.stringify(workflowAt(definitions, path) ?? null).includes('$secrets.');
}

function sendsUncovered(definitions: Definitions, path: string): boolean {
  return workflowAt(definitions, path)?.nodes.some((node) => Object.hasOwn(NODE_TYPES, node.type) && nodeTypeOf(node).uncovers?.(node) === true) === true;
}

function issue(path: string, message: Label): Issue {
  return { path, code: 'above_own_level', message };
}

const text = {
  administrators: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `只有应用管理员可以更改“${label['zh-CN']}”；您可以更改视图、仪表盘和选项`, en: `Only an app administrator may change "${label.en}"; views, dashboards and options are yours to change` }),
  role: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `只有系统所有者可以增加、更改或删除 8 级及以上的角色“${label['zh-CN']}”`, en: `Only a system owner may add, change or remove "${label.en}", a role of level 8 or above` }),
  own: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `“${label['zh-CN']}”是您自己的角色，须由系统所有者更改`, en: `"${label.en}" is a role of your own; a system owner has to change it` }),
  export: (table: Label, role: Label): Label => ({ 'zh-CN': `只有系统所有者可以让 1 至 3 级的角色“${role['zh-CN']}”导出“${table['zh-CN']}”`, en: `Only a system owner may let "${role.en}", of levels 1 to 3, export "${table.en}"` }),
  permission: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `只有系统所有者可以更改“${label['zh-CN']}”的权限`, en: `Only a system owner may change the rights of "${label.en}"` }),
  settings: { 'zh-CN': '两步验证、双人确认、证件号与卡号规则、8 级的权限和 1 至 3 级的导出只有系统所有者可以更改', en: 'The second factor, the second person’s confirmation, the rule about document and card numbers, the rights of level 8 and exporting by levels 1 to 3 are for system owners to change' },
  strict: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `“${label['zh-CN']}”是严格私有的表，只有系统所有者可以放开或删除`, en: `"${label.en}" is strictly private; only a system owner may open or remove it` }),
  mask: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `只有系统所有者可以取消字段“${label['zh-CN']}”的掩码或加密`, en: `Only a system owner may take the mask off "${label.en}", or its encryption` }),
  audit: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `只有系统所有者可以决定“${label['zh-CN']}”能否查看审计`, en: `Only a system owner decides whether "${label.en}" reads the audit` }),
  ownLevel: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `您自己的角色属于“${label['zh-CN']}”，须由系统所有者更改`, en: `A role of your own follows "${label.en}"; a system owner has to change it` }),
  unscoped: (label: Label): Label => ({ 'zh-CN': `只有应用管理员可以设置或更改全公司口径的图表“${label['zh-CN']}”`, en: `Only an app administrator may set or change "${label.en}", which counts company-wide` }),
  raised: (role: Label): Label => ({ 'zh-CN': `双人确认已开启，只有系统所有者可以把角色“${role['zh-CN']}”提到 5 级以上；也可以新建角色，再授予用户`, en: `With two people for high levels, only a system owner may raise "${role.en}" above level 5; a new role can be made and given to people instead` }),
  numbers: (label: Label): Label => ({ 'zh-CN': `只有系统所有者可以让字段“${label['zh-CN']}”保存证件号或卡号`, en: `Only a system owner may let "${label.en}" hold document or card numbers` }),
  uncovered: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `流程“${label['zh-CN']}”向外发送敏感字段的原值，只有系统所有者可以更改`, en: `The workflow "${label.en}" sends sensitive values out as they are; only a system owner may change it` }),
  secret: ({ label }: DefinitionChange): Label => ({ 'zh-CN': `流程“${label['zh-CN']}”使用密钥，只有系统所有者可以更改`, en: `The workflow "${label.en}" uses a secret; only a system owner may change it` }),
  reader: (label: Label): Label => ({ 'zh-CN': `“${label['zh-CN']}”是严格私有的表，只有系统所有者可以在别处引用它`, en: `"${label.en}" is strictly private; only a system owner may refer to it from elsewhere` }),
};
