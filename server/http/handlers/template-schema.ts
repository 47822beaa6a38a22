/** Templates as requests name them. */
import Type from 'typebox';

const strict = { additionalProperties: false } as const;

/** By name of a table that is there already. */
export const ClashesSchema = Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,47}$' }), Type.Union([Type.Literal('merge'), Type.Literal('rename'), Type.Literal('skip')]));

export const ProfileName = Type.String({ pattern: '^[a-z][a-z0-9_]{0,47}$' });

/** The list a publication leaves; `install` on what it brings or raises, read from the template's folder by the server. */
export const TemplatesSchema = Type.Array(
  Type.Object({ name: Type.String({ maxLength: 48 }), version: Type.String({ maxLength: 20 }), profile: Type.Optional(ProfileName), install: Type.Optional(Type.Object({ clashes: ClashesSchema }, strict)) }, strict),
  { maxItems: 50 },
);
