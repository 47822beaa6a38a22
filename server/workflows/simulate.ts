/** What the clock would set off on a day to come, if nothing changes until then; and timers of runs under way that fall due on it. */
import { fromLocal, addToDate } from '#engine/rules/time.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { occurrences } from '#engine/workflows/cron.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { SimulationReport } from '#engine/workflows/reports.ts';
import type { TimeWatch } from '#engine/workflows/trigger-type.ts';
import { businessCalendar } from '../calendar.ts';
import { sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';
import { datesDue, sweepRecords, timedWorkflows } from './clock.ts';
import { named } from './record-names.ts';

const MOST_SHOWN = 500;
const MOST_FOUND = 100_000;

interface Found {
  readonly workflow: WorkflowDefinition;
  readonly due: string;
  readonly record: { readonly table: string; readonly id: string } | null;
  readonly kind: 'start' | 'timer';
  readonly node: string | null;
}

/** `at` is a local day, `YYYY-MM-DD`. `model` may hold a drafted workflow. */
export async function simulate(workspace: Workspace, model: AppModel, at: string): Promise<SimulationReport> {
  const own: Workspace = Object.create(workspace, { model: { value: model } });
  const { timeZone } = model.settings;
  const day = { from: fromLocal(at, timeZone), to: fromLocal(addToDate(at, 1, 'day'), timeZone) };
  const found: Found[] = [];
  for (const { workflow, watch } of timedWorkflows(model)) found.push(...(await startsOn(own, workflow, watch, day)));
  const timers = await workspace.database.all<{ workflow: string; due_at: string; node: string; table_name: string | null; record_id: string | null }>(
    sql`SELECT relata_run.workflow AS workflow, due_at, node, table_name, record_id FROM relata_step JOIN relata_run ON relata_run.id = relata_step.run_id
      WHERE relata_step.state = 'waiting' AND due_at >= ${day.from} AND due_at < ${day.to} ORDER BY due_at LIMIT ${MOST_FOUND}`,
  );
  for (const { workflow, due_at, node, table_name, record_id } of timers) {
    const definition = model.workflows[workflow];
    if (definition) found.push({ workflow: definition, due: due_at, kind: 'timer', node, record: table_name !== null && record_id !== null ? { table: table_name, id: record_id } : null });
  }
  found.sort((a, b) => (a.due < b.due ? -1 : 1));
  const shown = found.slice(0, MOST_SHOWN);
  const records = await named(workspace, workspace.database, shown.map(({ record }) => record));
  return { at, count: found.length, items: shown.map(({ workflow, due, kind, node }, i) => ({ workflow: workflow.name, label: workflow.label, due, kind, node, record: records[i] ?? null })) };
}

async function startsOn(workspace: Workspace, workflow: WorkflowDefinition, watch: TimeWatch, { from, to }: { readonly from: string; readonly to: string }): Promise<Found[]> {
  const { database, model } = workspace;
  const start = (due: string, record: Found['record']): Found => ({ workflow, due, record, kind: 'start', node: null });
  const just = new Date(Date.parse(from) - 1).toISOString();
  const last = new Date(Date.parse(to) - 1).toISOString();
  if (watch.kind === 'date') {
    const calendar = await businessCalendar(database, model.settings.timeZone);
    const due = await datesDue(workspace, database, { workflow, watch, from: just, to: last, since: null, calendar, limit: MOST_FOUND, done: false });
    return due.map(({ id, due: at }) => start(at, { table: watch.table, id }));
  }
  const timeZone = watch.timeZone ?? model.settings.timeZone;
  const times = occurrences(watch.cron, { from: just, to: last, timeZone });
  if (watch.table === null) return times.map(({ at }) => start(at, null));
  const table = watch.table;
  const found: Found[] = [];
  const taken = new Set<string>();
  // What an occurrence before this day would have taken up is not there any more.
  const [earlier] = occurrences(watch.cron, { from: new Date(Date.parse(from) - 40 * 86_400_000).toISOString(), to: just, timeZone }).slice(-1);
  if (earlier && earlier.at > workspace.now() && watch.once !== undefined) {
    for (const { key } of await sweepRecords(workspace, database, { workflow, watch, at: earlier.at, local: earlier.local, limit: MOST_FOUND })) taken.add(key);
  }
  for (const { at, local } of times) {
    for (const { id, key } of await sweepRecords(workspace, database, { workflow, watch, at, local, limit: MOST_FOUND })) {
      if (taken.has(key)) continue;
      taken.add(key);
      found.push(start(at, { table, id }));
    }
  }
  return found;
}
