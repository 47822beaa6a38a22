/**
 * Long reads of SQLite on threads of their own, so that a dashboard does not hold up every other answer. A thread gets SQL and values, never
 * rules or actors: what may be read was decided before. It has read connections of its own to the same file.
 */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { SqlScalar } from './sql.ts';

export interface AsideRequest {
  readonly id: number;
  readonly text: string;
  readonly params: readonly SqlScalar[];
}
export type AsideAnswer = { readonly id: number; readonly rows: readonly Record<string, unknown>[] } | { readonly id: number; readonly error: string };

export interface Aside {
  all(text: string, params: readonly SqlScalar[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Beside the program, or above it where the bundler has put this module among the shared parts. */
const WORKER = [new URL('./sqlite-reader.js', import.meta.url), new URL('../sqlite-reader.js', import.meta.url)].find((url) => existsSync(url));
const THREADS = 2;

interface Waiting {
  readonly resolve: (rows: Record<string, unknown>[]) => void;
  readonly reject: (error: Error) => void;
}

/** Null where there is no built worker: tests run the sources. Threads start with the first question and never keep the process alive. */
export function openAside(file: string): Aside | null {
  const program = WORKER;
  if (!program) return null;
  const threads: { worker: Worker; waiting: Map<number, Waiting> }[] = [];
  let next = 0;

  const start = (): (typeof threads)[number] => {
    const thread = { worker: new Worker(program, { workerData: file }), waiting: new Map<number, Waiting>() };
    thread.worker.unref();
    thread.worker.on('message', (answer: AsideAnswer) => {
      const asked = thread.waiting.get(answer.id);
      thread.waiting.delete(answer.id);
      if ('rows' in answer) asked?.resolve(answer.rows as Record<string, unknown>[]);
      else asked?.reject(new Error(answer.error));
    });
    const lose = (error: Error): void => {
      if (threads.includes(thread)) threads.splice(threads.indexOf(thread), 1);
      for (const { reject } of thread.waiting.values()) reject(error);
      thread.waiting.clear();
    };
    thread.worker.on('error', lose);
    thread.worker.on('exit', (code) => lose(new Error(`The reading thread ended with ${code}.`)));
    threads.push(thread);
    return thread;
  };

  return {
    all(text, params) {
      const idle = threads.find(({ waiting }) => waiting.size === 0);
      const thread = idle ?? (threads.length < THREADS ? start() : threads.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a)));
      const id = next++;
      return new Promise((resolve, reject) => {
        thread.waiting.set(id, { resolve, reject });
        thread.worker.postMessage({ id, text, params } satisfies AsideRequest);
      });
    },
    async close() {
      await Promise.all(threads.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}
