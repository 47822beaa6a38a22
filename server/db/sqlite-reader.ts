/** The thread of `sqlite-aside.ts`: answers SELECTs over a connection that cannot write. */
import { parentPort, workerData } from 'node:worker_threads';
import type { AsideAnswer, AsideRequest } from './sqlite-aside.ts';
import { openReader } from './sqlite-connection.ts';

const connection = openReader(String(workerData));

parentPort?.on('message', ({ id, text, params }: AsideRequest) => {
  let answer: AsideAnswer;
  try {
    answer = { id, rows: connection.prepare(text).all(...params) as Record<string, unknown>[] };
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
});
