/** What holds for every template that comes with the product. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildModel } from '#engine/model/build-model.ts';
import { DATABASES, openTestWorkspace } from '../testing/test-workspace.ts';
import { readTemplate } from './read-template.ts';
import { runScenarios } from './run-scenarios.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));

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
  }, 60_000);

  it.each(DATABASES)('opens on %s with its samples', async (database) => {
    const workspace = await openTestWorkspace(database, { definitions: template.definitions, samples: template.samples, now: '2026-11-21T15:00:00.000Z' });
    await workspace.close();
  }, 60_000);
});
