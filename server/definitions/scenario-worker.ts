/** Runs some scenarios on a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { runScenarios } from './run-scenarios.ts';
import type { ScenarioWork } from './run-scenarios-aside.ts';

const { definitions, scenarios } = workerData as ScenarioWork;
parentPort?.postMessage(await runScenarios(definitions, scenarios));
