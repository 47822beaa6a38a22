/**
 * The ways from one type's value to another's. Direct where a value carries over (numbers, texts, choices, ids, moments);
 * for everything else the text road: what a person reads in the old field is read as typed into the new one. Types are told
 * apart by their contract, so a new type is converted without a line here.
 */
import type { Issue } from '../errors.ts';
import { roundTo } from '../fields/columns.ts';
import type { ConversionContext } from '../fields/conversion.ts';
import type { Json } from '../fields/field-type.ts';
import { splitList } from '../fields/list-type.ts';
import { toIssue } from '../fields/messages.ts';
import { trimText } from '../fields/plain-text.ts';
import type { FieldModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import { type Choice, choicesIn, isChosen, isMany, pickFrom } from './convert-choices.ts';

/** `altered`: it fits, but says something else than before. */
export type Reading = { readonly value: Json; readonly altered?: true } | { readonly issue: Issue };
export type Road = (value: Json, context: ConversionContext) => Reading;

/** `titleOf(FILE_KINDS, id)` answers a file's media type, such as `image/png`. */
export const FILE_KINDS = 'relata_file';

/** Texts whose meaning survives when their end is cut off; a web address or a code does not. */
const PROSE: ReadonlySet<string> = new Set(['text', 'longText', 'richText', 'address']);

/** A text longer than this names no list of things. */
const LONGEST_LIST = 20_000;

/** Between two types by name, before everything else. */
const DIRECT: Readonly<Record<string, Road>> = {
  'dateTime>timeSpan': (value) => ({ value: { start: value, end: null } }),
  'timeSpan>dateTime': (value) => ({ value: partOf(value, 'start') }),
  'attachment>image': onlyImages,
};

export function roadsBetween(from: FieldModel, to: FieldModel): readonly Road[] {
  const direct = DIRECT[`${from.type}>${to.type}`];
  if (direct) return [direct];
  if (fieldTypeOf(from).group === 'file') return [keep];
  const text = textRoad(from, to);
  if (isChosen(from) && isChosen(to)) return [chosenRoad(from, to)];
  if (isChosen(to)) return [typedRoad(from, to)];
  if (isNumber(from) && isNumber(to)) return from.type === to.type ? [roundedRoad(to)] : [numberRoad(from, to)];
  if (isYesNo(from) && isNumber(to)) return [(value) => ({ value: value === true ? 1 : 0 })];
  if (isOpen(to)) return isChosen(from) ? [text, written(from)] : isPlainText(from) ? [text, keep] : [keep];
  if (isOpen(from)) return [keep, text];
  if (from.type === to.type) return [keep, ...(PROSE.has(from.type) ? [cutRoad(to)] : [])];
  if (isPlainText(from) && isPlainText(to) && PROSE.has(to.type)) return [keep, ...(PROSE.has(from.type) ? [cutRoad(to)] : [])];
  return [text];
}

const keep: Road = (value) => ({ value });

/** One text column holding the text itself; a region's column holds a code. */
export function isPlainText(field: FieldModel): boolean {
  const type = fieldTypeOf(field);
  return type.storage === 'columns' && type.kind(field) === 'text' && type.valueSchema(field).type === 'string';
}

function isNumber(field: FieldModel): boolean {
  return fieldTypeOf(field).kind(field) === 'number' && fieldTypeOf(field).storage === 'columns';
}

function isYesNo(field: FieldModel): boolean {
  return fieldTypeOf(field).kind(field) === 'boolean';
}

/** Takes any value: its schema asks nothing. */
function isOpen(field: FieldModel): boolean {
  return Object.keys(fieldTypeOf(field).valueSchema(field)).length === 0;
}

function scaleOf(field: FieldModel): number | undefined {
  return fieldTypeOf(field).columns(field)[0]?.scale;
}

function partOf(value: Json, part: string): Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value[part] ?? null) : null;
}

function roundedRoad(to: FieldModel): Road {
  const scale = scaleOf(to);
  return (value) => ({ value: typeof value === 'number' && scale !== undefined ? roundTo(value, scale) : value });
}

/** A number by what a bare number typed into each field means: 30 minutes are 1800 seconds, a whole 30 is 30 percent. */
function numberRoad(from: FieldModel, to: FieldModel): Road {
  const rounded = roundedRoad(to);
  return (value, context) => {
    const [here, there] = [unitOf(from, scaleOf(to) === 0, context), unitOf(to, scaleOf(from) === 0, context)];
    return rounded(typeof value === 'number' && here !== there ? (value / here) * there : value, context);
  };
}

/** The value that a typed 1 stands for. Among whole numbers a percentage is typed in hundredths, which 2 shows and 1 does not. */
function unitOf(field: FieldModel, isWhole: boolean, context: ConversionContext): number {
  const typed = isWhole ? 2 : 1;
  const result = fieldTypeOf(field).parse(String(typed), field, context);
  return 'value' in result && typeof result.value === 'number' && result.value > 0 ? result.value / typed : 1;
}

function cutRoad(to: FieldModel): Road {
  const limit = fieldTypeOf(to).valueSchema(to).maxLength;
  return (value) => {
    const tidy = fieldTypeOf(to).normalize(value, to);
    return { value: typeof tidy === 'string' && typeof limit === 'number' ? trimText([...tidy].slice(0, limit).join('')) : tidy };
  };
}

/** The value as people read it, numbers without grouping: what is in a text is typed, copied and compared. */
function textOf(value: Json, from: FieldModel, context: ConversionContext): Choice | { readonly issue: Issue } {
  if (isChosen(from)) {
    const choices = choicesIn(value, from, context);
    return 'issue' in choices ? choices : { text: choices.map(({ text }) => text).join(context.locale === 'zh-CN' ? '、' : ', ') };
  }
  if (isOpen(from) && typeof value === 'string') return { text: value };
  if (isOpen(from) && Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number')) return { text: value.join('、') };
  const isBare = typeof value === 'number' && isNumber(from) && unitOf(from, true, context) === 1;
  return { text: isBare ? String(value) : fieldTypeOf(from).format(value, from, context) };
}

function textRoad(from: FieldModel, to: FieldModel): Road {
  return (value, context) => {
    const written = textOf(value, from, context);
    if ('issue' in written) return written;
    const result = fieldTypeOf(to).parse(written.text, to, context);
    return 'issue' in result ? result : { value: result.value };
  };
}

function written(from: FieldModel): Road {
  return (value, context) => {
    const text = textOf(value, from, context);
    return 'issue' in text ? text : { value: text.text };
  };
}

/** A list of chosen things as a list of others; where only one has room, the first is kept. */
function chosenRoad(from: FieldModel, to: FieldModel): Road {
  return (value, context) => {
    const choices = choicesIn(value, from, context, to);
    return 'issue' in choices ? choices : pickAll(choices, to, context);
  };
}

/** A typed text as a choice: as a whole first, because a label may hold commas. */
function typedRoad(from: FieldModel, to: FieldModel): Road {
  return (value, context) => {
    const text = textOf(value, from, context);
    if ('issue' in text) return text;
    if (fieldTypeOf(to).target === undefined && isWords(to)) return textRoad(from, to)(value, context);
    const whole = pickAll([text], to, context);
    const parts = text.text.length <= LONGEST_LIST ? splitList(text.text) : [];
    return 'value' in whole || !isMany(to) || parts.length < 2 ? whole : pickAll(parts.map((part) => ({ text: part })), to, context);
  };
}

function isWords(field: FieldModel): boolean {
  return !('options' in fieldTypeOf(field).settings.properties);
}

function pickAll(choices: readonly Choice[], to: FieldModel, context: ConversionContext): Reading {
  const picked = (isMany(to) ? choices : choices.slice(0, 1)).map((choice) => pickFrom(choice, to, context));
  const failed = picked.find((pick) => 'issue' in pick);
  if (failed) return failed;
  const values = [...new Set(picked.flatMap((pick) => ('value' in pick ? [pick.value] : [])))];
  const altered = picked.some((pick) => 'altered' in pick) ? { altered: true as const } : {};
  return { value: isMany(to) ? values : (values[0] ?? null), ...altered };
}

function onlyImages(value: Json, context: ConversionContext): Reading {
  const files = Array.isArray(value) ? value : [value];
  return files.every((id) => context.titleOf(FILE_KINDS, String(id))?.startsWith('image/'))
    ? { value }
    : { issue: toIssue('not_an_image', '其中有不是图片的文件', 'It holds a file that is no image') };
}
