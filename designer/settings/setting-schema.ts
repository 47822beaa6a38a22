/** How a setting's schema is read: which editor it needs, and what its hints say. A new field type needs no line here. */
import type { TObject, TSchema } from 'typebox';
import type { Label } from '#engine/errors.ts';
import type { SettingEditor, SettingHints } from '#engine/fields/settings.ts';

/** What a schema tells by itself. */
export type PlainEditor = 'text' | 'number' | 'switch' | 'choice' | 'choices' | 'raw';
export type EditorName = SettingEditor | PlainEditor;

export interface SettingSchema extends SettingHints {
  readonly 'x-label'?: Label;
  readonly type?: string;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly anyOf?: readonly { readonly const?: unknown }[];
  readonly items?: SettingSchema;
}

export interface SettingEntry {
  readonly name: string;
  readonly schema: SettingSchema;
  /** Must be given: neither optional nor with a default. */
  readonly required: boolean;
}

export function settingsOf(settings: TObject): readonly SettingEntry[] {
  const required = new Set<string>((settings as { required?: readonly string[] }).required ?? []);
  return Object.entries(settings.properties as Record<string, TSchema>).map(([name, schema]) => ({
    name,
    schema: schema as unknown as SettingSchema,
    required: required.has(name) && !('default' in schema),
  }));
}

/** Whether the other setting that this one belongs to has a value that asks for it. */
export function isShown({ schema }: SettingEntry, settings: TObject, values: Readonly<Record<string, unknown>>): boolean {
  const when = schema['x-when'];
  if (!when) return true;
  const other = (settings.properties as Record<string, SettingSchema | undefined>)[when.setting];
  return when.is.includes(values[when.setting] ?? other?.default);
}

export function editorOf(schema: SettingSchema): EditorName {
  if (schema['x-editor']) return schema['x-editor'];
  if (schema.const === true || schema.type === 'boolean') return 'switch';
  if (schema.anyOf?.every((branch) => 'const' in branch)) return 'choice';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'string') return 'text';
  if (schema.type === 'array' && schema.items?.anyOf?.every((branch) => 'const' in branch)) return 'choices';
  return schema.type === 'array' && schema.items?.type === 'string' ? 'texts' : 'raw';
}
