/** What the settings of fields call by name. One entry a setting, so a type that shares a setting's name and meaning is covered. */
import { childPath, type Label } from '../errors.ts';
import { patternFields } from '../fields/auto-number.ts';
import { FIELD_TYPES, type FieldTypeName } from '../fields/index.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import type { Collector } from './uses.ts';

interface Setting {
  readonly collector: Collector;
  readonly field: FieldDefinition;
  readonly value: unknown;
  readonly at: string;
  readonly label: Label;
}

const own = ({ collector, value, at, label }: Setting): void => collector.add([`field:${collector.table.name}.${String(value)}`], at, label);
/** The table that `table` names: the rows of a roll-up or of lines, the records of a reference. */
const other = ({ field }: Setting): string => String(field.table ?? '');

const SETTINGS: Readonly<Record<string, (setting: Setting) => void>> = {
  table: ({ collector, value, at, label }) => collector.add([`table:${String(value)}`], at, label),
  field: (setting) => setting.collector.add([`field:${other(setting)}.${String(setting.value)}`], setting.at, setting.label),
  of: (setting) => setting.collector.path(String(setting.value), setting.at, setting.label, undefined, other(setting)),
  filter: (setting) => {
    const { collector, field, value, at, label } = setting;
    const table = typeof field.table === 'string' ? field.table : collector.names.targetOf(collector.table.name, field.name);
    collector.rule(value, at, label, table);
  },
  sort: (setting) => {
    for (const key of Array.isArray(setting.value) ? setting.value : []) setting.collector.path(String(key).replace(/^-/, ''), setting.at, setting.label, undefined, other(setting));
  },
  formula: ({ collector, value, at, label }) => collector.add(collector.names.inFormula(collector.table.name, String(value)), at, label),
  path: ({ collector, value, at, label }) => collector.path(String(value), at, label),
  pattern: ({ collector, value, at, label }) => collector.add(patternFields(String(value)).map((name) => `field:${collector.table.name}.${name}`), at, label),
  dateField: own,
  currencyField: own,
  options: ({ collector, value, at, label }) => typeof value === 'string' && collector.add([`options:${value}`], at, label),
};

export function fieldUses(collector: Collector): void {
  const { table, add, rule } = collector;
  for (const field of table.fields) {
    const at = childPath('/fields', field.name);
    const of = (zh: string, en: string): Label => ({ 'zh-CN': `字段“${field.label['zh-CN']}”的${zh}`, en: `the ${en} of field "${field.label.en}"` });
    const known = Object.hasOwn(FIELD_TYPES, field.type) ? FIELD_TYPES[field.type as FieldTypeName].settings.properties : {};
    for (const [name, value] of Object.entries(field)) {
      if (Object.hasOwn(known, name)) SETTINGS[name]?.({ collector, field, value, at: `${at}/${name}`, label: settingLabel(field, name, known) });
    }
    rule(field.visible, `${at}/visible`, of('显示条件', 'visibility'));
    rule(field.requiredWhen, `${at}/requiredWhen`, of('必填条件', 'required condition'));
    rule(field.readOnlyWhen, `${at}/readOnlyWhen`, of('只读条件', 'read-only condition'));
    field.validate?.forEach((check, i) => rule(check.rule, `${at}/validate/${i}`, of('校验规则', 'validation')));
    const fallback = field.default;
    if (fallback !== null && typeof fallback === 'object' && 'rule' in fallback) rule(fallback.rule, `${at}/default`, of('默认值', 'default value'));
    for (const value of Array.isArray(fallback) ? fallback : [fallback]) {
      if (typeof value === 'string') add([`option:${table.name}.${field.name}.${value}`], `${at}/default`, of('默认值', 'default value'));
    }
  }
}

function settingLabel(field: FieldDefinition, name: string, known: Readonly<Record<string, object>>): Label {
  const label = (known[name] as { 'x-label'?: Label })['x-label'] ?? { 'zh-CN': name, en: name };
  return { 'zh-CN': `字段“${field.label['zh-CN']}”的“${label['zh-CN']}”`, en: `"${label.en}" of field "${field.label.en}"` };
}
