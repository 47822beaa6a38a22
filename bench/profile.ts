import { rmSync } from 'node:fs';
import { pino } from 'pino';
import { systemActor } from '#engine/permissions/actor.ts';
import { sql } from '#server/db/sql.ts';
import { openWorkspace } from '#server/open-workspace.ts';
import { createRecord } from '#server/records/create-record.ts';
import { findRecords } from '#server/records/find-records.ts';
import { getRecord } from '#server/records/get-record.ts';
import { updateRecord } from '#server/records/update-record.ts';
import { writeSession } from '#server/records/write-session.ts';
import { benchApp } from './bench-app.ts';
import { importCsv } from './import-csv.ts';
import { loadRaw } from './raw-loader.ts';
rmSync('/tmp/prof', { recursive: true, force: true });
const w = await openWorkspace({ dataDir: '/tmp/prof', template: async () => ({ definitions: benchApp, samples: {} }), sampleData: false, log: pino({ level: 'error' }) });
const owner = await writeSession(w, systemActor, (s) => createRecord(s, 'user', { name: 'Sales', login: 'sales', roles: ['salesperson'], active: true }));
const actor = w.directory.actor(owner);
const mode = process.argv[2];
const t = (name: string, n: number, start: bigint) => console.log(name, (Number(process.hrtime.bigint() - start) / n / 1000).toFixed(1), 'us');
const rows = Number(process.argv[3] ?? 5000);
let s = process.hrtime.bigint();
await importCsv(w, actor, rows);
t('import', rows, s);
const ids = (await w.database.all<{ id: string }>(sql`SELECT id FROM customer LIMIT 2000`)).map((r) => r.id);
if (mode !== 'import') {
  for (let k = 0; k < 2; k++) { s = process.hrtime.bigint(); for (const id of ids) await getRecord(w, actor, 'customer', id); t('get', ids.length, s); }
  for (let k = 0; k < 2; k++) { s = process.hrtime.bigint(); for (let i = 0; i < 3000; i++) await findRecords(w, actor, 'customer', { limit: 50 }); t('list', 3000, s); }
  for (let k = 0; k < 2; k++) { s = process.hrtime.bigint(); for (let i = 0; i < 200; i++) await findRecords(w, actor, 'customer', { limit: 50, search: '信科' }); t('search', 200, s); }
  s = process.hrtime.bigint(); for (const [i, id] of ids.entries()) { await writeSession(w, actor, (x) => updateRecord(x, 'customer', id, { remark: `n${i}`, employees: i })); } t('save', ids.length, s);
}
await w.close();
if (mode === 'raw') console.log('raw', ((loadRaw('/tmp/prof/relata.db', rows, owner) / rows) * 1e6).toFixed(1));
process.exit(0);
