/** What the server tells of workflows: runs and their steps, trials, notices, approvals, the outbox. Plain JSON, read by both sides. */
import type { Issue, Label } from '../errors.ts';
import type { Json } from '../fields/field-type.ts';

export const RUN_STATES = ['running', 'waiting', 'done', 'failed', 'cancelled', 'stopped'] as const;
/** `waiting`: nothing to do before a time or an event. `failed`: a step is in the dead letters. `stopped`: the loop guard or a limit. */
export type RunState = (typeof RUN_STATES)[number];

export interface RecordName {
  readonly table: string;
  readonly id: string;
  /** '' when the record is gone or may not be seen. */
  readonly title: string;
}

export interface RunSummary {
  readonly id: string;
  readonly workflow: string;
  readonly label: Label;
  /** Version of the definitions it runs by, and the live one. */
  readonly version: number;
  readonly isCurrent: boolean;
  readonly state: RunState;
  readonly record: RecordName | null;
  /** A user's name; null: the clock or another system. */
  readonly starter: { readonly id: string; readonly name: string } | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** The next moment it goes on by itself. */
  readonly dueAt: string | null;
  /** Names of the nodes it stands at. */
  readonly at: readonly string[];
  readonly problem: Label | null;
}

/** A step that waits for people to decide about a record. */
export interface OpenApproval {
  readonly run: string;
  readonly seq: number;
  readonly title: string;
  readonly workflow: Label;
  /** Names of those it waits for. */
  readonly waiting: readonly string[];
  readonly dueAt: string | null;
  /** The reader keeps the application and may decide in their place. */
  readonly mayOverride: boolean;
}

export type StepState = 'ready' | 'waiting' | 'done' | 'failed' | 'cancelled';

export interface StepReport {
  readonly seq: number;
  readonly node: string;
  readonly state: StepState;
  /** The port it left by. */
  readonly port: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly dueAt: string | null;
  readonly attempts: number;
  readonly input: Json;
  readonly output: Json;
  readonly problem: Label | null;
}

export interface RunDetail extends RunSummary {
  /** The workflow as it was when the run began. */
  readonly definition: unknown;
  readonly steps: readonly StepReport[];
}

/** One thing that a trial would have done. */
export type TrialEffect =
  | { readonly kind: 'create' | 'update' | 'delete'; readonly node: string; readonly at: string; readonly record: RecordName; readonly changes: readonly { readonly field: string; readonly before: Json; readonly after: Json }[] }
  | { readonly kind: 'notice'; readonly node: string; readonly at: string; readonly to: readonly string[]; readonly title: Label; readonly body: Label | null }
  | { readonly kind: 'email'; readonly node: string; readonly at: string; readonly to: string; readonly subject: string; readonly text: string }
  | { readonly kind: 'request'; readonly node: string; readonly at: string; readonly method: string; readonly url: string; readonly body: string | null }
  | { readonly kind: 'approval'; readonly node: string; readonly at: string; readonly to: readonly string[]; readonly title: Label; readonly decided: string };

export interface TrialRequest {
  /** The workflow as drawn; it need not be published. */
  readonly workflow: unknown;
  readonly records: readonly string[];
  /** When it would begin; absent: now. */
  readonly now?: string;
  /** What approvers are taken to decide. */
  readonly decide?: 'approved' | 'rejected';
  /** What nodes that wait for an event meet. */
  readonly events?: 'happen' | 'timeout';
  /** What an HTTP request is answered. */
  readonly response?: { readonly status: number; readonly body: Json };
}

export interface TrialRun {
  readonly record: RecordName | null;
  /** False: the trigger's own rule does not hold for this record; it is run all the same. */
  readonly wouldStart: boolean;
  readonly state: RunState;
  readonly problem: Label | null;
  readonly steps: readonly StepReport[];
  readonly effects: readonly TrialEffect[];
  readonly finishedAt: string;
}

export interface TrialReport {
  readonly issues: readonly Issue[];
  readonly runs: readonly TrialRun[];
}

export interface BackTestReport {
  readonly from: string;
  readonly to: string;
  /** Distinct records it would have touched, and how often in all. */
  readonly records: number;
  readonly times: number;
  readonly byMonth: readonly { readonly month: string; readonly times: number }[];
  /** Up to 500, oldest first. `port`: where the conditions right after the trigger led. */
  readonly hits: readonly { readonly at: string; readonly record: RecordName | null; readonly port: string | null }[];
  /** What could not be looked at, and why: history begins later, too many records. */
  readonly notes: readonly Label[];
}

export interface SimulationReport {
  readonly at: string;
  /** Everything the clock would set off on that day, earliest first, up to 500; `count` is exact. */
  readonly count: number;
  readonly items: readonly {
    readonly workflow: string;
    readonly label: Label;
    readonly due: string;
    readonly record: RecordName | null;
    /** `start`: a run begins. `timer`: one under way goes on at `node`. */
    readonly kind: 'start' | 'timer';
    readonly node: string | null;
  }[];
}

/** When a record will be taken up by workflows that the clock sets off, if nothing changes; and what decides it. */
export interface RecordForecast {
  readonly workflow: string;
  readonly label: Label;
  /** Null: not within two years. */
  readonly due: string | null;
  /** Each condition of its rule as it stands on that day. */
  readonly conditions: readonly { readonly text: Label; readonly holds: boolean }[];
  /** The records whose values decide: the last follow-up behind a roll-up. */
  readonly because: readonly { readonly label: Label; readonly value: string; readonly record: RecordName | null }[];
}

export interface NoticeItem {
  readonly id: string;
  readonly kind: 'notice' | 'approval';
  readonly title: string;
  readonly body: string | null;
  readonly record: RecordName | null;
  readonly workflow: string | null;
  readonly workflowLabel: Label | null;
  readonly at: string;
  readonly readAt: string | null;
  readonly doneAt: string | null;
  readonly snoozedUntil: string | null;
  readonly urgent: boolean;
  /** Sent after the moment it was meant for. */
  readonly late: boolean;
  readonly approval: ApprovalItem | null;
}

export interface ApprovalItem {
  readonly id: string;
  readonly instructions: string | null;
  readonly dueAt: string | null;
  readonly mayDelegate: boolean;
  readonly mayAdd: boolean;
  readonly mayReturn: boolean;
  /** `pending` may be decided now; `queued` waits for those before. */
  readonly state: 'pending' | 'queued' | 'approved' | 'rejected' | 'returned' | 'delegated' | 'closed';
  readonly comment: string | null;
  readonly others: readonly { readonly name: string; readonly state: string; readonly comment: string | null }[];
}

export interface NoticePage {
  readonly items: readonly NoticeItem[];
  readonly unread: number;
  readonly next: string | null;
}

/** Somebody's own wishes. Times are `HH:mm` of the workspace. */
export interface NoticePreferences {
  readonly email: boolean;
  /** Null: no quiet hours. */
  readonly quiet: { readonly from: string; readonly to: string } | null;
  /** One e-mail a day at this time instead of one each. */
  readonly digestAt: string | null;
  /** Workflows whose notices one does not want. */
  readonly muted: readonly string[];
  /** Approvals go to this person meanwhile. */
  readonly absence: { readonly delegate: string; readonly from: string; readonly to: string } | null;
}

export const DELIVERY_STATES = ['pending', 'sending', 'sent', 'dead', 'held'] as const;
export interface OutboxItem {
  readonly id: string;
  readonly kind: 'email' | 'request';
  /** Address, or method and URL without its query. */
  readonly target: string;
  readonly subject: string;
  readonly body: string;
  readonly state: (typeof DELIVERY_STATES)[number];
  readonly attempts: number;
  readonly nextAt: string | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly problem: Label | null;
  readonly run: string | null;
}

/** A button that the viewer may press. */
export interface ManualButton {
  readonly workflow: string;
  readonly label: Label;
  readonly place: 'record' | 'list' | 'both';
  readonly confirm: Label | null;
  /** All of it is done when the answer comes, or none. */
  readonly atOnce?: true;
}

export interface WorkflowStatistics {
  readonly workflow: string;
  readonly running: number;
  readonly waiting: number;
  readonly failed: number;
  readonly doneLastMonth: number;
  /** Runs of older versions that are still under way. */
  readonly older: number;
  readonly lastStartedAt: string | null;
}
