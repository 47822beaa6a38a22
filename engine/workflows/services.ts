/**
 * The only way from a node to the world. Every method belongs to the step's transaction: what it changed is undone when the step fails.
 * Nothing is sent here; a delivery is put into the outbox with an id that stays the same however often it is tried.
 */
import type { Label } from '../errors.ts';
import type { Json } from '../fields/field-type.ts';
import type { Rule } from '../rules/rule.ts';
import type { RecordRef, Shows } from './node-type.ts';

export interface WorkflowServices {
  /** 0 ≤ n < 1; replaced in tests. */
  random(): number;
  /** `also`: a rule that comes from a record: what the actor may not know of is unknown to it, null is met by nothing. */
  find(table: string, filter: Rule, options: { readonly sort?: readonly string[]; readonly limit: number; readonly also?: Json }): Promise<{ readonly ids: readonly string[]; readonly count: number }>;
  aggregate(table: string, filter: Rule, measure: { readonly function: 'count' | 'sum' | 'avg' | 'min' | 'max'; readonly field?: string; readonly also?: Json }): Promise<number | null>;
  /** All living records by a number, largest first, each with the option it has in `field`, whose options come along in their order. */
  rank(table: string, filter: Rule, by: RankBy): Promise<{ readonly ranked: readonly RankedRecord[]; readonly options: readonly string[] }>;
  /** A chart of a dashboard, told as `dashboard.card`, as a user sees it (null: as the run's actor): null where there is none. */
  readChart(chart: string, user: string | null): Promise<{ readonly name: string; readonly figures: string; readonly rows: Json; readonly question: Json } | null>;
  create(table: string, values: Readonly<Record<string, Json>>): Promise<string>;
  /** `readOnlyToo`: fields that people only read, or that are locked now, may be set; the rights on the record stay what they are. */
  update(record: RecordRef, values: Readonly<Record<string, Json>>, options?: { readonly readOnlyToo?: boolean }): Promise<void>;
  /** `changeIsEnough`: whoever may change the record may have it deleted here. */
  remove(record: RecordRef, options?: { readonly changeIsEnough?: boolean }): Promise<void>;
  /** Living records that refer to a record, by table, whoever may see them; references from `except` do not count. */
  pointing(record: RecordRef, except: readonly string[]): Promise<readonly { readonly table: string; readonly label: Label; readonly count: number }[]>;
  /** Of the record being saved, before it is; only inside the save. */
  setFields(values: Readonly<Record<string, Json>>): Promise<void>;
  notify(notice: Notice): Promise<void>;
  /** Puts a request into the outbox; the step waits for the key that comes back and is woken with a `DeliveryResult`. */
  request(request: OutgoingRequest): Promise<string>;
  /** Asks people to decide; the step waits for the key and is woken after each decision with the `Decision[]` so far. */
  askApproval(approval: ApprovalRequest): Promise<string>;
  /** Takes back what is still asked of people for this step. */
  closeApproval(): Promise<void>;
  /** Starts another workflow; answers the key that its end wakes, '' where it has ended already, or null where it may not start (loop guard). */
  start(workflow: string, record: RecordRef | null, inputs: Readonly<Record<string, Json>>): Promise<string | null>;
  /** The key that a change of a record, or a new record pointing at it, wakes. */
  watch(event: WatchedEvent): Promise<string>;
  /** A count that goes up by one each time, kept for the workflow. From 0. */
  nextTurn(name: string): Promise<number>;
  /** Those of these users who are away today. */
  absent(users: readonly string[]): Promise<readonly string[]>;
  /** Living records of each of these owners. */
  load(users: readonly string[], table: string, filter: Rule, field: string): Promise<Readonly<Record<string, number>>>;
}

export interface RankBy {
  readonly by: string;
  readonly ties: readonly string[];
  readonly field: string;
}

export interface RankedRecord {
  readonly id: string;
  readonly value: number;
  readonly current: string | null;
}

export interface Notice {
  readonly to: readonly string[];
  readonly title: Label;
  readonly body?: Label;
  /** Its words for somebody who may not see every field they name. */
  readonly textFor?: (shows: Shows) => Pick<Notice, 'title' | 'body'>;
  readonly record: RecordRef | null;
  readonly channels: readonly ('inApp' | 'email')[];
  readonly urgent: boolean;
}

/** `{{$secrets.name}}` in url, headers and body is filled in when it is sent, and stands nowhere else. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Tries before it is given up; waits between them grow. */
  readonly attempts: number;
}

export interface DeliveryResult {
  readonly ok: boolean;
  readonly status: number | null;
  /** Parsed when it was JSON, else text, cut at 64 kB. */
  readonly body: Json;
  readonly error: Label | null;
}

export interface ApprovalRequest {
  readonly title: Label;
  readonly instructions: Label | null;
  readonly record: RecordRef | null;
  /** In order; `serial` asks one after the other. */
  readonly approvers: readonly string[];
  readonly serial: boolean;
  readonly until: string | null;
  readonly mayDelegate: boolean;
  readonly mayAdd: boolean;
  readonly mayReturn: boolean;
}

export interface Decision {
  readonly by: string;
  readonly decision: 'approved' | 'rejected' | 'returned';
  readonly comment: string;
  /** How many were asked in all, with those added since. */
  readonly asked: number;
  /** Made in place of those who were asked, by who keeps the application: it settles the step. */
  readonly override?: true;
}

export type WatchedEvent =
  | { readonly kind: 'changed'; readonly record: RecordRef; readonly rule: Rule }
  /** A record is created or changed in `table` whose `reference` names the record, and the rule holds for it. */
  | { readonly kind: 'related'; readonly record: RecordRef; readonly table: string; readonly reference: string; readonly rule: Rule };
