/** What makes a form public, as it is written. */
import Type from 'typebox';
import { LabelSchema } from '../fields/definition-parts.ts';

export const PublicFormSchema = Type.Object(
  {
    values: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Boolean()]), { description: 'What such a record is given beside what is filled in: options and yes/no fields by name.' })),
    thanks: Type.Optional(LabelSchema),
  },
  { additionalProperties: false, description: 'May be handed out as a link that somebody without an account fills in. Whoever makes the link owns what comes in.' },
);
