/** Scenarios of a plan on threads of their own, so that others go on working meanwhile. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ScenarioResult } from '#engine/changes/plan.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { runScenarios } from './run-scenarios.ts';

export interface ScenarioWork {
  readonly definitions: Definitions;
  readonly scenarios: readonly unknown[];
}

const MOST_THREADS = 4;
/** Each thread builds the model first; for a few scenarios that would cost more than it saves. */
const FEWEST_A_THREAD = 8;
/** Beside the program, or above it where the bundler has put this module among the shared parts. */
const WORKER = [new URL('./scenario-worker.js', import.meta.url), new URL('../scenario-worker.js', import.meta.url)].find((url) => existsSync(url));

/** The last results: a draft is planned again whenever a choice about its values is made, and promises do not depend on those. */
let last: { readonly key: string; readonly results: Promise<ScenarioResult[]> } | undefined;

/** Like `runScenarios`; in tests, which run the sources, right here. */
export function runScenariosAside(definitions: Definitions, scenarios: readonly unknown[]): Promise<ScenarioResult[]> {
  const program = WORKER;
  if (!program) return runScenarios(definitions, scenarios);
  const key = createHash('sha256').update(JSON.stringify([definitions, scenarios])).digest('hex');
  if (last?.key === key) return last.results;
  const results = onThreads(program, { definitions, scenarios });
  last = { key, results };
  results.catch(() => {
    if (last?.key === key) last = undefined;
  });
  return results;
}

async function onThreads(program: URL, { definitions, scenarios }: ScenarioWork): Promise<ScenarioResult[]> {
  const threads = Math.max(1, Math.min(MOST_THREADS, availableParallelism(), Math.floor(scenarios.length / FEWEST_A_THREAD)));
  // Dealt out like cards: the long ones of a template stand together.
  const hands = Array.from({ length: threads }, (_, thread) => scenarios.filter((_scenario, at) => at % threads === thread));
  const results = await Promise.all(hands.map((hand) => onThread(program, { definitions, scenarios: hand })));
  return scenarios.map((_, at) => results[at % threads]?.[Math.floor(at / threads)] as ScenarioResult);
}

function onThread(program: URL, work: ScenarioWork): Promise<ScenarioResult[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: work });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The scenarios ended with ${code} and gave no answer.`)));
  });
}
