/**
 * Edits of workflows: definition in, definition out, nothing changed in place and nothing judged; what is wrong afterwards
 * `checkWorkflow` says. A place is a port that leads somewhere or nowhere: of a node, or (`node: null`) of the trigger.
 */
import type { Label } from '../errors.ts';
import type { Definitions } from '../model/definitions.ts';
import type { NodeDefinition, TriggerDefinition, WorkflowDefinition } from '../workflows/definitions.ts';
import type { Port } from '../workflows/node-type.ts';
import { NODE_TYPES, type NodeTypeName, nodeTypeOf } from '../workflows/nodes/index.ts';
import { TRIGGER_TYPES, type TriggerTypeName } from '../workflows/triggers/index.ts';
import { freeName, moveItem, type Patch, patched } from './edits.ts';

export interface Place {
  readonly node: string | null;
  /** Of the trigger: `next`. */
  readonly port: string;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

export const TRIGGER_PORT = 'next';
/** What variables of a run are called; a node of this name would hide them. */
const RESERVED = ['record', 'before', 'params', 'trigger', 'run', 'secrets', 'me', 'today', 'now'];

export function workflowOf(definitions: Definitions, name: string): WorkflowDefinition | undefined {
  return definitions.workflows?.find((workflow) => workflow.name === name);
}

export function updateWorkflow(definitions: Definitions, name: string, patch: Patch<WorkflowDefinition> | ((workflow: WorkflowDefinition) => WorkflowDefinition)): Definitions {
  const change = typeof patch === 'function' ? patch : (workflow: WorkflowDefinition) => patched(workflow, patch);
  return { ...definitions, workflows: (definitions.workflows ?? []).map((workflow) => (workflow.name === name ? change(workflow) : workflow)) };
}

export function addWorkflow(definitions: Definitions, workflow: WorkflowDefinition): Definitions {
  return { ...definitions, workflows: [...(definitions.workflows ?? []), workflow] };
}

/** The copy is switched off: two alike would do everything twice. */
export function duplicateWorkflow(definitions: Definitions, name: string, copy: { readonly name: string; readonly label: Label }): Definitions {
  const original = workflowOf(definitions, name);
  return original ? addWorkflow(definitions, { ...original, ...copy, disabled: true }) : definitions;
}

export function removeWorkflow(definitions: Definitions, name: string): Definitions {
  return { ...definitions, workflows: (definitions.workflows ?? []).filter((workflow) => workflow.name !== name) };
}

export function moveWorkflow(definitions: Definitions, from: number, to: number): Definitions {
  return { ...definitions, workflows: moveItem(definitions.workflows ?? [], from, to) };
}

/** What the other type has no setting for is left behind. */
export function changeTrigger(workflow: WorkflowDefinition, type: TriggerTypeName): WorkflowDefinition {
  const { properties } = TRIGGER_TYPES[type].settings;
  const kept = Object.entries(workflow.trigger).filter(([key]) => key === 'next' || key === 'position' || Object.hasOwn(properties, key));
  return { ...workflow, trigger: { ...Object.fromEntries(kept), type } as TriggerDefinition };
}

export function updateTrigger(workflow: WorkflowDefinition, patch: Patch<TriggerDefinition>): WorkflowDefinition {
  return { ...workflow, trigger: patched(workflow.trigger, patch) };
}

export function portsOf(node: NodeDefinition): readonly Port[] {
  return Object.hasOwn(NODE_TYPES, node.type) ? nodeTypeOf(node).ports(node) : [];
}

/** Where a path simply goes on. */
export function ordinaryPort(node: NodeDefinition): Port | undefined {
  return portsOf(node).find((port) => port.kind === undefined);
}

/** What begins with something in it: branches, without which there is no port. */
function firstSettings(type: NodeTypeName): Record<string, unknown> {
  const branch = (n: number) => ({ name: `branch_${n}`, label: { 'zh-CN': `分支 ${n}`, en: `Branch ${n}` } });
  const settings = NODE_TYPES[type].settings.properties as Record<string, { readonly 'x-editor'?: string }>;
  return Object.fromEntries(Object.entries(settings).flatMap(([name, schema]) => (schema['x-editor'] === 'branches' ? [[name, [branch(1), branch(2)]]] : [])));
}

export function freeNodeName(workflow: WorkflowDefinition, wanted: string): string {
  const snake = wanted.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return freeName(snake, [...RESERVED, ...workflow.nodes.map((node) => node.name)]);
}

export function newNode(workflow: WorkflowDefinition, type: NodeTypeName): NodeDefinition {
  return { name: freeNodeName(workflow, type), type, ...firstSettings(type) };
}

export function targetAt(workflow: WorkflowDefinition, place: Place): string | undefined {
  return place.node === null ? workflow.trigger.next : workflow.nodes.find((node) => node.name === place.node)?.next?.[place.port];
}

/** Lets a port lead to a node; undefined: nowhere. */
export function connect(workflow: WorkflowDefinition, place: Place, target: string | undefined): WorkflowDefinition {
  if (place.node === null) return updateTrigger(workflow, { next: target });
  return mapNode(workflow, place.node, (node) => withNext(node, { ...node.next, [place.port]: target }));
}

function withNext(node: NodeDefinition, next: Readonly<Record<string, string | undefined>>): NodeDefinition {
  const kept = patched({} as Record<string, string>, next);
  return patched(node, { next: Object.keys(kept).length > 0 ? kept : undefined });
}

function mapNode(workflow: WorkflowDefinition, name: string, change: (node: NodeDefinition) => NodeDefinition): WorkflowDefinition {
  return { ...workflow, nodes: workflow.nodes.map((node) => (node.name === name ? change(node) : node)) };
}

/** A port that a changed setting took away leads nowhere any more. */
export function updateNode(workflow: WorkflowDefinition, name: string, patch: Patch<NodeDefinition>): WorkflowDefinition {
  return mapNode(workflow, name, (node) => {
    const next = patched(node, patch);
    const ports = new Set(portsOf(next).map((port) => port.name));
    const gone = Object.keys(next.next ?? {}).filter((port) => !ports.has(port));
    return gone.length > 0 ? withNext(next, { ...next.next, ...Object.fromEntries(gone.map((port) => [port, undefined])) }) : next;
  });
}

/** Puts a chain of nodes at a place; what stood there follows the last one. Without a place it stands for itself. */
export function insertNodes(workflow: WorkflowDefinition, nodes: readonly NodeDefinition[], place: Place | null): WorkflowDefinition {
  const [first] = nodes;
  if (!first) return workflow;
  const index = place?.node ? workflow.nodes.findIndex((node) => node.name === place.node) + 1 : place ? 0 : workflow.nodes.length;
  const added = { ...workflow, nodes: [...workflow.nodes.slice(0, index), ...nodes, ...workflow.nodes.slice(index)] };
  if (!place) return added;
  const before = targetAt(workflow, place);
  const linked = connect(added, place, first.name);
  const last = endOf(linked, first.name);
  const port = last && ordinaryPort(last);
  return before === undefined || !last || !port ? linked : connect(linked, { node: last.name, port: port.name }, before);
}

/** Where the plain path from a node ends. */
function endOf(workflow: WorkflowDefinition, name: string): NodeDefinition | undefined {
  const seen = new Set<string>();
  let at = workflow.nodes.find((node) => node.name === name);
  while (at && !seen.has(at.name)) {
    seen.add(at.name);
    const port = ordinaryPort(at);
    const to = port && at.next?.[port.name];
    const next = to === undefined ? undefined : workflow.nodes.find((node) => node.name === to);
    if (!next) return at;
    at = next;
  }
  return at;
}

export function insertNode(workflow: WorkflowDefinition, node: NodeDefinition, place: Place | null): WorkflowDefinition {
  return insertNodes(workflow, [node], place);
}

/** The chain closes: what led to a node leads where it went on to. */
export function removeNodes(workflow: WorkflowDefinition, names: readonly string[]): WorkflowDefinition {
  return names.reduce(removeNode, workflow);
}

function removeNode(workflow: WorkflowDefinition, name: string): WorkflowDefinition {
  const gone = workflow.nodes.find((node) => node.name === name);
  if (!gone) return workflow;
  const port = ordinaryPort(gone);
  const after = port && gone.next?.[port.name] !== name ? gone.next?.[port.name] : undefined;
  const nodes = workflow.nodes
    .filter((node) => node.name !== name)
    .map((node) => (Object.values(node.next ?? {}).includes(name) ? withNext(node, Object.fromEntries(Object.entries(node.next ?? {}).map(([from, to]) => [from, to === name ? (after === node.name ? undefined : after) : to]))) : node));
  const rest = { ...workflow, nodes };
  return workflow.trigger.next === name ? updateTrigger(rest, { next: after }) : rest;
}

export function placeNode(workflow: WorkflowDefinition, name: string | null, position: Position | undefined): WorkflowDefinition {
  const rounded = position && { x: Math.round(position.x), y: Math.round(position.y) };
  return name === null ? updateTrigger(workflow, { position: rounded }) : mapNode(workflow, name, (node) => patched(node, { position: rounded }));
}

/** Everything is laid out by itself again. */
export function tidy(workflow: WorkflowDefinition): WorkflowDefinition {
  return { ...workflow, trigger: patched(workflow.trigger, { position: undefined }), nodes: workflow.nodes.map((node) => patched(node, { position: undefined })) };
}

/** Copies under free names: what they say of one another, links and `$variables`, is said of the copies. */
export function copiesOf(workflow: WorkflowDefinition, nodes: readonly NodeDefinition[]): NodeDefinition[] {
  const names = new Map<string, string>();
  let taken = workflow;
  for (const node of nodes) {
    const name = freeNodeName(taken, node.name.replace(/_\d+$/, ''));
    names.set(node.name, name);
    taken = { ...taken, nodes: [...taken.nodes, { name, type: node.type }] };
  }
  return nodes.map((node) => {
    const { name, type, label, next, position: _laidOutAnew, ...settings } = node;
    const links = Object.entries(next ?? {}).flatMap(([port, to]) => (names.has(to) ? [[port, names.get(to)]] : []));
    const own = renameVariables(settings, names) as Record<string, unknown>;
    return { name: names.get(name) as string, type, ...(label && { label }), ...own, ...(links.length > 0 && { next: Object.fromEntries(links) }) };
  });
}

function renameVariables(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return value.replace(/\$([a-z][a-z0-9_]*)/g, (whole, name: string) => (names.has(name) ? `$${names.get(name)}` : whole));
  if (Array.isArray(value)) return value.map((item) => renameVariables(item, names));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renameVariables(item, names)]));
}

/** An administrator's value of a parameter; undefined: the default again. */
export function setParameter(workflow: WorkflowDefinition, name: string, value: unknown): WorkflowDefinition {
  return { ...workflow, parameters: (workflow.parameters ?? []).map((parameter) => (parameter.name === name ? patched(parameter, { value }) : parameter)) };
}

/** Right after a node, or with null after the trigger; null where there is no way on. */
export function placeAfter(workflow: WorkflowDefinition, name: string | null): Place | null {
  if (name === null) return { node: null, port: TRIGGER_PORT };
  const node = workflow.nodes.find((own) => own.name === name);
  const port = node && ordinaryPort(node);
  return node && port ? { node: node.name, port: port.name } : null;
}

/** Where the plain path from the trigger ends. */
export function lastPlace(workflow: WorkflowDefinition): Place | null {
  const last = workflow.trigger.next === undefined ? undefined : endOf(workflow, workflow.trigger.next);
  return placeAfter(workflow, last?.name ?? null);
}

/** Puts copies right behind the last of the originals. */
export function duplicateNodes(workflow: WorkflowDefinition, names: readonly string[], copies: readonly NodeDefinition[]): WorkflowDefinition {
  const last = names.at(-1);
  return insertNodes(workflow, copies, last === undefined ? null : placeAfter(workflow, last));
}
