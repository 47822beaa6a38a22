import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldType, Json } from '#engine/fields/field-type.ts';
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import { loadRegions } from '#engine/fields/region-data.ts';
import type { Definitions, FieldDefinition } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { validateValue } from '#engine/records/validate-value.ts';
import { sql } from '../db/sql.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { findRecords } from './find-records.ts';
import { getRecord } from './get-record.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const entries = Object.entries(FIELD_TYPES) as [FieldTypeName, FieldType][];
/** Types whose values a request gives, with a column or links of their own. */
const writable = entries.filter(([, type]) => !type.computed && type.storage !== 'children');
const columnName = (name: string): string => `f_${name.toLowerCase()}`;

/** One table with a field of every type, and one that its references point at. */
function zoo(): Definitions {
  const fields: FieldDefinition[] = writable.map(([name, type]) => ({
    name: columnName(name),
    label: label(name),
    type: name,
    ...type.examples.settings,
    ...(type.examples.settings?.table !== undefined && { table: 'target' }),
  }));
  return {
    app: { name: 'zoo', label: label('zoo'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true }] },
    tables: [
      { name: 'zoo', label: label('zoo'), titleField: 'title', fields: [{ name: 'title', label: label('title'), type: 'text' }, ...fields] },
      { name: 'target', label: label('target'), titleField: 'title', fields: [{ name: 'title', label: label('title'), type: 'text' }] },
    ],
  };
}

describe.each(DATABASES)('every field type on %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;
  let targets: string[];
  beforeAll(async () => {
    await loadRegions();
    workspace = await openTestWorkspace(database, { definitions: zoo() });
    owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
    targets = [await workspace.create(owner, 'target', { title: 'one' }), await workspace.create(owner, 'target', { title: 'two' })];
  });
  afterAll(() => workspace.close());

  /** Examples hold made-up ids; here they must name something that is there. */
  async function real(name: FieldTypeName, type: FieldType, value: Json): Promise<Json> {
    if (type.group === 'file') return Array.isArray(value) ? Promise.all(value.map((_, i) => newFile(`${name}-${i}-${Math.random().toString(36).slice(2)}`))) : value;
    if (!type.target) return value;
    const pool = name === 'user' || name === 'users' ? [owner.userId] : name === 'department' ? [await department()] : targets;
    return Array.isArray(value) ? pool.slice(0, value.length) : (pool[0] as string);
  }
  let knownDepartment: string | undefined;
  async function department(): Promise<string> {
    knownDepartment ??= await workspace.create(systemActor, 'department', { name: 'Sales' });
    return knownDepartment;
  }
  async function newFile(id: string): Promise<string> {
    await workspace.database.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO relata_file (id, name, size, type, image, stored_as, sha256, uploaded_by, uploaded_at) VALUES (${id}, ${'a'}, ${1}, ${'text/plain'}, ${0}, ${'0'.repeat(32)}, ${''}, ${owner.userId}, ${workspace.now()})`);
    });
    return id;
  }

  it.each(writable)('%s: what is written is read back, one by one and in a list, and can be emptied', async (name, type) => {
    const field = columnName(name);
    for (const example of type.examples.valid) {
      const value = await real(name, type, example);
      const id = await workspace.create(owner, 'zoo', { [field]: value });
      expect((await getRecord(workspace, owner, 'zoo', id)).data[field]).toEqual(value);
      const listed = await findRecords(workspace, owner, 'zoo', { filter: { '==': [{ var: 'id' }, id] }, fields: [field] });
      expect(listed.data).toEqual([{ id, version: 1, [field]: value }]);
      await writeSession(workspace, owner, (session) => updateRecord(session, 'zoo', id, { [field]: null }));
      expect((await getRecord(workspace, owner, 'zoo', id)).data).toMatchObject({ [field]: null, version: 2 });
      await writeSession(workspace, owner, (session) => updateRecord(session, 'zoo', id, { [field]: type.group === 'file' ? null : value }));
      if (type.group !== 'file') expect((await getRecord(workspace, owner, 'zoo', id)).data[field]).toEqual(value);
    }
  });

  it.each(writable)('%s: what its examples call invalid is refused with a path', async (name, type) => {
    const field = columnName(name);
    for (const value of type.examples.invalid) {
      const model = workspace.model.tables.zoo?.fields[field];
      // Tidied it may be a good value: a single tag for a list of tags.
      const tidy = model && type.normalize(value, model);
      if (!model || tidy === null || tidy === undefined || validateValue(model, tidy, '').length === 0) continue;
      const refused = workspace.create(owner, 'zoo', { [field]: value });
      await expect(refused, JSON.stringify(value)).rejects.toMatchObject({ code: 'validation_failed', issues: expect.arrayContaining([expect.objectContaining({ path: expect.stringMatching(new RegExp(`^/${field}`)) })]) });
    }
  });
});
