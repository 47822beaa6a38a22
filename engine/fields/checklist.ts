/** Steps to tick off, in order. Its text form is one line a step: `[x] done`, `[ ] open`. */
import Type from 'typebox';
import { decodeJson, encodeJson, jsonColumn } from './columns.ts';
import type { FieldType, Json } from './field-type.ts';
import { tooLong } from './messages.ts';
import { trimText } from './plain-text.ts';

const LONGEST = 200;

function stepsOf(value: Json): { text: string; done: boolean }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((step) =>
    step !== null && typeof step === 'object' && !Array.isArray(step) && typeof step.text === 'string'
      ? [{ text: step.text, done: step.done === true }]
      : [],
  );
}

export const checklist: FieldType = {
  label: { 'zh-CN': '清单', en: 'Checklist' },
  group: 'other',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'none',
  columns: () => jsonColumn('none'),
  valueSchema: () => ({
    type: 'array',
    items: {
      type: 'object',
      properties: { text: { type: 'string', minLength: 1, maxLength: LONGEST }, done: { type: 'boolean' } },
      required: ['text', 'done'],
      additionalProperties: false,
    },
    minItems: 1,
    maxItems: 100,
  }),
  encode: encodeJson,
  decode: decodeJson,
  normalize: (value) => (value === '' || (Array.isArray(value) && value.length === 0) ? null : value),
  format: (value) =>
    stepsOf(value)
      .map((step) => `[${step.done ? 'x' : ' '}] ${step.text}`)
      .join('\n'),
  parse: (input) => {
    const steps = input.split('\n').flatMap((line) => {
      const [, mark = '', rest = ''] = /^\s*(?:[-*]\s*)?(\[[ xX√]?\]|[☐☑√✓])?(.*)$/.exec(line) ?? [];
      const text = trimText(rest);
      return text ? [{ text, done: /[xX√☑✓]/.test(mark) }] : [];
    });
    if (steps.some((step) => [...step.text].length > LONGEST)) return { issue: tooLong(LONGEST) };
    return { value: steps.length > 0 ? steps : null };
  },
  searchText: (value) =>
    stepsOf(value)
      .map((step) => step.text)
      .join(' '),
  examples: {
    valid: [[{ text: '寄样品', done: true }, { text: '报价', done: false }]],
    invalid: [[], [{ text: '' , done: true }], [{ text: 'a' }], ['a'], 'a'],
    texts: [['☑寄样品\n☐报价', [{ text: '寄样品', done: true }, { text: '报价', done: false }]], ['a', [{ text: 'a', done: false }]], ['', null]],
    badTexts: ['长'.repeat(201)],
  },
};
