/**
 * A process that works at workflows, approvals and deliveries and is killed with SIGKILL after a while: what a power cut leaves.
 * Arguments: data folder, database address or '', milliseconds until it dies (0: it goes on until nothing is left and says so), the
 * approver, a host that may be called.
 */
import { pino } from 'pino';
import { startAutomations } from '../automations.ts';
import { sql } from '../db/sql.ts';
import { openWorkspace } from '../open-workspace.ts';
import { decide } from '../workflows/approvals.ts';

const [dataDir = '', databaseUrl = '', until = '0', approver = '', host = ''] = process.argv.slice(2);
const workspace = await openWorkspace({
  dataDir,
  databaseUrl: databaseUrl || undefined,
  template: () => Promise.reject(new Error('The workspace is there already.')),
  sampleData: false,
  log: pino({ level: 'silent' }),
});
const stop = startAutomations(workspace, { smtpUrl: undefined, mailFrom: '', publicUrl: '', allowPrivateTargets: [host] });
if (until !== '0') setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(until));
const actor = workspace.directory.actor(approver);
for (;;) {
  const asked = await workspace.database.all<{ id: string }>(sql`SELECT id FROM relata_approval WHERE user_id = ${approver} AND state = 'pending' LIMIT 20`);
  for (const { id } of asked) await decide(workspace, actor, id, { decision: 'approved', comment: '' }).catch(() => undefined);
  const open = await workspace.database.get<{ count: number }>(sql`SELECT count(*) AS count FROM relata_run WHERE state IN ('running', 'waiting')`);
  if (Number(open?.count) === 0) break;
  await new Promise((resolve) => setTimeout(resolve, 10));
}
process.stdout.write('finished');
await stop();
await workspace.close();
