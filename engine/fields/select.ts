/** One of a list of options. Values are stable keys; labels, colours and retirement belong to the option. */
import Type from 'typebox';
import type { Locale } from '../errors.ts';
import type { FieldModel } from '../model/app-model.ts';
import { OptionSchema } from './definition-parts.ts';
import { optionsOf } from '../model/app-model.ts';
import { decodeText, encodeText, textColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { unknownOption } from './messages.ts';
import { toLine, trimText } from './plain-text.ts';
import { labelled } from './settings.ts';

/** A list of options, or in a definition the name of a shared list; the model always holds the list. */
export const OptionsSetting = Type.Union([Type.Array(OptionSchema), Type.String()], { ...labelled('选项', 'Options', { 'x-editor': 'options' }) });

/** Spelling without what people vary: width, case, spaces. */
function spellingOf(label: string): string {
  return label.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

const spellings = new WeakMap<FieldModel, ReadonlyMap<string, string>>();

/** By key, Chinese or English label, then by alias. Retired options are read too: old files name them. */
export function findOption(field: FieldModel, label: string): string | undefined {
  let known = spellings.get(field);
  if (!known) {
    known = indexOptions(field);
    spellings.set(field, known);
  }
  return known.get(spellingOf(trimText(label)));
}

function indexOptions(field: FieldModel): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  const options = optionsOf(field);
  const names = options.flatMap((option) => [option.value, option.label['zh-CN'], option.label.en].map((name) => [name, option.value] as const));
  const aliases = options.flatMap((option) => (option.aliases ?? []).map((alias) => [alias, option.value] as const));
  for (const [name, value] of [...names, ...aliases]) if (!index.has(spellingOf(name))) index.set(spellingOf(name), value);
  return index;
}

export function optionLabel(field: FieldModel, value: string, locale: Locale): string {
  return optionsOf(field).find((option) => option.value === value)?.label[locale] ?? value;
}

export const EXAMPLE_OPTIONS = [
  { value: 'lead', label: { 'zh-CN': '线索', en: 'Lead' } },
  { value: 'won', label: { 'zh-CN': '成交', en: 'Won' }, color: 'green', aliases: ['已成交', '赢单'] },
  { value: 'old', label: { 'zh-CN': '旧阶段', en: 'Old stage' }, retired: true },
];

export const select: FieldType = {
  label: { 'zh-CN': '单选', en: 'Select' },
  group: 'choice',
  settings: Type.Object({
    options: OptionsSetting,
    stage: Type.Optional(Type.Literal(true, { type: 'boolean', ...labelled('作为阶段路径显示', 'Drawn as a stage path') })),
  }),
  storage: 'columns',
  kind: () => 'option',
  columns: () => textColumn('option'),
  valueSchema: (field) => ({ type: 'string', enum: optionsOf(field).map((option) => option.value) }),
  encode: encodeText,
  decode: decodeText,
  normalize: toLine,
  format: (value, field, { locale }) => (typeof value === 'string' ? optionLabel(field, value, locale) : ''),
  parse: (input, field) => {
    const label = trimText(input);
    if (!label) return { value: null };
    const value = findOption(field, label);
    return value === undefined ? { issue: unknownOption(label) } : { value };
  },
  searchText: (value, field) => {
    const option = optionsOf(field).find((candidate) => candidate.value === value);
    return option ? `${option.label['zh-CN']} ${option.label.en}` : '';
  },
  examples: {
    settings: { options: EXAMPLE_OPTIONS },
    valid: ['lead', 'won', 'old'],
    invalid: ['线索', 'constructor', 1, ['lead']],
    texts: [['线索', 'lead'], [' WON ', 'won'], ['已成交', 'won'], ['ｌｅａｄ', 'lead'], ['', null]],
    badTexts: ['未成交'],
  },
};
