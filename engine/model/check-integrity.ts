/** What keeps the records of a table right beyond single fields: combinations that stand once, invariants over roll-ups, stamps, fields that follow a roll-up. */
import { childPath, type Issue, type Label } from '../errors.ts';
import { checkRule, type CheckRequest } from '../rules/check.ts';
import { fieldTypeOf, kindOf, resolvePath } from '../rules/paths.ts';
import type { FieldModel } from './app-model.ts';
import type { TableCheck } from './check-references.ts';

const text = {
  noField: (name: string): Label => ({ 'zh-CN': `没有字段“${name}”`, en: `There is no field "${name}"` }),
  notStored: (name: string): Label => ({ 'zh-CN': `“${name}”没有可以比较的存储值`, en: `"${name}" has no stored value to compare` }),
  noRollup: (name: string): Label => ({ 'zh-CN': `“${name}”不是本表存储的汇总字段`, en: `"${name}" is no stored roll-up of this table` }),
};

const BEFORE = '$before.';

/** The kinds of `$before.stage`: what a field held before the write. */
export function kindBefore(fields: Readonly<Record<string, FieldModel>>): NonNullable<CheckRequest['variable']> {
  return (path) => {
    const name = path.startsWith(BEFORE) ? path.slice(BEFORE.length) : '';
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return field ? kindOf(field) : null;
  };
}

export function checkIntegrityRules({ definition, path, tables }: TableCheck): Issue[] {
  const issues: Issue[] = [];
  const own = tables[definition.name]?.fields ?? {};
  const report = (at: string, code: string, message: Label): void => void issues.push({ path: at, code, message });
  const field = (name: string, at: string): FieldModel | undefined => {
    const found = Object.hasOwn(own, name) ? own[name] : undefined;
    if (!found) report(at, 'unknown_field', text.noField(name));
    return found;
  };
  const rule = (value: unknown, at: string, options: Partial<CheckRequest>): void => {
    if (value !== undefined) issues.push(...checkRule(value, { tables, table: definition.name, path: at, target: 'memory', ...options }).issues);
  };
  definition.unique?.forEach((unique, i) => {
    const at = `${path}/unique/${i}`;
    rule(unique.when, childPath(at, 'when'), { target: 'sql' });
    unique.fields.forEach((name, k) => {
      const resolved = resolvePath(tables, definition.name, name);
      if (typeof resolved === 'string' || resolved.hops.length > 0) report(`${at}/fields/${k}`, 'unknown_field', text.noField(name));
      else if (fieldTypeOf(resolved.field).storage !== 'columns' || resolved.field.computed?.mode === 'query') report(`${at}/fields/${k}`, 'cannot_index', text.notStored(name));
    });
  });
  definition.invariants?.forEach((invariant, i) => rule(invariant.rule, `${path}/invariants/${i}/rule`, { target: 'sql' }));
  definition.stamps?.forEach((stamp, i) => {
    const at = `${path}/stamps/${i}`;
    field(stamp.field, childPath(at, 'field'));
    for (const key of ['when', 'value'] as const) rule(stamp[key], childPath(at, key), { variable: kindBefore(own) });
  });
  definition.follows?.forEach((follow, i) => {
    const at = `${path}/follows/${i}`;
    field(follow.field, childPath(at, 'field'));
    const rollup = field(follow.rollup, childPath(at, 'rollup'));
    if (rollup && !(rollup.computed?.mode === 'stored' && rollup.computed.rule === undefined)) report(childPath(at, 'rollup'), 'not_a_rollup', text.noRollup(follow.rollup));
  });
  if (Array.isArray(definition.appendOnly)) definition.appendOnly.forEach((name, i) => void field(name, `${path}/appendOnly/${i}`));
  return issues;
}
