/**
 * Three-way merge of definitions, property by property: what stood at first (`base`), our own changes, and theirs. Each side's
 * changes come in; where both changed one property differently ours wins, is listed as a conflict, and `take` turns it around.
 * Order counts as a property of a list. Nothing is checked here: the result goes through plan and publish like any draft.
 */
import { childPath } from '../errors.ts';
import type { Definitions } from '../model/definitions.ts';
import { diffDefinitions, isSame } from './diff-definitions.ts';
import { mergeOrder } from './merge-order.ts';
import { byContent, DEFINITIONS, type Shape } from './merge-shapes.ts';

export interface MergeConflict {
  /** By name: `/tables/customer/fields/level/label/en`. */
  readonly path: string;
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
  readonly taken: 'ours' | 'theirs';
}

export interface MergeRequest {
  readonly base: Definitions;
  readonly ours: Definitions;
  readonly theirs: Definitions;
  /** Paths of conflicts where theirs is taken; a path covers everything below it. */
  readonly take?: readonly string[];
}

export interface MergeResult {
  readonly definitions: Definitions;
  readonly conflicts: readonly MergeConflict[];
  /** How many changes came into ours. */
  readonly changes: number;
}

type Three = readonly [base: unknown, ours: unknown, theirs: unknown];
type Thing = Record<string, unknown>;

export function mergeDefinitions({ base, ours, theirs, take = [] }: MergeRequest): MergeResult {
  const conflicts: MergeConflict[] = [];

  function decide([was, own, other]: Three, path: string): unknown {
    if (isSame(own, other) || isSame(was, other)) return own;
    if (isSame(was, own)) return other;
    const isTaken = take.some((chosen) => path === chosen || path.startsWith(`${chosen}/`));
    conflicts.push({ path, base: was, ours: own, theirs: other, taken: isTaken ? 'theirs' : 'ours' });
    return isTaken ? other : own;
  }

  function merge(three: Three, shape: Shape | undefined, path: string): unknown {
    const [was, own, other] = three;
    if (isSame(own, other) || isSame(was, other)) return own;
    if (isSame(was, own)) return other;
    if (shape?.atomic) return decide(three, path);
    if (isThing(own) && isThing(other) && (was === undefined || isThing(was)) && (shape || isLabel(own))) return mergeThings([was, own, other], shape ?? {}, path);
    if (Array.isArray(own) && Array.isArray(other) && (was === undefined || Array.isArray(was))) return mergeLists([was ?? [], own, other], shape ?? {}, path);
    return decide(three, path);
  }

  function mergeThings([was = {}, own, other]: readonly [Thing | undefined, Thing, Thing], shape: Shape, path: string): Thing {
    const { common } = shape;
    // Settings mean something only to their type, so they stay together with it.
    const apart = common && own.type !== other.type ? (key: string) => key === 'type' || !common.has(key) : () => false;
    const merged: Thing = {};
    for (const key of new Set([...Object.keys(own), ...Object.keys(other)])) {
      if (apart(key)) continue;
      const value = merge([was[key], own[key], other[key]], shape.keys?.[key] ?? shape.each, childPath(path, key));
      if (value !== undefined) merged[key] = value;
    }
    if (common && own.type !== other.type) {
      const settings = (thing: Thing): Thing => Object.fromEntries(Object.entries(thing).filter(([key]) => apart(key)));
      Object.assign(merged, decide([settings(was), settings(own), settings(other)], childPath(path, 'type')));
    }
    return shape.form ? placeOnce([was, own, other], merged, path) : merged;
  }

  function mergeLists([was, own, other]: readonly [unknown[], unknown[], unknown[]], shape: Shape, path: string): unknown[] {
    const [before, here, there] = [was, own, other].map((items) => itemsById(items, shape.id ?? byContent)) as [Items, Items, Items];
    const merged: Items = new Map();
    for (const id of new Set([...here.keys(), ...there.keys()])) {
      const item = merge([before.get(id), here.get(id), there.get(id)], shape.each, childPath(path, id));
      if (item !== undefined) merged.set(id, item);
    }
    const order = mergeOrder([...before.keys()], [...here.keys()], [...there.keys()], (orders) => decide(orders, childPath(path, 'order')) as string[]);
    return order.flatMap((id) => (merged.has(id) ? [merged.get(id)] : []));
  }

  /** Both sides may have moved a field to another section; it stands where ours has it. */
  function placeOnce([was, own, other]: readonly [Thing, Thing, Thing], merged: Thing, path: string): Thing {
    const [before, here, there, now] = [was, own, other, merged].map(placesIn) as [Places, Places, Places, Places];
    const wrong = new Set<string>();
    for (const [field, places] of now) {
      const isGone = before.has(field) && !here.has(field);
      const isTwice = places.length > Math.max(here.get(field)?.length ?? 0, there.get(field)?.length ?? 0);
      if (!isGone && !isTwice) continue;
      const kept = decide([before.get(field), here.get(field), there.get(field)], childPath(childPath(path, 'places'), field)) as string[] | undefined;
      for (const place of places) if (!kept?.includes(place)) wrong.add(`${place} ${field}`);
    }
    return wrong.size === 0 ? merged : mapSections(merged, (fields, place) => fields.filter((entry) => typeof entry !== 'string' || !wrong.has(`${place} ${entry}`)));
  }

  const definitions = merge([base, ours, theirs], DEFINITIONS, '') as Definitions;
  return { definitions, conflicts, changes: diffDefinitions(ours, definitions).length };
}

function isThing(value: unknown): value is Thing {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A text in both languages; each may be corrected by another hand. */
function isLabel(value: Thing): boolean {
  return Object.keys(value).every((key) => key === 'zh-CN' || key === 'en');
}

type Items = Map<string, unknown>;

/** What stands in a list twice is told apart by its count. */
function itemsById(items: readonly unknown[], id: (item: unknown) => string): Items {
  const byId: Items = new Map();
  for (const item of items) {
    let key = id(item);
    for (let count = 2; byId.has(key); count++) key = `${id(item)}#${count}`;
    byId.set(key, item);
  }
  return byId;
}

type Places = ReadonlyMap<string, readonly string[]>;
type Section = { readonly name: string; readonly fields: readonly unknown[] };

function mapSections(form: Thing, change: (fields: readonly unknown[], place: string) => readonly unknown[]): Thing {
  const inside = (sections: unknown, at: string): unknown => (sections as Section[]).map((section) => ({ ...section, fields: change(section.fields, `${at}${section.name}`) }));
  return {
    ...form,
    ...(Array.isArray(form.sections) && { sections: inside(form.sections, '') }),
    ...(Array.isArray(form.tabs) && { tabs: (form.tabs as { name: string; sections: unknown }[]).map((tab) => ({ ...tab, sections: inside(tab.sections, `${tab.name}/`) })) }),
  };
}

function placesIn(form: Thing): Places {
  const places = new Map<string, string[]>();
  mapSections(form, (fields, place) => {
    for (const entry of fields) if (typeof entry === 'string') places.set(entry, [...(places.get(entry) ?? []), place]);
    return fields;
  });
  return places;
}
