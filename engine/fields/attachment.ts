/** Files, by the ids that the upload gave. */
import Type from 'typebox';
import type { FieldModel } from '../model/app-model.ts';
import type { FieldType, JsonSchema } from './field-type.ts';
import { ID_SCHEMA } from './id-reference.ts';
import { listColumn, textsOf } from './list-type.ts';
import { toIssue } from './messages.ts';
import { labelled, numberSetting } from './settings.ts';

export function fileSettings(accept: string) {
  return Type.Object({
    maxCount: Type.Integer({ minimum: 1, maximum: 100, default: 20, ...labelled('最多文件数', 'Most files') }),
    maxSizeMb: Type.Integer({ minimum: 1, maximum: 500, default: 20, ...labelled('单个文件上限（MB）', 'Largest file (MB)') }),
    accept: Type.String({ default: accept, ...labelled('允许的类型', 'Accepted types') }),
  });
}

function valueSchema(field: FieldModel): JsonSchema {
  return { type: 'array', items: { ...ID_SCHEMA }, minItems: 1, maxItems: numberSetting(field, 'maxCount', 20), uniqueItems: true };
}

export const attachment: FieldType = {
  ...listColumn,
  label: { 'zh-CN': '附件', en: 'Attachments' },
  group: 'file',
  settings: fileSettings('*/*'),
  valueSchema,
  format: (value) => textsOf(value).join(', '),
  parse: (input) =>
    input.trim() === ''
      ? { value: null }
      : { issue: toIssue('not_a_text', '文件需要上传，不能用文字导入', 'Files are uploaded; they cannot be read from text') },
  examples: {
    settings: { maxCount: 2 },
    valid: [['0190f3a2-7c1e-7b3a-9d55-3f1c2b4a5d6e'], ['a', 'b']],
    invalid: [[], ['../etc/passwd'], ['a', 'b', 'c'], 'a'],
    badTexts: ['合同.pdf'],
  },
};
