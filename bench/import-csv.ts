/** An import as the wizard runs it, from the bytes of a CSV to the committed records. Answers seconds. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from '#engine/permissions/actor.ts';
import { ownImport, startDraft, startRun } from '#server/import/imports.ts';
import type { Workspace } from '#server/workspace.ts';
import { benchRow, IMPORT_COLUMNS } from './bench-app.ts';

export async function importCsv(workspace: Workspace, actor: Actor, rows: number): Promise<number> {
  const lines = [IMPORT_COLUMNS.join(',')];
  for (let n = 0; n < rows; n++) lines.push(Object.values(benchRow(n)).join(','));
  mkdirSync(workspace.filesDir, { recursive: true });
  const storedAs = randomBytes(16).toString('hex');
  const text = lines.join('\r\n');
  writeFileSync(join(workspace.filesDir, storedAs), text);
  const row = await startDraft(workspace, actor, 'customer', { name: 'bench.csv', size: text.length, storedAs }, {});
  const started = process.hrtime.bigint();
  await startRun(workspace, actor, row, { dryRun: false });
  for (;;) {
    const { run } = await ownImport(workspace, actor, row.id);
    if (run?.state === 'done') {
      if (run.created !== rows) throw new Error(`${run.created} of ${rows} rows imported: ${JSON.stringify(run.failures.slice(0, 3))}`);
      return Number(process.hrtime.bigint() - started) / 1e9;
    }
    if (run?.state !== 'running') throw new Error(`The import ended as ${run?.state}`);
    await wait(100);
  }
}
