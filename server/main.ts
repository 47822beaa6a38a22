/** Starts the server and stops it gracefully; puts a backup in its place in between when that is asked for. */
import { pino } from 'pino';
import type { Label } from '#engine/errors.ts';
import { restoreServed } from './backup/restore-served.ts';
import { readConfig } from './config.ts';
import { serve, type Serving } from './serve.ts';

const config = readConfig(process.env, process.cwd());
const log = pino({
  level: config.logLevel,
  redact: { paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token', '*.password_hash'], censor: '[hidden]' },
});
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));

const fail = (error: unknown): never => {
  log.fatal({ err: error }, `cannot serve on ${config.host}:${config.port}`);
  process.exit(1);
};

async function start(restoreProblem: Label | null): Promise<Serving> {
  const serving = await serve({ config, log, restoreProblem, onRestore: (file) => void restore(file).catch(fail) });
  const address = `http://localhost:${config.port}`;
  process.stdout.write(`\nRelata is running at ${address}\n`);
  if (serving.token !== undefined) process.stdout.write(`Sign in once with this link (valid for a day):\n\n  ${address}/sign-in#token=${serving.token}\n\n`);
  return serving;
}

let stopping = false;
let running: Promise<Serving> = start(null);

/** A signal in the middle of it waits for the end: the two stores are changing places. */
async function restore(file: string): Promise<void> {
  if (stopping) return;
  const before = await running;
  running = restoreServed(config, log, file, before).then(start);
  await running;
}

/** A second signal ends at once. */
function stop(): void {
  if (stopping) process.exit(1);
  stopping = true;
  running.then((serving) => serving.stop()).then(
    () => process.exit(0),
    () => process.exit(1),
  );
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

await running.catch(fail);
