/** A field's value against its type: JSON Schema first, then what a schema cannot say. Compiled once per field. */
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Issue, Label } from '../errors.ts';
import type { Json } from '../fields/field-type.ts';
import type { FieldModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
const compiled = new WeakMap<FieldModel, ValidateFunction>();

function validatorOf(field: FieldModel): ValidateFunction {
  let validate = compiled.get(field);
  if (!validate) {
    validate = ajv.compile(fieldTypeOf(field).valueSchema(field));
    compiled.set(field, validate);
  }
  return validate;
}

/** `value` is normalised and not null. */
export function validateValue(field: FieldModel, value: Json, path: string): Issue[] {
  const validate = validatorOf(field);
  if (!validate(value)) return (validate.errors ?? []).map((error) => ({ path: path + error.instancePath, code: `schema_${error.keyword}`, message: sentence(field.label, error) }));
  return (fieldTypeOf(field).check?.(value, field) ?? []).map((issue) => ({ ...issue, path: path + issue.path }));
}

const TYPES: Readonly<Record<string, Label>> = {
  string: { 'zh-CN': '文本', en: 'text' },
  number: { 'zh-CN': '数字', en: 'a number' },
  integer: { 'zh-CN': '整数', en: 'a whole number' },
  boolean: { 'zh-CN': '是或否', en: 'true or false' },
  array: { 'zh-CN': '列表', en: 'a list' },
  object: { 'zh-CN': '对象', en: 'an object' },
};

function sentence(label: Label, error: ErrorObject): Label {
  const params = error.params as Record<string, unknown>;
  const limit = String(params.limit ?? '');
  switch (error.keyword) {
    case 'type': {
      const type = TYPES[String(params.type)] ?? { 'zh-CN': String(params.type), en: String(params.type) };
      return both(label, `应为${type['zh-CN']}`, `must be ${type.en}`);
    }
    case 'enum': return both(label, '不是可选的值', 'is not one of the options');
    case 'maxLength': return both(label, `最多 ${limit} 个字符`, `has at most ${limit} characters`);
    case 'minLength': return both(label, `至少 ${limit} 个字符`, `has at least ${limit} characters`);
    case 'maximum': return both(label, `不能大于 ${limit}`, `must be at most ${limit}`);
    case 'minimum': return both(label, `不能小于 ${limit}`, `must be at least ${limit}`);
    case 'maxItems': return both(label, `最多 ${limit} 项`, `has at most ${limit} items`);
    case 'minItems': return both(label, `至少 ${limit} 项`, `has at least ${limit} items`);
    case 'uniqueItems': return both(label, '有重复项', 'holds an item twice');
    case 'additionalProperties': return both(label, `没有“${String(params.additionalProperty)}”`, `has no "${String(params.additionalProperty)}"`);
    case 'required': return both(label, `缺少“${String(params.missingProperty)}”`, `lacks "${String(params.missingProperty)}"`);
    default: return both(label, '格式不正确', 'has a wrong format');
  }
}

function both(label: Label, zh: string, en: string): Label {
  return { 'zh-CN': `${label['zh-CN']}${zh}`, en: `${label.en} ${en}` };
}
