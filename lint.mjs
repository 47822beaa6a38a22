// `npm run lint`: Biome's rules (biome.json) over every tracked source file. The WebAssembly build, because it is the same package on every platform.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Biome } from '@biomejs/js-api/nodejs';
import { root } from './setup.mjs';

const biome = new Biome();
const { projectKey } = biome.openProject(root);
biome.applyConfiguration(projectKey, JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')));

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(Boolean);
let problems = 0;
for (const file of files) {
  const content = readFileSync(join(root, file), 'utf8');
  const { diagnostics } = biome.lintContent(projectKey, content, { filePath: join(root, file) });
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity === 'information' || diagnostic.severity === 'hint') continue;
    problems += 1;
    const start = diagnostic.location.span?.[0] ?? 0;
    const line = Buffer.from(content).subarray(0, start).toString('utf8').split('\n').length;
    const text = diagnostic.message.map((part) => part.content).join('');
    process.stdout.write(`${file}:${line} ${diagnostic.category ?? ''} ${text}\n`);
  }
}
process.stdout.write(problems === 0 ? `Lint: ${files.length} files, no problems\n` : `Lint: ${problems} problems\n`);
process.exitCode = problems === 0 ? 0 : 1;
