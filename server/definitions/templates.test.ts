/** What holds for every template that comes with the product. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildModel } from '#engine/model/build-model.ts';
import { DATABASES, openTestWorkspace } from '../testing/test-workspace.ts';
import { readTemplate } from './read-template.ts';
import { runScenarios } from './run-scenarios.ts';
import { listTemplates } from './templates.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the templates', () => {
  it('are listed with what they hold', async () => {
    const list = await listTemplates(TEMPLATES);
    expect(list.map(({ name }) => name)).toEqual(['crm', 'desk']);
    for (const { label, description, version, tables, records, scenarios } of list) {
      expect([label.en, description?.en, version].every(Boolean)).toBe(true);
      expect(Math.min(tables.length, records, scenarios)).toBeGreaterThan(2);
    }
  });

  it('are known to no line of the product', async () => {
    const names = (await listTemplates(TEMPLATES)).flatMap(({ tables }) => tables.map((table) => table.name));
    const called = new RegExp(`['"/](?:${names.join('|')})['"/.]`);
    const files = ['engine', 'runtime', 'designer', 'server'].flatMap((layer) => readdirSync(`${ROOT}${layer}`, { recursive: true, encoding: 'utf8' }).map((path) => `${layer}/${path}`));
    // The examples of field types are told in words of a CRM; what a package is called is its maker's business.
    const code = files.filter((path) => /\.tsx?$/.test(path) && !/\.test\.|\/test-|^server\/testing\/|^engine\/fields\//.test(path));
    const knowing = code.flatMap((path) => readFileSync(`${ROOT}${path}`, 'utf8').split('\n').flatMap((line, i) => (called.test(line) && !/^\s*(?:\/\/|\/?\*|import\b.* from '@)/.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])));
    expect(code.length).toBeGreaterThan(200);
    expect(knowing, 'What a table is called is the template’s business; the code asks the model.').toEqual([]);
  });
});

describe.each(readdirSync(TEMPLATES))('the template %s', async (name) => {
  const template = await readTemplate(`${TEMPLATES}${name}`);

  it('builds, describes itself in both languages and is called after its folder', () => {
    expect(buildModel(template.definitions).issues).toEqual([]);
    const { name: own, description } = template.definitions.app;
    expect(own).toBe(name);
    expect(description).toMatchObject({ 'zh-CN': expect.stringMatching(/[\u4e00-\u9fff]/), en: expect.stringMatching(/[a-z]/) });
  });

  it('keeps the promises of its scenarios', async () => {
    expect(template.scenarios?.length).toBeGreaterThan(1);
    const results = await runScenarios(template.definitions, template.scenarios ?? []);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    expect(results).toHaveLength(template.scenarios?.length ?? 0);
  });

  it.each(DATABASES)('opens on %s with its samples', async (database) => {
    const workspace = await openTestWorkspace(database, { definitions: template.definitions, samples: template.samples, now: '2026-11-21T15:00:00.000Z' });
    await workspace.close();
  });
});
