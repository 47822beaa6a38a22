import { expect, it } from 'vitest';
import { AppError } from '#engine/errors.ts';
import { OPERATORS } from '#engine/rules/operators.ts';
import { findRecords } from './records/find-records.ts';
import { DATABASES, openTestWorkspace } from './testing/test-workspace.ts';
import { thingApp } from './testing/thing-app.ts';
it.each(DATABASES)('collect %s', async (database) => {
  const w = await openTestWorkspace(database, { definitions: thingApp });
  const o = await w.addUser({ name: 'o', roles: ['owner'] });
  await w.create(o, 'thing', { name: 'x', price: 3, day: '2026-01-01', state: 'new', colors: ['red'], moment: '2026-01-01T00:00:00.000Z', active: true, related: [] });
  const out = new Map<string, Set<string>>();
  const constants = [null, '', 'abc', 1, 1.5, true, ['a'], [1], [], '2026-01-01', [[]], [null], 1e300, -1, '2026-02-30', 'x'.repeat(300)];
  for (const path of ['name', 'price', 'day', 'moment', 'state', 'colors', 'active', 'related', 'keeper', 'double_price', 'parent.name', 'salary', 'count']) {
    const v = { var: path };
    for (const name of Object.keys(OPERATORS)) {
      const rules: unknown[] = [{ [name]: [v] }, { [name]: [v, v] }, { [name]: [v, v, v] }, { '>': [{ [name]: [v, 1] }, 0] }, { '==': [{ [name]: [v] }, { [name]: [v, v] }] }, { and: [{ [name]: [v, v, 'x'] }] }, { if: [{ [name]: [v] }, { [name]: [v] }, 1] }];
      for (const c of constants) rules.push({ [name]: [v, c] }, { [name]: [c, v] }, { [name]: [c] }, { [name]: [c, c] }, { [name]: [v, c, c] }, { [name]: [v, v, c] });
      for (const filter of rules) {
        try { await findRecords(w, o, 'thing', { filter, fields: ['id'] }); }
        catch (e) {
          if (e instanceof AppError) continue;
          const key = `${name}: ${(e as Error).message.slice(0, 70)}`;
          if (!out.has(key)) out.set(key, new Set());
          if ((out.get(key) as Set<string>).size < 2) out.get(key)?.add(JSON.stringify(filter).slice(0, 90));
        }
      }
    }
  }
  console.log(database + '\n' + [...out].map(([k, v]) => `${k}   ${[...v].join('  |  ')}`).join('\n'));
  await w.close();
  expect(1).toBe(1);
});
