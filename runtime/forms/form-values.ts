/** Values of a form: how they start, what changed, what is wrong with them, and what rules say about each field. Pure. */
import { Validator, type OutputUnit } from '@cfworker/json-schema';
import type { Locale } from '#engine/errors.ts';
import { FIELD_TYPES } from '#engine/fields/index.ts';
import type { FieldType, Json, JsonSchema } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { bannedValue, type NumberMode } from '#engine/records/number-ban.ts';
import { defaultValue, isBlank, isRequired, isVisible, recordIssues } from '#engine/records/record-rules.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import { holds } from '#engine/rules/evaluate.ts';
import type { FieldRight, Values } from '../api/types.ts';
import { toRuleData } from '../model/rule-data.ts';
import { i18n } from '../app/i18n/index.ts';

export interface FieldState {
  readonly visible: boolean;
  readonly required: boolean;
  readonly readOnly: boolean;
}

export interface FormProblem {
  /** JSON pointer into the record. */
  readonly path: string;
  readonly message: string;
}

function typeOf(field: FieldModel): FieldType {
  return FIELD_TYPES[field.type];
}

/** Defaults first, in the order of the fields, so that a later rule sees the earlier ones; then what was handed over. */
export function initialValues(table: TableModel, given: Values, context: RuleContext): Values {
  const values: Record<string, Json> = {};
  for (const field of Object.values(table.fields)) {
    const own = given[field.name];
    if (own !== undefined) {
      values[field.name] = own;
      continue;
    }
    if (field.computed || field.system || typeOf(field).computed) continue;
    const fallback = defaultValue(field, toRuleData(table, { ...given, ...values }), context);
    const value = fallback === undefined ? null : typeOf(field).normalize(fallback, field);
    if (value !== null) values[field.name] = value;
  }
  return values;
}

function tidy(field: FieldModel | undefined, value: Json | undefined): Json {
  if (isBlank(value) || value === undefined) return null;
  return field ? typeOf(field).normalize(value, field) : value;
}

/** Only what differs from how the record was; unchanged fields are not sent, so they cannot overwrite someone else's. */
export function changedValues(table: TableModel, base: Values, values: Values): Values {
  const changes: Record<string, Json> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = table.fields[name];
    const next = tidy(field, value);
    if (JSON.stringify(next) !== JSON.stringify(tidy(field, base[name]))) changes[name] = next;
  }
  return changes;
}

/** Child lines as they may be sent: their id and what a person may write, without what the server computes. */
export function writableLines(value: Json, table: TableModel, rights: Readonly<Record<string, FieldRight>>): Json {
  if (!Array.isArray(value)) return value;
  return value.map((line) => {
    if (line === null || typeof line !== 'object' || Array.isArray(line)) return line;
    return Object.fromEntries(
      Object.entries(line).filter(([name]) => {
        const field = table.fields[name];
        return name === 'id' || (field !== undefined && rights[name] === 'write' && !field.system && !field.readOnly && !field.computed && !typeOf(field).computed);
      }),
    );
  });
}

export function fieldStates(table: TableModel, values: Values, rights: Readonly<Record<string, FieldRight>>, context: RuleContext): ReadonlyMap<string, FieldState> {
  const data = toRuleData(table, values);
  return new Map(
    Object.values(table.fields).map((field) => [
      field.name,
      {
        visible: isVisible(field, data, context),
        required: isRequired(field, data, context),
        readOnly:
          rights[field.name] !== 'write' || field.readOnly === true || typeOf(field).computed === true || (field.readOnlyWhen !== undefined && holds(field.readOnlyWhen, data, context)),
      },
    ]),
  );
}

const validators = new WeakMap<FieldModel, Validator>();

function validatorOf(field: FieldModel): Validator {
  let validator = validators.get(field);
  if (!validator) {
    // Interpreted, not compiled: the page may not evaluate code.
    validator = new Validator(typeOf(field).valueSchema(field), '2020-12', false);
    validators.set(field, validator);
  }
  return validator;
}

function schemaAt(schema: JsonSchema, keywordLocation: string): unknown {
  let found: unknown = schema;
  for (const step of keywordLocation.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return found;
}

function messageOf(field: FieldModel, error: OutputUnit): string {
  const limit = String(schemaAt(typeOf(field).valueSchema(field), error.keywordLocation) ?? '');
  switch (error.keyword) {
    case 'minLength': return i18n.t('form.tooShort', { limit });
    case 'maxLength': return i18n.t('form.tooLong', { limit });
    case 'minimum': return i18n.t('form.tooSmall', { limit });
    case 'maximum': return i18n.t('form.tooLarge', { limit });
    case 'minItems': return i18n.t('form.tooFew', { limit });
    case 'maxItems': return i18n.t('form.tooMany', { limit });
    case 'enum': return i18n.t('form.option');
    case 'pattern': return i18n.t('form.pattern');
    default: return i18n.t('form.type');
  }
}

/** What is wrong with one value by its type. */
export function valueProblem(field: FieldModel, value: Json, locale: Locale, numbers: NumberMode): string | undefined {
  const tidied = tidy(field, value);
  if (tidied === null) return undefined;
  const { errors } = validatorOf(field).validate(tidied);
  const worst = errors.at(-1);
  if (worst) return messageOf(field, worst);
  const own = typeOf(field).check?.(tidied, field)[0]?.message[locale];
  return own ?? (numbers === 'block' ? bannedValue(field, tidied, '')?.issue.message[locale] : undefined);
}

export interface ProblemWords {
  readonly locale: Locale;
  /** What the app does about ID and card numbers. */
  readonly numbers: NumberMode;
}

/** Everything a person can mend here before the server is asked. Read-only and invisible fields are not theirs to mend. */
export function findProblems(table: TableModel, fields: readonly FieldModel[], values: Values, states: ReadonlyMap<string, FieldState>, context: RuleContext, { locale, numbers }: ProblemWords): readonly FormProblem[] {
  const mendable = new Set(fields.filter((field) => states.get(field.name)?.visible && !states.get(field.name)?.readOnly).map((field) => field.name));
  const byType = fields.flatMap((field) => {
    const message = mendable.has(field.name) ? valueProblem(field, values[field.name] ?? null, locale, numbers) : undefined;
    return message === undefined ? [] : [{ path: `/${field.name}`, message }];
  });
  const wrong = new Set(byType.map((problem) => problem.path));
  const byRules = recordIssues(table, toRuleData(table, values), context)
    .filter((issue) => mendable.has(issue.path.split('/')[1] ?? '') && !wrong.has(issue.path))
    .map((issue) => ({ path: issue.path, message: issue.message[locale] }));
  return [...byType, ...byRules];
}
