/** The built server as a person starts it: its own process, an empty data folder, the printed link. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningServer {
  readonly url: string;
  /** The one-time link, when one was printed. */
  readonly link: string | undefined;
  readonly dataDir: string;
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to stop and answers its exit code. */
  stop(): Promise<number | null>;
}

const ROOT = join(import.meta.dirname, '..');
const START_MS = 60_000;

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

export async function startServer(settings: { dataDir?: string; env?: Record<string, string> } = {}): Promise<RunningServer> {
  const dataDir = settings.dataDir ?? (await mkdtemp(join(tmpdir(), 'relata-e2e-')));
  const port = await freePort();
  const env = { ...process.env, DATABASE_URL: '', PORT: String(port), RELATA_DATA_DIR: dataDir, ...settings.env };
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'server', 'main.js')], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = await running(child);
  const end = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return {
    url: `http://localhost:${port}`,
    link: /http\S+\/sign-in#token=\S+/.exec(output)?.[0],
    dataDir,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

function running(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`The server did not start:\n${output}`)), START_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!/Relata is running at/.test(output)) return;
      clearTimeout(timer);
      // The link is printed in the same breath.
      setTimeout(() => resolve(output), 50);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
}
