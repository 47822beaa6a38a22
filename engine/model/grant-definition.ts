/** What a level or a role may do with a table, as it is written. */
import Type from 'typebox';
import { LabelSchema, Name } from '../fields/definition-parts.ts';
import { SCOPE_NAMES, type ScopeName } from '../permissions/scopes.ts';
import type { Rule } from '../rules/rule.ts';

const strict = { additionalProperties: false } as const;
const RuleSchema = Type.Unsafe<Rule>({ description: 'A JSON Logic tree.' });

export const FieldRightSchema = Type.Union([Type.Literal('hidden'), Type.Literal('masked'), Type.Literal('read'), Type.Literal('write')]);
const Scope = Type.Unsafe<ScopeName>({ enum: [...SCOPE_NAMES], description: 'Whose records: own, shared (own, collaborating, shared with me), team (and subordinates), department, departmentTree, all.' });
const Permit = Type.Union([Type.Boolean(), Scope, RuleSchema]);
const RowLimit = Type.Union([Type.Boolean(), Type.Integer({ minimum: 1, description: 'At most so many rows at once.' })]);
const levelKeys = {
  create: Type.Optional(Type.Boolean()),
  read: Type.Optional(Permit),
  update: Type.Optional(Permit),
  delete: Type.Optional(Permit),
  export: Type.Optional(RowLimit),
  import: Type.Optional(RowLimit),
  share: Type.Optional(Permit),
  transfer: Type.Optional(Permit),
  merge: Type.Optional({ ...Permit, description: 'Which records may be merged as duplicates; beside it one needs to change the record that stays and to delete the others.' }),
  sensitive: Type.Optional(Type.Boolean({ description: 'Sees sensitive fields unmasked.' })),
  reveal: Type.Optional(Type.Boolean({ description: 'May uncover a masked value, giving a reason; it is logged.' })),
};
/** What a level may do with a table that says nothing else. */
export const LevelSchema = Type.Object(levelKeys, strict);
export const LevelVariantSchema = Type.Object(
  { name: Name, label: LabelSchema, level: Type.Integer({ minimum: 1, maximum: 8, description: 'The level it is a copy of: its place among the others.' }), ...levelKeys },
  { ...strict, description: 'A level of the workspace’s own, made by copying a built-in one: it allows what is said here.' },
);
export const GrantSchema = Type.Object(
  {
    ...levelKeys,
    fields: Type.Optional(Type.Record(Type.String(), FieldRightSchema)),
    also: Type.Optional(
      Type.Array(
        Type.Object(
          {
            label: LabelSchema,
            read: RuleSchema,
            update: Type.Optional(RuleSchema),
            fields: Type.Optional(Type.Record(Type.String(), FieldRightSchema)),
            inherit: Type.Optional(Type.Literal(true, { description: 'Opens what inherits from this table, too.' })),
          },
          strict,
        ),
        { description: 'More records, with field rights of their own: a public pool before somebody claims from it.' },
      ),
    ),
  },
  { ...strict, description: 'Each key stands in place of what the level of the role says; false takes it away.' },
);
