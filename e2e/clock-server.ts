/** The server inside the process of the test, with the built pages, on a clock that the test moves. */
import type { Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startAutomations } from '#server/automations.ts';
import { announceServer } from '#server/backup/restore-backup.ts';
import { readConfig } from '#server/config.ts';
import { readTemplate } from '#server/definitions/read-template.ts';
import { createApp } from '#server/http/app.ts';
import { openWorkspace } from '#server/open-workspace.ts';
import { ensureAdministrator } from '#server/session/first-administrator.ts';
import { createFormLimit } from '#server/public-forms/form-limit.ts';
import { createSignInLimit } from '#server/session/sign-in-limit.ts';
import { lookAtClock } from '#server/workflows/clock.ts';
import { runDue } from '#server/workflows/worker.ts';
import { freePort } from './server.ts';

const ROOT = join(import.meta.dirname, '..');

export interface ClockServer {
  readonly url: string;
  /** The one-time link, when nobody with a password administers it yet. */
  readonly link: string | undefined;
  readonly dataDir: string;
  /** What its clock says: UTC, ISO 8601. */
  now(): string;
  /** Moves the clock, forward only, and waits until everything that fell due has been done. */
  moveTo(moment: string): Promise<void>;
  /** `keep`: the data stay, for another start. */
  stop(keep?: 'keep'): Promise<void>;
}

interface ClockSettings {
  readonly dataDir?: string;
  readonly sampleData?: boolean;
}

/** With the CRM, its sample data unless they are not wanted, and this administrator; without one, somebody takes over by the link. */
export async function startClockServer(start: string, admin?: { readonly email: string; readonly password: string }, settings: ClockSettings = {}): Promise<ClockServer> {
  let moment = start;
  const dataDir = settings.dataDir ?? (await mkdtemp(join(tmpdir(), 'relata-e2e-')));
  const port = await freePort();
  const config = { ...readConfig({ PORT: String(port), RELATA_DATA_DIR: dataDir, RELATA_LOG_LEVEL: 'silent' }, ROOT), admin };
  const withdraw = await announceServer(dataDir);
  const workspace = await openWorkspace({
    dataDir,
    // Its scenarios would be run again with every plan; they have a test of their own.
    template: async () => ({ ...(await readTemplate(join(config.templatesDir, 'crm'))), scenarios: [] }),
    sampleData: settings.sampleData ?? true,
    log: pino({ level: config.logLevel }),
    now: () => moment,
  });
  const token = await ensureAdministrator(workspace, admin);
  const closing = new AbortController();
  const app = createApp({ workspace, config, signInLimit: createSignInLimit(), formLimit: createFormLimit(), closing: closing.signal });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(port, '127.0.0.1', (error?: Error) => (error ? reject(error) : resolve(listening)));
  });
  const stopAutomations = startAutomations(workspace, config);
  return {
    url: `http://localhost:${port}`,
    link: token === undefined ? undefined : `http://localhost:${port}/sign-in#token=${token}`,
    dataDir,
    now: () => moment,
    async moveTo(next) {
      if (next < moment) throw new Error(`The clock stands at ${moment} and does not go back to ${next}.`);
      moment = next;
      await lookAtClock(workspace);
      await runDue(workspace);
    },
    async stop(keep) {
      closing.abort();
      await stopAutomations();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await workspace.close();
      await withdraw();
      if (keep === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
