/** A program of this folder made ready for a process of its own, which a test may kill. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface BundledProgram {
  /** The file to run with node. */
  readonly path: string;
  remove(): void;
}

/** `name`: of its file here, without the ending. */
export async function bundleProgram(name: string): Promise<BundledProgram> {
  const folder = mkdtempSync(join(tmpdir(), `relata-${name}-`));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { ssr: true, outDir: folder, emptyOutDir: true, minify: false, target: 'node20', rollupOptions: { input: { [name]: `server/testing/${name}.ts` } } },
  });
  // Packages are found from the repository.
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return { path: join(folder, `${name}.js`), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
