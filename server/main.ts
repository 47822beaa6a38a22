/** Starts the server: opens the workspace, listens, and stops gracefully. */
import type { Server } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { backUpRegularly } from './backup/backup-clock.ts';
import { announceServer, finishRestore } from './backup/restore-backup.ts';
import { readConfig } from './config.ts';
import { tidyUpRegularly } from './housekeeping.ts';
import { createApp } from './http/app.ts';
import { readTemplate } from './definitions/read-template.ts';
import { openWorkspace } from './open-workspace.ts';
import { startAutomations } from './automations.ts';
import { ensureAdministrator } from './session/first-administrator.ts';
import { createSignInLimit } from './session/sign-in-limit.ts';

const DRAIN_MS = 10_000;

async function main(): Promise<void> {
  const config = readConfig(process.env, process.cwd());
  const log = pino({
    level: config.logLevel,
    redact: { paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token', '*.password_hash'], censor: '[hidden]' },
  });
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  await finishRestore(config.dataDir);
  const withdraw = await announceServer(config.dataDir);
  const workspace = await openWorkspace({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    template: () => readTemplate(join(config.templatesDir, 'crm')),
    sampleData: config.sampleData,
    log,
  });
  const closing = new AbortController();
  const token = await ensureAdministrator(workspace, config.admin);
  const app = createApp({ workspace, config, signInLimit: createSignInLimit(), closing: closing.signal });
  const server = app.listen(config.port, config.host, (error?: Error) => {
    if (error) {
      log.fatal({ err: error }, `cannot listen on ${config.host}:${config.port}`);
      process.exit(1);
    }
    const address = `http://localhost:${config.port}`;
    process.stdout.write(`\nRelata is running at ${address}\n`);
    if (token !== undefined) process.stdout.write(`Sign in once with this link (valid for a day):\n\n  ${address}/sign-in#token=${token}\n\n`);
  });
  // Longer than the usual minute of a proxy before it: closed first by the server, a kept connection fails the request just sent on it.
  server.keepAliveTimeout = 65_000;
  const stopTidying = tidyUpRegularly(workspace);
  const stopAutomations = startAutomations(workspace, config);
  const stopBackups = backUpRegularly(workspace, config.backupDir);
  stopGracefully(server, closing, async () => {
    stopTidying();
    stopBackups();
    await stopAutomations();
    await workspace.close();
    await withdraw();
  });
}

/** In-flight requests get ten seconds; a second signal ends at once. */
function stopGracefully(server: Server, closing: AbortController, close: () => Promise<void>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(force);
      close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
    closing.abort();
    server.closeIdleConnections();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

await main();
