import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import type { AppDefinition, Definitions, TableDefinition } from '../model/definitions.ts';
import { isSame } from './diff-definitions.ts';
import { definitionFiles, printDefinition, readDefinitionFiles } from './print-definitions.ts';
import { editRandomly, seeded, templateForTest, wholeTemplateForTest } from './test-edits.ts';

const templates = await readdir(new URL('../../templates/', import.meta.url));

/** Keys of every object the other way round, as a database may give them back. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)])) as T;
}

describe.each(templates)('the files of template %s', (name) => {
  // Printed anew with `npx vitest run engine/changes/print-definitions.test.ts --update`.
  it('stand on disk as they are printed', async () => {
    for (const [path, text] of Object.entries(definitionFiles(await wholeTemplateForTest(name)))) {
      await expect(text, path).toMatchFileSnapshot(fileURLToPath(new URL(`../../templates/${name}/${path}`, import.meta.url)));
    }
  });

  it('are read back as the same definitions', async () => {
    const definitions = await templateForTest(name);
    expect(isSame(withoutSchema(readDefinitionFiles(definitionFiles(definitions))), withoutSchema(definitions))).toBe(true);
  });
});

function withoutSchema({ app, tables }: Definitions): Definitions {
  const bare = <T extends AppDefinition | TableDefinition>({ $schema: _, ...definition }: T) => definition as T;
  return { app: bare(app), tables: tables.map(bare) };
}

describe('printing', () => {
  it('gives one text for one content, in whatever order the keys came', async () => {
    const definitions = await templateForTest('crm');
    for (let seed = 1; seed <= 5; seed++) {
      const edited = editRandomly(definitions, seeded(seed), 20);
      const files = definitionFiles(edited);
      expect(definitionFiles(reversed(edited))).toEqual(files);
      expect(definitionFiles(readDefinitionFiles(files))).toEqual(files);
    }
  });

  it('puts the schema first, common keys before those of the type, short things on a line and one property a line else', () => {
    const table = {
      permissions: { zeta: { read: true }, alpha: { read: true } },
      fields: [
        { pinyin: true, type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, name: 'name', required: true },
        { name: 'kind', label: { 'zh-CN': '种类', en: 'Kind' }, type: 'select', options: 'kind', help: { 'zh-CN': '说明'.repeat(20), en: 'Help '.repeat(20).trim() }, aliases: ['类别'] },
      ],
      titleField: 'name',
      label: { en: 'Thing', 'zh-CN': '物' },
      name: 'thing',
    } as unknown as TableDefinition;
    expect(printDefinition(table, 'table')).toBe(`{
  "$schema": "../../../engine/model/table.schema.json",
  "name": "thing",
  "label": { "zh-CN": "物", "en": "Thing" },
  "titleField": "name",
  "fields": [
    { "name": "name", "label": { "zh-CN": "名称", "en": "Name" }, "type": "text", "required": true, "pinyin": true },
    {
      "name": "kind",
      "label": { "zh-CN": "种类", "en": "Kind" },
      "type": "select",
      "help": {
        "zh-CN": "${'说明'.repeat(20)}",
        "en": "${'Help '.repeat(20).trim()}"
      },
      "aliases": ["类别"],
      "options": "kind"
    }
  ],
  "permissions": { "alpha": { "read": true }, "zeta": { "read": true } }
}
`);
  });
});

describe('reading', () => {
  it('names every file that cannot be read', () => {
    const read = () => readDefinitionFiles({ 'app.json': '{ "name": ', 'tables/a.json': '[]', 'tables/b.json': '{ "name": "c" }', 'demo/x.json': 'no JSON' });
    expect(read).toThrow(AppError);
    try {
      read();
    } catch (error) {
      expect((error as AppError).code).toBe('invalid_definition');
      expect((error as AppError).issues.map(({ path, code }) => `${path} ${code}`)).toEqual(['app.json invalid_json', 'tables/a.json wrong_shape', 'tables/b.json file_name']);
    }
    expect(() => readDefinitionFiles({})).toThrow(/app\.json is missing/);
  });
});
