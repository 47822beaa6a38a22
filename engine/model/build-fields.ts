import { childPath, type Issue } from '../errors.ts';
import type { FieldType } from '../fields/field-type.ts';
import { FIELD_TYPES, type FieldTypeName } from '../fields/index.ts';
import type { FieldModel } from './app-model.ts';
import { RESERVED_NAMES, SYSTEM_FIELDS } from './built-in.ts';
import { type AppDefinition, FieldCommonSchema, type FieldDefinition, type OptionDefinition, type TableDefinition } from './definitions.ts';

const COMMON = new Set(Object.keys(FieldCommonSchema.properties));

/** Fields of a table with their settings apart from the common ones, options looked up, system fields at the end. */
export function buildFields(table: TableDefinition, app: AppDefinition, path: string, issues: Issue[]): Record<string, FieldModel> {
  const fields: Record<string, FieldModel> = Object.create(null);
  table.fields.forEach((definition, index) => {
    const at = childPath(childPath(path, 'fields'), index);
    if (Object.hasOwn(fields, definition.name)) {
      issues.push({ path: childPath(at, 'name'), code: 'duplicate_name', message: { 'zh-CN': `字段名“${definition.name}”重复`, en: `The field name "${definition.name}" is used twice` } });
      return;
    }
    if (RESERVED_NAMES.has(definition.name) || SYSTEM_FIELDS.some((field) => field.name === definition.name) || definition.name.includes('__')) {
      issues.push({ path: childPath(at, 'name'), code: 'reserved_name', message: { 'zh-CN': `“${definition.name}”是保留名称`, en: `"${definition.name}" is a reserved name` } });
      return;
    }
    fields[definition.name] = buildField(definition, table.name, app, at, issues);
  });
  for (const definition of SYSTEM_FIELDS) fields[definition.name] = { ...buildField(definition, table.name, app, path, issues), system: true };
  return fields;
}

function buildField(definition: FieldDefinition, table: string, app: AppDefinition, path: string, issues: Issue[]): FieldModel {
  const common: Record<string, unknown> = {};
  const type = definition.type as FieldTypeName;
  const settings: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(FIELD_TYPES[type].settings.properties)) if ('default' in schema) settings[key] = schema.default;
  for (const [key, value] of Object.entries(definition)) (COMMON.has(key) ? common : settings)[key] = value;
  if (typeof settings.options === 'string') settings.optionList = settings.options;
  if (typeof settings.options === 'string') settings.options = sharedOptions(app, settings.options, childPath(path, 'options'), issues);
  if (Array.isArray(settings.options)) checkOptions(settings.options as OptionDefinition[], childPath(path, 'options'), issues);
  if (definition.required && FIELD_TYPES[type].kind({ ...common, settings, table } as unknown as FieldModel) === 'boolean') {
    issues.push({
      path: childPath(path, 'required'),
      code: 'boolean_required',
      message: { 'zh-CN': '是否字段不能设为必填，请用校验规则', en: 'A yes/no field cannot be required; use a validation rule' },
    });
  }
  const field = { ...(common as unknown as FieldModel), type, table, settings };
  const fieldType: FieldType = FIELD_TYPES[type];
  const target = fieldType.target?.(field);
  return target === undefined ? field : { ...field, target };
}

function sharedOptions(app: AppDefinition, name: string, path: string, issues: Issue[]): readonly OptionDefinition[] {
  const lists = app.options ?? {};
  if (Object.hasOwn(lists, name)) return lists[name] as readonly OptionDefinition[];
  issues.push({ path, code: 'unknown_option_list', message: { 'zh-CN': `没有选项列表“${name}”`, en: `There is no option list "${name}"` } });
  return [];
}

function checkOptions(options: readonly OptionDefinition[], path: string, issues: Issue[]): void {
  const seen = new Set<string>();
  options.forEach((option, index) => {
    if (seen.has(option.value)) {
      issues.push({ path: childPath(childPath(path, index), 'value'), code: 'duplicate_name', message: { 'zh-CN': `选项值“${option.value}”重复`, en: `The option "${option.value}" is listed twice` } });
    }
    seen.add(option.value);
  });
}
