/**
 * A workflow as JSON: one trigger, nodes with named ports, parameters an administrator tunes. Settings of a trigger or node stand beside
 * its common ones and come from its type. Expressions are rules whose plain paths read the record that started the run and whose
 * `$names` read what else the run knows (`variables.ts`), or texts with `{{placeholders}}`.
 */
import Type, { type Static } from 'typebox';
import { LabelSchema, Name, OptionSchema, TextSchema } from '../fields/definition-parts.ts';

const strict = { additionalProperties: false } as const;
const Flag = Type.Literal(true);
const Position = Type.Object({ x: Type.Number(), y: Type.Number() }, { ...strict, description: 'Where an administrator put it; absent: laid out by itself.' });

export const PARAMETER_TYPES = ['number', 'text', 'boolean', 'time', 'select', 'choices', 'numbers'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

export const ParameterSchema = Type.Object(
  {
    name: Name,
    label: LabelSchema,
    help: Type.Optional(LabelSchema),
    type: Type.Unsafe<ParameterType>(Type.Union(PARAMETER_TYPES.map((type) => Type.Literal(type)))),
    options: Type.Optional(Type.Array(OptionSchema)),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    default: Type.Unknown(),
    value: Type.Optional(Type.Unknown({ description: 'What an administrator set instead of the default.' })),
  },
  strict,
);

export const TriggerCommonSchema = Type.Object({
  type: Type.String(),
  next: Type.Optional(Name),
  position: Type.Optional(Position),
});

export const NodeCommonSchema = Type.Object({
  name: Name,
  type: Type.String(),
  label: Type.Optional(LabelSchema),
  next: Type.Optional(Type.Record(Type.String(), Name, { description: 'The node each port leads to; a port that is not named ends its path.' })),
  position: Type.Optional(Position),
});

export const WorkflowSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: Name,
    label: LabelSchema,
    description: Type.Optional(TextSchema),
    disabled: Type.Optional(Flag),
    runAs: Type.Optional(Type.Literal('starter', { description: 'With the rights of whoever set it off; absent: with every right, as the product itself.' })),
    urgent: Type.Optional(Type.Literal(true, { description: 'Its notices do not wait for the end of quiet hours.' })),
    mandatory: Type.Optional(Type.Literal(true, { description: 'Nobody may mute its notices.' })),
    parameters: Type.Optional(Type.Array(ParameterSchema)),
    trigger: Type.Unsafe<TriggerDefinition>({ type: 'object' }),
    nodes: Type.Array(Type.Unsafe<NodeDefinition>({ type: 'object' }), { maxItems: 200 }),
  },
  strict,
);

export type ParameterDefinition = Static<typeof ParameterSchema>;
export type TriggerDefinition = Static<typeof TriggerCommonSchema> & { readonly [setting: string]: unknown };
export type NodeDefinition = Static<typeof NodeCommonSchema> & { readonly [setting: string]: unknown };
export type WorkflowDefinition = Static<typeof WorkflowSchema>;

/** A parameter's value: the administrator's, else the default. */
export function parameterValues(workflow: WorkflowDefinition): Record<string, unknown> {
  return Object.fromEntries((workflow.parameters ?? []).map((parameter) => [parameter.name, parameter.value === undefined ? parameter.default : parameter.value]));
}
