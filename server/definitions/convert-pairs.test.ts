/** Every pair of field types on real tables: converts with the counts shown before, or is blocked with a reason; and undo gives every value back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import { loadRegions } from '#engine/fields/region-data.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Definitions, FieldDefinition, TableDefinition } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { conversionOf } from '#engine/records/convert.ts';
import { holdsValues } from '#engine/schema/storage-changes.ts';
import { sql } from '../db/sql.ts';
import { recordsChecksum } from '../testing/records-checksum.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { countFilled, liveSource, writeFieldValue } from './field-values.ts';
import { planDefinitions } from './plan.ts';
import { liveDefinitions, type StoredDefinitions } from './store.ts';
import { undoPublication } from './undo.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const TYPES = Object.keys(FIELD_TYPES) as FieldTypeName[];
const tableOf = (type: FieldTypeName): string => `zoo_${type.toLowerCase()}`;

/** Settings that name other things name things of this app. */
const SETTINGS: Partial<Record<FieldTypeName, Record<string, unknown>>> = {
  reference: { table: 'target', onDelete: 'null' },
  manyToMany: { table: 'target' },
  lines: { table: 'line', field: 'parent' },
  formula: { formula: '=LEN(name)', result: 'number' },
  rollup: { table: 'target', field: 'zoo', function: 'count', result: 'number' },
  lookup: { path: 'owner.name' },
  money: { currency: 'CNY' },
};

function fieldOf(type: FieldTypeName): FieldDefinition {
  return { name: 'value', label: label(type), type, ...(SETTINGS[type] ?? FIELD_TYPES[type].examples.settings ?? {}) };
}

const CHILDREN: ReadonlySet<string> = new Set(['lines', 'rollup']);

/** `lines` and `rollup` need children that point at the very table. */
function tablesFor(type: FieldTypeName, field: FieldDefinition): TableDefinition[] {
  const own = tableOf(type);
  const point: FieldDefinition = { name: 'parent', label: label('parent'), type: 'reference', table: own, onDelete: 'cascade' };
  const child: TableDefinition = { name: `${own}_child`, label: label('child'), titleField: 'name', fields: [{ name: 'name', label: label('name'), type: 'text' }, point] };
  const settled = field.type === 'lines' ? { ...field, table: child.name, field: 'parent' } : field.type === 'rollup' ? { ...field, table: child.name, field: 'parent' } : field;
  const table: TableDefinition = { name: own, label: label(own), titleField: 'name', fields: [{ name: 'name', label: label('name'), type: 'text' }, settled] };
  return CHILDREN.has(type) ? [table, child] : [table];
}

const app = {
  name: 'zoo',
  label: label('zoo'),
  version: '1.0.0',
  navigation: [],
  roles: [{ name: 'owner', label: label('owner'), owner: true as const }],
};
const target: TableDefinition = { name: 'target', label: label('target'), titleField: 'name', fields: [{ name: 'name', label: label('name'), type: 'text' }] };
const definitionsWith = (fields: (type: FieldTypeName) => FieldDefinition): Definitions => ({ app, tables: [target, ...TYPES.flatMap((type) => tablesFor(type, fields(type)))] });

describe.each(DATABASES)('every pair of field types on %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;

  beforeAll(async () => {
    await loadRegions();
    workspace = await openTestWorkspace(database, { definitions: definitionsWith(fieldOf) });
    owner = await workspace.addUser({ name: 'Olga', roles: ['owner'] });
    const people = [owner.userId, (await workspace.addUser({ name: 'Wang', roles: ['owner'] })).userId];
    const targets = [await workspace.create(owner, 'target', { name: '华信' }), await workspace.create(owner, 'target', { name: '12' })];
    const department = await workspace.create(owner, 'department', { name: '销售部' });
    const given: Partial<Record<FieldTypeName, readonly Json[]>> = {
      reference: targets, manyToMany: [targets, [targets[0] as string]], user: people, users: [people], department: [department], attachment: [], image: [],
      text: ['华信', '12', ' 3.5 ', 'Olga', '2026-03-01', '是', 'lead'], longText: ['12', '第一行\n第二行', '华信'], integer: [0, 12, -3, 9_007_199_254_740_991], date: ['2024-02-29', '1999-12-31'],
    };
    for (const type of TYPES) {
      const table = tableOf(type);
      const field = workspace.model.tables[table]?.fields.value as FieldModel;
      const values = given[type] ?? FIELD_TYPES[type].examples.valid;
      for (const [i, value] of [...values, null].entries()) {
        const id = await workspace.create(owner, table, { name: `${type} ${i}` });
        if (field.computed || FIELD_TYPES[type].storage === 'children' || value === null) continue;
        await workspace.database.transaction(async (tx) => {
          const row = await tx.get<{ rid: number }>(sql`SELECT "_rid" AS rid FROM ${{ text: `"${table}"`, params: [] }} WHERE "id" = ${id}`);
          await writeFieldValue(tx, liveSource(field), { rid: Number(row?.rid), id }, value);
        });
      }
    }
  }, 120_000);
  afterAll(() => workspace.close());

  // That nothing converts to lines and roll-ups of another table is the engine's test.
  it.each(TYPES.filter((type) => !CHILDREN.has(type)))('to %s', async (to) => {
    const live = (await liveDefinitions(workspace.database)) as StoredDefinitions;
    const before = await recordsChecksum(workspace);
    const filledBefore = new Map<FieldTypeName, number>();
    const convertible = new Set<FieldTypeName>();
    const models = workspace.model.tables;
    for (const from of TYPES) {
      const source = models[tableOf(from)]?.fields.value as FieldModel;
      const wanted = { ...(models[tableOf(to)]?.fields.value as FieldModel), table: tableOf(from) };
      filledBefore.set(from, holdsValues(source) ? await countFilled(workspace.database, liveSource(source)) : 0);
      if (from !== to && !('refused' in conversionOf(source, wanted))) convertible.add(from);
    }
    // Nothing that is refused slips through: each such table alone would block the plan.
    const all = await planDefinitions(workspace, { definitions: definitionsWith((from) => (from === to ? fieldOf(from) : { ...fieldOf(to) })) });
    for (const change of all.changes.filter((one) => one.field === 'value')) {
      const from = TYPES.find((type) => tableOf(type) === change.table) as FieldTypeName;
      if (convertible.has(from)) expect([change.class, change.notes], `${from} to ${to}`).not.toEqual(['blocked', expect.anything()]);
      else if ((filledBefore.get(from) ?? 0) > 0 && change.class !== 'safe') expect(change.notes[0]?.['zh-CN'] && change.notes[0].en, `${from} to ${to}`).toBeTruthy();
    }
    if (convertible.size === 0) return;
    const draft = definitionsWith((from) => (convertible.has(from) ? fieldOf(to) : fieldOf(from)));
    const seen = await planDefinitions(workspace, { definitions: draft });
    expect([seen.issues, seen.changes.filter((change) => change.class === 'blocked').map(({ path, notes }) => [path, notes])]).toEqual([[], []]);
    const { version } = await workspace.publish({ definitions: draft, base: live.version, hash: seen.hash, confirm: seen.confirm, by: owner.userId, note: to });
    for (const change of seen.changes) {
      const field = workspace.model.tables[change.table ?? '']?.fields.value;
      if (!change.effect || !field) continue;
      const rejected = await workspace.database.get<{ n: number }>(sql`SELECT count(*) AS n FROM relata_reject WHERE version = ${version} AND table_name = ${change.table ?? ''}`);
      expect([await countFilled(workspace.database, liveSource(field)), Number(rejected?.n)], change.path).toEqual([change.effect.converted + change.effect.altered, change.effect.failed]);
    }
    const way = await undoPublication(workspace.database, version);
    const back = await planDefinitions(workspace, way);
    expect(back.class, `undo of ${to}`).not.toBe('blocked');
    await workspace.publish({ ...way, base: version, hash: back.hash, confirm: back.confirm, by: owner.userId, note: 'undo' });
    expect(await recordsChecksum(workspace)).toEqual(before);
  });
});
