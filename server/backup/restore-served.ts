/**
 * Restores a backup in the place of the store that this server serves. It stops for that, and until it is back somebody answers on its
 * port: how far it is, for the page that waits; that it will be back, for everybody else.
 */
import { createServer, type Server } from 'node:http';
import type { Logger } from 'pino';
import { AppError, type Label } from '#engine/errors.ts';
import type { Config } from '../config.ts';
import type { Serving } from '../serve.ts';
import { restoreBackup } from './restore-backup.ts';

interface Progress {
  done: number;
  total: number;
}

const WAITING_PAGE = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>Relata</title>
<body style="font:16px/1.6 system-ui,sans-serif;margin:20vh auto;max-width:32em;padding:0 1em"><p>正在恢复备份，完成后会自动打开。</p><p>A backup is being restored; this page opens by itself when that is done.</p>`;

/** Answers why it did not come to be; null when it did. Either way the port is free again. */
export async function restoreServed(config: Config, log: Logger, file: string, serving: Pick<Serving, 'stop'>): Promise<Label | null> {
  await serving.stop();
  const progress: Progress = { done: 0, total: 0 };
  const server = await keepPort(config, progress);
  try {
    const { aside } = await restoreBackup({ place: config, file, now: new Date().toISOString(), onProgress: (done, total) => Object.assign(progress, { done, total }) });
    log.info({ file, aside }, 'restored a backup');
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.detail;
    log.error({ err: error, file }, 'a restore failed');
    return { 'zh-CN': '恢复出错，数据没有变化，详见服务器日志', en: 'The restore failed and changed nothing; see the log of the server' };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function keepPort({ port, host }: Config, progress: Progress): Promise<Server> {
  const server = createServer((request, response) => {
    const isPage = !request.url?.startsWith('/api/');
    const { done, total } = progress;
    response.writeHead(503, { 'Content-Type': isPage ? 'text/html; charset=utf-8' : 'application/json', 'Retry-After': '3', 'Cache-Control': 'no-store', Connection: 'close' });
    response.end(isPage ? WAITING_PAGE : JSON.stringify({ status: 'restoring', done, total }));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
