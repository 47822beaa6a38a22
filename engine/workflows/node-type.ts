/**
 * The contract of a node type. One type is one file in `nodes/` and one line in `nodes/index.ts`. A node decides, it does no IO: what it
 * needs it asks of `WorkflowServices`, which the server implements and tests and dry runs replace. It must not wait by itself either:
 * it answers `{ wait }` and is called again with what has happened.
 */
import type { TObject } from 'typebox';
import type { Label } from '../errors.ts';
import type { Json } from '../fields/field-type.ts';
import type { FieldModel } from '../model/app-model.ts';
import type { RuleContext } from '../rules/context.ts';
import type { Rule } from '../rules/rule.ts';
import type { NodeDefinition } from './definitions.ts';
import type { WorkflowServices } from './services.ts';
import type { Duration, Expression, Person } from './settings.ts';
import type { Variable, VariableSource } from './variables.ts';

export interface Port {
  readonly name: string;
  readonly label: Label;
  /** `body`: a path that comes back to the node when it ends; `error`: taken when the node fails. Absent: goes on. */
  readonly kind?: 'body' | 'error';
}

export const NODE_GROUPS = ['logic', 'data', 'people', 'time', 'outside'] as const;
export type NodeGroup = (typeof NODE_GROUPS)[number];

export interface NodeType {
  readonly label: Label;
  readonly description: Label;
  /** A name of `runtime/ui/ModelIcon`. */
  readonly icon: string;
  readonly group: NodeGroup;
  /** Stands beside name, type, label, next and position. What each setting is, its `x-editor` says; `check-settings.ts` reads it. */
  readonly settings: TObject;
  ports(node: NodeDefinition): readonly Port[];
  /** What later nodes may read as `$<name>.…`; `run` answers it as its output. */
  outputs?(node: NodeDefinition, source: VariableSource): Readonly<Record<string, Variable>>;
  /** Never waits for anything: may stand in a transaction block and in a workflow that runs inside the save. */
  readonly instant?: true;
  /** Only in a workflow that runs inside the save. */
  readonly insideSave?: true;
  /** What its body runs in one transaction, all or nothing. */
  readonly atomic?: true;
  run(call: NodeCall): Promise<NodeResult>;
  /** Called when what it waited for has happened, or a body path has ended. */
  resume?(call: NodeCall, happened: Happened): Promise<NodeResult>;
  /** Sends out values that are masked. */
  uncovers?(node: NodeDefinition): boolean;
  /** A sentence under the title: what this node does, in words. */
  summary(node: NodeDefinition, words: Words): Label;
}

/** Whether the value of a field may stand in a text. */
export type Shows = (field: FieldModel) => boolean;

/** What a node is run with. `data` holds the record's fields and all `$variables` that its settings read. */
export interface NodeCall {
  readonly node: NodeDefinition;
  readonly context: RuleContext;
  readonly services: WorkflowServices;
  /** What the node answered last time as `memory`; null at first. */
  readonly memory: Json;
  /** A setting that is an expression. */
  value(expression: Expression): Json;
  holds(rule: Rule): boolean;
  /** A rule over another table: what it reads of this run stands in it as constants. */
  bound(rule: Rule | undefined): Rule;
  values(expressions: Readonly<Record<string, Expression>>): Record<string, Json>;
  /** A text with placeholders, each language for itself. Values of fields that `shows` denies are blotted out. */
  message(text: Label, shows?: Shows): Label;
  /** `encode` is applied to every value that is filled in, not to the text around it. */
  template(text: string, options?: { readonly encode?: (value: string) => string; readonly shows?: Shows }): string;
  /** The record a variable names: null when it is not there. */
  record(variable: string): RecordRef | null;
  records(variable: string): readonly RecordRef[];
  /** Ids of active users, each once, in the order written. */
  people(people: readonly Person[]): Promise<string[]>;
  /** The moment a duration from now ends, by the business calendar where its unit says so. ISO UTC. */
  after(duration: Duration, from?: string): string;
  /** Milliseconds between two moments, of working time or around the clock. */
  between(from: string, to: string, clock: 'business' | 'always'): number;
  /** When work begins: `09:00`. */
  readonly opensAt: string;
}

export interface RecordRef {
  readonly table: string;
  readonly id: string;
}

/** `until`: ISO UTC. `key`: of the event that ends it sooner; see `services.ts`. With neither, somebody has to decide. */
export interface Wait {
  readonly until?: string;
  readonly key?: string;
}

export type NodeResult =
  | { readonly port: string; readonly output?: Json; readonly refusal?: Refusal }
  | { readonly wait: Wait; readonly memory?: Json; readonly output?: Json }
  /** Goes on waiting for what it waited for. */
  | { readonly stay: true; readonly memory?: Json }
  /** Begins the bodies of these ports. */
  | { readonly enter: readonly string[]; readonly memory?: Json; readonly output?: Json }
  /** The run is over, whatever else goes on in it. */
  | { readonly end: 'done' }
  | { readonly end: 'refused'; readonly refusal: Refusal };

/** Why the save is refused, shown at a field of the record. With a port the run goes on, and all reasons are told together at its end. */
export interface Refusal {
  readonly message: Label;
  readonly field?: string;
}

export type Happened =
  | { readonly kind: 'due' }
  /** What was waited for by key; `value` is what whoever woke it tells. */
  | { readonly kind: 'event'; readonly value: Json }
  | { readonly kind: 'body'; readonly port: string };

/** Names in words, for summaries. Unknown names answer themselves. */
export interface Words {
  table(name: string): Label;
  field(table: string | null, path: string): Label;
  /** A rule as a sentence over a table's fields (null: the run's own record). */
  rule(rule: Rule | undefined, table: string | null): Label;
  expression(value: Expression): Label;
  /** A text as people read it: what its placeholders stand for. */
  message(text: Label): Label;
  /** Values that fields of a table are given (null: the run's own record), options by their labels. */
  values(table: string | null, values: Readonly<Record<string, Expression>>): Label;
  people(people: readonly Person[]): Label;
  duration(duration: Duration): Label;
  variable(path: string): Label;
  workflow(name: string): Label;
  role(name: string): Label;
}

export const DONE: Port = { name: 'done', label: { 'zh-CN': '然后', en: 'Then' } };
export const ERROR: Port = { name: 'error', label: { 'zh-CN': '出错', en: 'Error' }, kind: 'error' };
