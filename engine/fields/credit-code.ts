/** 统一社会信用代码: 18 characters with a check character. A resident's ID number typed here by mistake is refused. */
import Type from 'typebox';
import type { Issue } from '../errors.ts';
import { decodeText, encodeText, textColumn } from './columns.ts';
import type { FieldType, Json } from './field-type.ts';
import { creditCodeCheck, hasKnownAuthority, hasOrganisationCheck, isIdNumber } from './id-number.ts';
import { digitsLost, toIssue } from './messages.ts';
import { toCode } from './plain-text.ts';

function issuesOf(code: string): readonly Issue[] {
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(code)) return [digitsLost()];
  if (code.length !== 18) return [toIssue('credit_code_length', '统一社会信用代码为 18 位', 'A credit code has 18 characters')];
  if (/[IOSVZ]/.test(code)) {
    const corrected = code.replaceAll('O', '0').replaceAll('I', '1');
    return creditCodeCheck(corrected) === corrected[17] && !isIdNumber(corrected)
      ? [toIssue('credit_code_letters', `代码不含字母 I、O，是否应为 ${corrected}？`, `Credit codes have no letters I and O; did you mean ${corrected}?`)]
      : [toIssue('credit_code_letters', '代码不含字母 I、O、S、V、Z', 'Credit codes have no letters I, O, S, V or Z')];
  }
  const isCode = creditCodeCheck(code) === code[17];
  // The number itself is never repeated in a message: a message is logged, an ID number must not be.
  if (isIdNumber(code) && !(isCode && hasKnownAuthority(code) && hasOrganisationCheck(code))) {
    return [toIssue('id_number', '这是身份证号，不得录入', 'This is a resident ID number, which must not be stored')];
  }
  return isCode ? [] : [toIssue('credit_code_check', '校验位不正确，请核对代码', 'The check character does not fit; please check the code')];
}

function normalize(value: Json): Json {
  return typeof value === 'string' ? toCode(value).toUpperCase() || null : value;
}

export const creditCode: FieldType = {
  label: { 'zh-CN': '统一社会信用代码', en: 'Unified social credit code' },
  group: 'other',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'text',
  columns: () => textColumn('text'),
  valueSchema: () => ({ type: 'string', minLength: 1, maxLength: 40 }),
  encode: encodeText,
  decode: decodeText,
  normalize,
  check: (value) => issuesOf(String(value)),
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (input) => {
    const code = normalize(input);
    if (typeof code !== 'string') return { value: null };
    const issue = issuesOf(code)[0];
    return issue ? { issue } : { value: code };
  },
  searchText: (value) => (typeof value === 'string' ? value : ''),
  examples: {
    valid: ['91350100M000100Y43', '91310115MA1H8R7C67'],
    invalid: ['91350100M000100Y4Z', '91310115MA1H8R7C6D', '91350100M000100Y4', '110101199003070011', 9135],
    texts: [[' 91350100m000100y43 ', '91350100M000100Y43'], ['９１３５０１００Ｍ０００１００Ｙ４３', '91350100M000100Y43'], ['', null]],
    badTexts: ['9135O1OOM0001OOY43', '110101199003070011', '44030019850101123X', '9.1351E+17', '440301102837465'],
  },
};
