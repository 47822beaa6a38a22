/**
 * A process that publishes a draft and is killed with SIGKILL when a step begins for the nth time: what a power cut leaves.
 * Arguments: data folder, database address or '', file with the draft, step, n. Step `end` lets it finish and answer.
 */
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import type { Definitions } from '#engine/model/definitions.ts';
import { planDefinitions } from '../definitions/plan.ts';
import { openWorkspace } from '../open-workspace.ts';

const [dataDir = '', databaseUrl = '', file = '', fatal = '', count = '1'] = process.argv.slice(2);
const definitions = JSON.parse(readFileSync(file, 'utf8')) as Definitions;
const workspace = await openWorkspace({
  dataDir,
  databaseUrl: databaseUrl || undefined,
  template: () => Promise.reject(new Error('The workspace is there already.')),
  sampleData: false,
  log: pino({ level: 'silent' }),
});
const plan = await planDefinitions(workspace, { definitions });
let times = 0;
await workspace.publish({
  definitions,
  base: plan.base,
  hash: plan.hash,
  confirm: plan.confirm,
  by: 'system',
  note: 'killed',
  onStep(step) {
    if (step === fatal) times += 1;
    if (step === fatal && times === Number(count)) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write('published');
await workspace.close();
