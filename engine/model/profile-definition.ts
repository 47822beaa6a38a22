/** A part of a template that may be installed for itself: see `engine/changes/leave-out/`. */
import Type, { type Static } from 'typebox';
import { LabelSchema, Name } from '../fields/definition-parts.ts';

export const ProfileSchema = Type.Object(
  {
    name: Name,
    label: LabelSchema,
    description: Type.Optional(LabelSchema),
    tables: Type.Optional(Type.Array(Name, { minItems: 1, uniqueItems: true, description: 'Its tables; what calls any other is left out. All when absent.' })),
    without: Type.Optional(Type.Array(Name, { minItems: 1, uniqueItems: true, description: 'All tables but these.' })),
    usual: Type.Optional(Type.Literal(true, { description: 'Installed unless another one is chosen.' })),
  },
  { additionalProperties: false },
);
export type ProfileDefinition = Static<typeof ProfileSchema>;
