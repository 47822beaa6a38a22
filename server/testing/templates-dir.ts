/** A templates folder of its own for a test, in which templates can move on to a next version. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { definitionFiles } from '#engine/changes/print-definitions.ts';
import type { Draft } from '#engine/changes/test-edits.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { readDefinitions } from '../definitions/read-template.ts';

const OWN = fileURLToPath(new URL('../../templates/', import.meta.url));

export interface TemplatesDir {
  readonly dir: string;
  read(name: string): Promise<Definitions>;
  /** Changes the files of a template as its author would. */
  change(name: string, change: (app: Draft, table: (name: string) => Draft, tables: Draft[]) => void): Promise<void>;
  file(name: string, path: string): Promise<string>;
  remove(): Promise<void>;
}

export async function copyTemplates(): Promise<TemplatesDir> {
  const dir = await mkdtemp(join(tmpdir(), 'relata-templates-'));
  await cp(OWN, dir, { recursive: true });
  const read = (name: string): Promise<Definitions> => readDefinitions(join(dir, name));
  return {
    dir,
    read,
    async change(name, change) {
      const draft = structuredClone(await read(name)) as unknown as { app: Draft; tables: Draft[] };
      change(draft.app, (table) => draft.tables.find((own) => own.name === table), draft.tables);
      for (const [path, text] of Object.entries(definitionFiles(draft as unknown as Definitions))) await writeFile(join(dir, name, path), text);
    },
    file: (name, path) => readFile(join(dir, name, path), 'utf8'),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
