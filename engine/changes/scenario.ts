/**
 * Scenarios: what definitions promise, as steps that can be run against them. They travel with a template, and a plan says which of
 * them a draft would break. Here is their shape and what is pure about them; `server/definitions/run-scenarios.ts` runs them.
 */
import Type, { type Static } from 'typebox';
import type { Issue, Label } from '../errors.ts';
import type { Json } from '../fields/field-type.ts';
import { shapeIssues } from '../model/check-shape.ts';
import { FieldCommonSchema, NAME_PATTERN } from '../model/definitions.ts';
import { resolveRelative } from '../records/relative-date.ts';
import type { Rule } from '../rules/rule.ts';

const strict = { additionalProperties: false } as const;
const TableName = Type.String({ pattern: NAME_PATTERN });
const RecordName = Type.String({ pattern: '^@[a-z][a-z0-9_]*$', description: 'A record that an earlier step created `as` this.' });
const Values = Type.Record(Type.String(), Type.Unsafe<Json>({}), { description: 'As an API client sends them; `@name` is the id of a record, `@-3` a day, `@-3 14:00` a moment.' });
const common = {
  by: Type.Optional(Type.String({ description: 'A role: a user who has only this one; or `@name`: that user. A system owner when absent.' })),
  refused: Type.Optional(Type.Union([Type.Literal(true), Type.String()], { description: 'The step must fail, with this error or issue code when one is given.' })),
};

export const StepSchema = Type.Union([
  Type.Object({ create: TableName, as: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]*$' })), values: Values, ...common }, strict),
  Type.Object({ update: RecordName, values: Values, ...common }, strict),
  Type.Object({ delete: RecordName, ...common }, strict),
  Type.Object({ advance: Type.String({ pattern: '^[1-9]\\d{0,4}[mhd]$', description: 'Time passes: 30m, 2h, 3d.' }) }, strict),
  Type.Object({ press: TableName, on: RecordName, ...common }, { ...strict, description: 'The button of a workflow.' }),
  Type.Object({ decide: Type.Union([Type.Literal('approved'), Type.Literal('rejected'), Type.Literal('returned')]), comment: Type.Optional(Type.String()), ...common }, { ...strict, description: 'What that person is asked to approve, the oldest first.' }),
  Type.Object({ notices: Type.Integer({ minimum: 0 }), title: Type.Optional(Type.String()), ...common }, { ...strict, description: 'How many notices that person has, of those whose title holds the text.' }),
  Type.Object({ expect: RecordName, values: Values, ...common }, strict),
  Type.Object({ count: TableName, filter: Type.Optional(Type.Unsafe<Rule>({})), is: Type.Integer({ minimum: 0 }), ...common }, strict),
]);

export const ScenarioSchema = Type.Object(
  {
    name: Type.String({ pattern: NAME_PATTERN }),
    label: FieldCommonSchema.properties.label,
    now: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$', description: 'When it begins.' }),
    calendar: Type.Optional(
      Type.Object(
        {
          from: Type.Optional(Type.String({ pattern: '^\\d{2}:\\d{2}$' })),
          to: Type.Optional(Type.String({ pattern: '^\\d{2}:\\d{2}$' })),
          days: Type.Optional(Type.Record(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Type.Boolean(), { description: 'true: worked although it would not be; false: not worked.' })),
        },
        { ...strict, description: 'Working hours and days while it runs.' },
      ),
    ),
    workflows: Type.Optional(Type.Array(TableName, { description: 'Only these run while time passes; all when absent. What is part of a save always is.' })),
    given: Type.Array(StepSchema),
    when: Type.Array(StepSchema),
    then: Type.Array(StepSchema, { minItems: 1 }),
  },
  strict,
);

export type ScenarioStep = Static<typeof StepSchema>;
export type Scenario = Static<typeof ScenarioSchema>;

export function scenarioIssues(value: unknown, path: string): Issue[] {
  return shapeIssues(ScenarioSchema, value, path);
}

/** The steps in order, each with its place in words. */
export function stepsOf({ given, when, then }: Scenario): { readonly step: ScenarioStep; readonly place: Label }[] {
  const parts = [['given', '前提', given], ['when', '操作', when], ['then', '结果', then]] as const;
  return parts.flatMap(([en, zh, steps]) => steps.map((step, i) => ({ step, place: { 'zh-CN': `“${zh}”第 ${i + 1} 步`, en: `Step ${i + 1} of "${en}"` } })));
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export function laterBy(now: string, span: string): string {
  return new Date(Date.parse(now) + Number(span.slice(0, -1)) * (UNIT_MS[span.slice(-1)] ?? 0)).toISOString();
}

/** Names and relative days inside a value, told as they stand in the database. `idOf` answers undefined for a name nobody gave. */
export function resolveValue(value: Json, { idOf, now, timeZone }: { idOf(name: string): string | undefined; now: string; timeZone: string }): Json {
  const named = (inner: Json): Json => {
    if (Array.isArray(inner)) return inner.map(named);
    if (inner !== null && typeof inner === 'object') return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, named(item)]));
    return typeof inner === 'string' && /^@[a-z]/.test(inner) ? (idOf(inner.slice(1)) ?? inner) : inner;
  };
  return named(resolveRelative(value, now, timeZone));
}
