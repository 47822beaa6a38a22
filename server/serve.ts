/** One run of the server: the workspace opened, the port taken, and both given back when it stops. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Label } from '#engine/errors.ts';
import { startAutomations } from './automations.ts';
import { backUpRegularly } from './backup/backup-clock.ts';
import { announceServer, finishRestore } from './backup/restore-backup.ts';
import type { Config } from './config.ts';
import { readTemplate } from './definitions/read-template.ts';
import { tidyUpRegularly } from './housekeeping.ts';
import { createApp } from './http/app.ts';
import { openWorkspace } from './open-workspace.ts';
import { ensureAdministrator } from './session/first-administrator.ts';
import { createFormLimit } from './public-forms/form-limit.ts';
import { handOverRegularly } from './sharing/planned-hand-over.ts';
import { createSignInLimit } from './session/sign-in-limit.ts';

const DRAIN_MS = 10_000;

export interface Serving {
  /** The one-time link's token, when nobody with a password administers it yet. */
  readonly token: string | undefined;
  /** In-flight requests get ten seconds; streams end at once. */
  stop(): Promise<void>;
}

export interface ServeSettings {
  readonly config: Config;
  readonly log: Logger;
  /** Asked for on the page of backups: called once, after the request has been answered. */
  readonly onRestore?: (file: string) => void;
  /** Why the last restore did not come to be. */
  readonly restoreProblem?: Label | null;
}

/** Rejects when the database cannot be opened or the port is taken. */
export async function serve({ config, log, onRestore, restoreProblem = null }: ServeSettings): Promise<Serving> {
  await finishRestore(config.dataDir);
  const withdraw = await announceServer(config.dataDir);
  const workspace = await openWorkspace({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    encryptionKeys: config.encryptionKeys,
    template: () => readTemplate(join(config.templatesDir, 'crm'), config.profile),
    sampleData: config.sampleData,
    log,
  });
  const closing = new AbortController();
  const token = await ensureAdministrator(workspace, config.admin);
  const restoring = onRestore && { begin: onRestore, asked: false, problem: restoreProblem };
  const app = createApp({ workspace, config, signInLimit: createSignInLimit(), formLimit: createFormLimit(), closing: closing.signal, run: randomUUID(), ...(restoring && { restoring }) });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(config.port, config.host, (error?: Error) => (error ? reject(error) : resolve(listening)));
  });
  // Longer than the usual minute of a proxy before it: closed first by the server, a kept connection fails the request just sent on it.
  server.keepAliveTimeout = 65_000;
  const stopTidying = tidyUpRegularly(workspace);
  const stopAutomations = startAutomations(workspace, config);
  const stopBackups = backUpRegularly(workspace, config.backupDir);
  const stopHandingOver = handOverRegularly(workspace);
  return {
    token,
    async stop() {
      const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      closing.abort();
      server.closeIdleConnections();
      await closed;
      clearTimeout(force);
      stopTidying();
      stopBackups();
      stopHandingOver();
      await stopAutomations();
      await workspace.close();
      await withdraw();
    },
  };
}
