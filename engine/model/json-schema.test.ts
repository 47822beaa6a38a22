import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { dashboardJsonSchema, appJsonSchema, tableJsonSchema, workflowJsonSchema } from './json-schema.ts';

const print = (schema: unknown): string => `${JSON.stringify(schema, null, 2)}\n`;
const TEMPLATE = join(import.meta.dirname, '../../templates/crm');

describe('the published JSON Schema files', () => {
  // `npm run schemas` writes them anew.
  it('say what the code says', async () => {
    await expect(print(appJsonSchema())).toMatchFileSnapshot('./app.schema.json');
    await expect(print(tableJsonSchema())).toMatchFileSnapshot('./table.schema.json');
    await expect(print(workflowJsonSchema())).toMatchFileSnapshot('./workflow.schema.json');
    await expect(print(dashboardJsonSchema())).toMatchFileSnapshot('./dashboard.schema.json');
  });

  it('accept every file of the template', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: false });
    const table = ajv.compile(tableJsonSchema());
    const app = ajv.compile(appJsonSchema());
    expect(app(JSON.parse(readFileSync(join(TEMPLATE, 'app.json'), 'utf8'))), JSON.stringify(app.errors)).toBe(true);
    for (const name of readdirSync(join(TEMPLATE, 'tables'))) {
      const valid = table(JSON.parse(readFileSync(join(TEMPLATE, 'tables', name), 'utf8')));
      expect(valid, `${name}: ${JSON.stringify(table.errors?.slice(0, 3))}`).toBe(true);
    }
    const workflow = ajv.compile(workflowJsonSchema());
    for (const name of readdirSync(join(TEMPLATE, 'workflows'))) {
      const valid = workflow(JSON.parse(readFileSync(join(TEMPLATE, 'workflows', name), 'utf8')));
      expect(valid, `${name}: ${JSON.stringify(workflow.errors?.slice(0, 3))}`).toBe(true);
    }
  });

  it('refuse a setting that a type does not have', () => {
    const table = new Ajv2020({ strict: false }).compile(tableJsonSchema());
    const label = { 'zh-CN': '表', en: 'T' };
    const good = { name: 't', label, titleField: 'a', fields: [{ name: 'a', label, type: 'text', maxLength: 5 }] };
    expect(table(good)).toBe(true);
    expect(table({ ...good, fields: [{ name: 'a', label, type: 'date', maxLength: 5 }] })).toBe(false);
  });
});
