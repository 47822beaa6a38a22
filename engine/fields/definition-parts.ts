/** What definitions of every kind are made of: names, labels, options. */
import Type from 'typebox';

export const NAME_PATTERN = '^[a-z][a-z0-9_]{0,47}$';

export const Name = Type.String({ pattern: NAME_PATTERN, description: 'Lower case letters, digits and _. Never changes; rename the label instead.' });
export const LabelSchema = Type.Object(
  { 'zh-CN': Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);

/** Longer than a label: a description, a message. */
export const TextSchema = Type.Object(
  { 'zh-CN': Type.String({ minLength: 1, maxLength: 4000 }), en: Type.String({ minLength: 1, maxLength: 4000 }) },
  { additionalProperties: false },
);

export const OptionSchema = Type.Object(
  {
    value: Type.String({ minLength: 1, maxLength: 80 }),
    label: LabelSchema,
    color: Type.Optional(Type.String({ description: 'A colour name of the theme: gray, red, orange, gold, green, teal, blue, indigo, purple, pink.' })),
    retired: Type.Optional(Type.Literal(true)),
    aliases: Type.Optional(Type.Array(Type.String(), { description: 'Other spellings an import may hold.' })),
    outcome: Type.Optional(Type.Union([Type.Literal('won'), Type.Literal('lost')], { description: 'Marks an ending of a stage path.' })),
  },
  { additionalProperties: false },
);
