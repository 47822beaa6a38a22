import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const PAGES = join(import.meta.dirname, '..', 'dist', 'runtime');
const LIMIT = 450_000;

it('loads no more than 450 kB of compressed script before the first screen', () => {
  const html = readFileSync(join(PAGES, 'index.html'), 'utf8');
  const scripts = new Set([...html.matchAll(/\/(assets\/[^"]+\.js)/g)].map((match) => match[1] as string));
  expect(scripts.size).toBeGreaterThan(0);
  const bytes = [...scripts].reduce((sum, script) => sum + gzipSync(readFileSync(join(PAGES, script))).length, 0);
  expect(bytes).toBeLessThan(LIMIT);
});
