/** What passes to somebody else with a record, and with the work of who leaves, as it is written. */
import Type from 'typebox';
import { Name } from '../fields/definition-parts.ts';
import type { Rule } from '../rules/rule.ts';

const strict = { additionalProperties: false } as const;
const RuleSchema = Type.Unsafe<Rule>({ description: 'A JSON Logic tree.' });

export const TransferAlongSchema = Type.Object(
  {
    table: Name,
    field: Type.String({ description: 'The reference of that table which points here.' }),
    filter: Type.Optional(RuleSchema),
    people: Type.Optional(Type.Array(Type.String(), { description: 'Fields beside the owner that pass to the new owner where they name the old one: assignee.' })),
  },
  strict,
);

export const HandOverSchema = Type.Object(
  {
    people: Type.Array(Type.String(), { minItems: 1, description: 'Fields that name the person who leaves, one or several people: owner, assignee, admins.' }),
    filter: Type.Optional({ ...RuleSchema, description: 'Which records are still open; all when absent.' }),
  },
  { ...strict, description: 'What passes to colleagues when somebody leaves. What transferAlong names passes anyway.' },
);
