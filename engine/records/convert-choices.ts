/**
 * Values that name something chosen: options, tags, and records by id. Each is a list of choices that people know by a text;
 * between two fields that know the same keys (options, or records of one table) the key goes along.
 */
import type { Issue } from '../errors.ts';
import type { ConversionContext } from '../fields/conversion.ts';
import type { Json } from '../fields/field-type.ts';
import { toIssue, unknownOption } from '../fields/messages.ts';
import { findOption, optionLabel } from '../fields/select.ts';
import type { FieldModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';

export interface Choice {
  readonly text: string;
  /** An option's value. */
  readonly key?: string;
  /** A record's id, where both fields point at the same table. */
  readonly id?: string;
  /** How the other language says it. */
  readonly other?: string;
  /** The options it was one of. */
  readonly among?: FieldModel;
}

type Pick = { readonly value: string; readonly altered?: true } | { readonly issue: Issue };

/** Options, tags and references. Files are chosen too, but nobody knows them by a text. */
export function isChosen(field: FieldModel): boolean {
  const type = fieldTypeOf(field);
  return type.target !== undefined || (type.group === 'choice' && type.kind(field) !== 'boolean');
}

export function isMany(field: FieldModel): boolean {
  return fieldTypeOf(field).valueSchema(field).type === 'array';
}

/** With `to` of the same table no title is needed: an id stays one although nobody can say its title. */
export function choicesIn(value: Json, field: FieldModel, context: ConversionContext, to?: FieldModel): Choice[] | { readonly issue: Issue } {
  const keys = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
  if (keys.length === 0) return { issue: toIssue('nothing_left', '没有可转换的内容', 'There is nothing to convert') };
  const table = fieldTypeOf(field).target?.(field);
  const choices = keys.map((key): Choice | null => {
    if (table === undefined) return toOption(key, field, context);
    if (to && fieldTypeOf(to).target?.(to) === table) return { text: key, id: key };
    const title = context.titleOf(table, key);
    return title === null ? null : { text: title };
  });
  const known = choices.filter((choice) => choice !== null);
  return known.length === choices.length ? known : { issue: toIssue('record_gone', '所指的记录已不存在', 'The record it points at is gone') };
}

function toOption(key: string, field: FieldModel, { locale }: ConversionContext): Choice {
  if (!keysOf(field).includes(key)) return { text: key };
  return { text: optionLabel(field, key, locale), key, other: optionLabel(field, key, locale === 'en' ? 'zh-CN' : 'en'), among: field };
}

/** The keys a choice may hold; none where the words are free. */
function keysOf(field: FieldModel): readonly string[] {
  const { enum: one, items } = fieldTypeOf(field).valueSchema(field) as { enum?: readonly string[]; items?: { enum?: readonly string[] } };
  return one ?? items?.enum ?? [];
}

export function pickFrom(choice: Choice, to: FieldModel, context: ConversionContext): Pick {
  const table = fieldTypeOf(to).target?.(to);
  if (table !== undefined) return choice.id !== undefined ? { value: choice.id } : pickRecord(choice.text, table, context);
  return 'options' in fieldTypeOf(to).settings.properties ? pickOption(choice, to) : { value: choice.text };
}

function pickRecord(title: string, table: string, context: ConversionContext): Pick {
  const [id, ...others] = context.idsByTitle(table, title);
  if (id === undefined) return { issue: toIssue('unknown_record', `没有名为“${shortened(title)}”的记录`, `There is no record called “${shortened(title)}”`) };
  return others.length === 0 ? { value: id } : { issue: toIssue('ambiguous_record', `名为“${shortened(title)}”的记录不止一条`, `Several records are called “${shortened(title)}”`) };
}

function pickOption({ key, text, other, among }: Choice, to: FieldModel): Pick {
  if (among && key !== undefined && keysOf(to).includes(key)) {
    const labels = [optionLabel(to, key, 'zh-CN'), optionLabel(to, key, 'en')];
    const isRenamed = !labels.some((label) => label === text || label === other);
    // The same key in another list is chance: A of a grade is no industry. Where all keys agree, a label was corrected.
    return isRenamed && !sameKeys(among, to) ? { value: key, altered: true } : { value: key };
  }
  const value = findOption(to, text) ?? (other === undefined ? undefined : findOption(to, other));
  return value === undefined ? { issue: unknownOption(text) } : { value };
}

function sameKeys(a: FieldModel, b: FieldModel): boolean {
  return [...keysOf(a)].sort().join('\n') === [...keysOf(b)].sort().join('\n');
}

function shortened(text: string): string {
  const points = [...text.slice(0, 200)];
  return points.length > 40 ? `${points.slice(0, 40).join('')}…` : text;
}
