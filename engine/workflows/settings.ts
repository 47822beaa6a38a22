/** The kinds of settings that triggers and nodes share, each with the editor that the designer draws it with. */
import Type, { type TSchema } from 'typebox';
import { labelled, type SettingEditor, type SettingHints, text } from '../fields/settings.ts';
import { LabelSchema, Name, TextSchema } from '../fields/definition-parts.ts';
import type { Rule } from '../rules/rule.ts';

const strict = { additionalProperties: false } as const;

/** A constant, a rule, or a text with `{{placeholders}}`. */
export type Expression = Rule;

/** Somebody, told by where they stand: `owner.superior` of the record, a variable, everyone of a role, who set it off. */
export type Person = { readonly path: string } | { readonly role: string } | { readonly starter: true };

export const DURATION_UNITS = ['minute', 'hour', 'day', 'week', 'month', 'businessHour', 'businessDay'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];
/** `amount` may be an expression: a parameter. */
export interface Duration {
  readonly amount: Expression;
  readonly unit: DurationUnit;
}

export const PersonSchema = Type.Unsafe<Person>(
  Type.Union([Type.Object({ path: Type.String() }, strict), Type.Object({ role: Type.String() }, strict), Type.Object({ starter: Type.Literal(true) }, strict)]),
);
export const DurationSchema = Type.Unsafe<Duration>(
  Type.Object({ amount: Type.Unsafe<Expression>({}), unit: Type.Union(DURATION_UNITS.map((unit) => Type.Literal(unit))) }, strict),
);

type Words = readonly [zh: string, en: string];
type Help = readonly [zh: string, en: string];

function edited<Schema extends TSchema>(schema: Schema, [zh, en]: Words, editor: SettingEditor, help?: Help, hints: SettingHints = {}): Schema {
  return { ...schema, ...labelled(zh, en, { 'x-editor': editor, ...hints, ...(help && { 'x-help': text(...help) }) }) };
}

export const tableSetting = (words: Words, help?: Help) => edited(Name, words, 'table', help);
/** A rule over the table that the setting `of` names; absent: over the record that started the run. */
export const ruleSetting = (words: Words, of?: string, help?: Help) => edited(Type.Unsafe<Rule>({}), words, 'rule', help, of ? { 'x-of': of } : {});
/** A rule that stands in a record, as the filter of a group: read when the node runs, with the actor's eyes. */
export const keptRuleSetting = () => expressionSetting(['并满足记录里的条件', 'And the rule kept in'], ['值是一个条件，如分群的条件；为空时一条也不满足', 'A value that is a rule, like the filter of a group; empty, nothing meets it']);
/** The variable of a record: `$record`, `$each.record`. */
export const recordSetting = (words: Words, help?: Help) => edited(Type.String({ default: '$record' }), words, 'record', help);
/** The variable of a list of records: `$find.records`. */
export const listSetting = (words: Words, help?: Help) => edited(Type.String(), words, 'recordList', help);
/** Values of a record to be written; `of` names the setting that says which table's. */
export const valuesSetting = (words: Words, of?: string, help?: Help) => edited(Type.Record(Name, Type.Unsafe<Expression>({})), words, 'values', help, of ? { 'x-of': of } : {});
/** Values under names of the administrator's own: variables, inputs. */
export const namedValuesSetting = (words: Words, help?: Help) => edited(Type.Record(Name, Type.Unsafe<Expression>({})), words, 'namedValues', help);
/** Headers of a request: texts with placeholders. */
export const headersSetting = (words: Words) => edited(Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }), Type.String()), words, 'headers');
export const expressionSetting = (words: Words, help?: Help, hints?: SettingHints) => edited(Type.Unsafe<Expression>({}), words, 'expression', help, hints);
/** A text in both languages with `{{placeholders}}`. */
export const messageSetting = (words: Words, help?: Help) => edited(TextSchema, words, 'message', help);
/** A text with `{{placeholders}}`, the same in every language. */
export const templateSetting = (words: Words, help?: Help) => edited(Type.String({ maxLength: 20_000 }), words, 'template', help);
export const peopleSetting = (words: Words, help?: Help) => edited(Type.Array(PersonSchema, { minItems: 1 }), words, 'people', help);
export const durationSetting = (words: Words, help?: Help) => edited(DurationSchema, words, 'duration', help);
/** `09:00`, or a parameter. */
export const timeSetting = (words: Words, help?: Help) => edited(Type.Unsafe<Expression>({}), words, 'time', help);
export const fieldSetting = (words: Words, of: string | undefined, kinds?: SettingHints['x-kinds'], help?: Help) => edited(Type.String(), words, 'field', help, { ...(of && { 'x-of': of }), ...(kinds && { 'x-kinds': kinds }) });
export const fieldsSetting = (words: Words, of: string | undefined, help?: Help) => edited(Type.Array(Name), words, 'fields', help, of ? { 'x-of': of } : {});
export const sortSetting = (words: Words, of: string, help?: Help) => edited(Type.Array(Type.String()), words, 'sort', help, { 'x-of': of });
export const cronSetting = (words: Words, help?: Help) => edited(Type.String({ maxLength: 120 }), words, 'schedule', help);
export const workflowSetting = (words: Words, help?: Help) => edited(Name, words, 'workflow', help);
export const tablesSetting = (words: Words, help?: Help) => edited(Type.Array(Name), words, 'tables', help);
export const rolesSetting = (words: Words, help?: Help) => edited(Type.Array(Type.String()), words, 'roles', help);

/** Shown only while the setting `setting` has one of the values `is`. */
export function shownWhen<Schema extends TSchema>(schema: Schema, setting: string, ...is: readonly string[]): Schema {
  return { ...schema, 'x-when': { setting, is } satisfies SettingHints['x-when'] };
}

/** One of a few words, drawn as a choice. */
export function choiceSetting<const Value extends string>(words: Words, values: Readonly<Record<Value, Words>>, fallback?: NoInfer<Value>, help?: Help) {
  const names = Object.keys(values) as Value[];
  const labels = Object.fromEntries(names.map((name) => [name, text(values[name][0], values[name][1])]));
  return Type.Union(names.map((name) => Type.Literal(name)), { ...(fallback !== undefined && { default: fallback }), ...labelled(...words, { 'x-labels': labels, ...(help && { 'x-help': text(...help) }) }) });
}

export const wholeSetting = (words: Words, minimum: number, maximum: number, fallback?: number, help?: Help) =>
  Type.Integer({ minimum, maximum, ...(fallback !== undefined && { default: fallback }), ...labelled(...words, help ? { 'x-help': text(...help) } : {}) });
export const flagSetting = (words: Words, help?: Help) => Type.Literal(true, { ...labelled(...words, help ? { 'x-help': text(...help) } : {}) });

/** Branches of a switch or a parallel block: each is a port. */
export interface Branch {
  readonly name: string;
  readonly label: { readonly 'zh-CN': string; readonly en: string };
  readonly rule?: Rule;
}
export const branchesSetting = (words: Words, withRule: boolean) =>
  edited(
    Type.Array(Type.Object({ name: Name, label: LabelSchema, ...(withRule && { rule: Type.Unsafe<Rule>({}) }) }, strict), { minItems: withRule ? 1 : 2, maxItems: 12 }),
    words,
    'branches',
    undefined,
  ) as unknown as TSchema;

/** A setting as a node or trigger holds it, or its default. */
export function settingOf<Value>(node: Readonly<Record<string, unknown>>, name: string, fallback: Value): Value {
  return node[name] === undefined ? fallback : (node[name] as Value);
}
