/** What a record's own definition asks of it: required, conditional, validation rules. All problems at once. */
import type { Issue, Label } from '../errors.ts';
import type { Json } from '../fields/field-type.ts';
import type { FieldModel, TableModel } from '../model/app-model.ts';
import { pathsOf } from '../rules/check.ts';
import type { RuleContext } from '../rules/context.ts';
import { evaluateRule, holds, type RuleData } from '../rules/evaluate.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import type { Rule } from '../rules/rule.ts';
import { defaultRule, traitsOf } from './table-traits.ts';

/** Values as rules see them. */
export function toRuleData(table: TableModel, values: Readonly<Record<string, Json>>): Record<string, Json> {
  const data: Record<string, Json> = { ...values };
  for (const field of traitsOf(table).converted) {
    const value = data[field.name];
    if (value !== null && value !== undefined) data[field.name] = fieldTypeOf(field).toRule?.(value, field) ?? null;
  }
  return data;
}

export function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

export function isVisible(field: FieldModel, data: RuleData, context: RuleContext): boolean {
  return holds(field.visible, data, context);
}

export function isRequired(field: FieldModel, data: RuleData, context: RuleContext): boolean {
  if (!field.required && field.requiredWhen === undefined) return false;
  return isVisible(field, data, context) && (field.required === true || holds(field.requiredWhen, data, context));
}

const requiredMessage = (label: Label): Label => ({ 'zh-CN': `请填写${label['zh-CN']}`, en: `${label.en} is required` });

export function recordIssues(table: TableModel, data: RuleData, context: RuleContext): Issue[] {
  const issues: Issue[] = [];
  for (const field of traitsOf(table).checked) {
    const value = data[field.name];
    if (isBlank(value) && isRequired(field, data, context)) {
      issues.push({ path: `/${field.name}`, code: 'required', message: requiredMessage(field.label) });
    }
    if (isBlank(value)) continue;
    for (const check of field.validate ?? []) {
      if (!holds(check.rule, data, context)) issues.push({ path: `/${field.name}`, code: 'rule', message: check.message });
    }
  }
  for (const check of table.validate) {
    if (!holds(check.rule, data, context)) issues.push({ path: firstOwnField(table, check.rule), code: 'rule', message: check.message });
  }
  return issues;
}

/** A rule of the whole table is shown on the first field it reads. */
function firstOwnField(table: TableModel, rule: Rule): string {
  const name = pathsOf(rule)[0]?.split('.')[0];
  return name !== undefined && Object.hasOwn(table.fields, name) ? `/${name}` : '';
}

const rulePaths = new WeakMap<TableModel, readonly string[]>();

/** Every path over a reference that the record's rules and stored formulas read: what must be loaded beside it. */
export function hopPaths(table: TableModel): readonly string[] {
  let known = rulePaths.get(table);
  if (!known) {
    const rules: (Rule | undefined)[] = table.validate.map((check) => check.rule);
    for (const field of Object.values(table.fields)) {
      rules.push(field.visible, field.requiredWhen, field.readOnlyWhen, ...(field.validate ?? []).map((check) => check.rule));
      if (field.computed?.mode === 'stored') rules.push(field.computed.rule);
      rules.push(defaultRule(field));
    }
    known = [...new Set(rules.flatMap((rule) => pathsOf(rule)))].filter((path) => path.includes('.'));
    rulePaths.set(table, known);
  }
  return known;
}

/** The value a new record starts with; undefined where the definition has none. */
export function defaultValue(field: FieldModel, data: RuleData, context: RuleContext): Json | undefined {
  const rule = defaultRule(field);
  if (rule !== undefined) return evaluateRule(rule, data, context);
  return field.default as Json | undefined;
}

/** Computes the stored formulas of a record in their order, on top of `data`; answers their values. */
export function computeFormulas(table: TableModel, data: RuleData, context: RuleContext): Record<string, Json> {
  const known: Record<string, Json> = { ...data };
  const computed: Record<string, Json> = {};
  for (const name of table.computeOrder) {
    const field = table.fields[name];
    if (!field?.computed?.rule) continue;
    const value = asKind(evaluateRule(field.computed.rule, known, context), field);
    known[name] = value;
    computed[name] = value;
  }
  return computed;
}

/** A rule's result in the form its field stores. */
function asKind(value: Json, field: FieldModel): Json {
  if (value === null || value === '') return null;
  switch (field.computed?.kind) {
    case 'number': {
      const number = typeof value === 'number' ? value : Number(value);
      return Number.isFinite(number) ? number : null;
    }
    case 'boolean': return !(value === false || value === 0 || isBlank(value));
    case 'text': return String(value);
    default: return value;
  }
}
