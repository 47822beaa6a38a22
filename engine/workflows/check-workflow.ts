/**
 * Everything that can be wrong with a workflow before it runs, all at once, each with its path. `workflowIssues` keep it from being
 * published; `workflowWarnings` are shown on the canvas and keep nothing back.
 */
import { childPath, type Issue, type Label } from '../errors.ts';
import { text as label } from '../fields/settings.ts';
import { checkRule } from '../rules/check.ts';
import { type FieldTables, resolvePath } from '../rules/paths.ts';
import type { ValueKind } from '../rules/rule.ts';
import { isCron } from './cron.ts';
import type { WorkflowDefinition } from './definitions.ts';
import { type Graph, graphOf } from './graph.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import { nodeTypeOf } from './nodes/index.ts';
import { isSecret } from './placeholders.ts';
import { fieldsOn, kindOfPath, recordTable, type Scope, scopeOf, variablesAt, variablesOfRun, type Variables } from './scope.ts';
import { triggerTypeOf } from './triggers/index.ts';
import { fieldsRead, rootsOf } from './variable-paths.ts';
import { resolveVariable } from './variables.ts';

export interface WorkflowSurroundings {
  readonly tables: FieldTables;
  readonly workflows: readonly WorkflowDefinition[];
  readonly roles: readonly { readonly name: string }[];
}

const text = {
  noTable: (name: string): Label => label(`没有表“${name}”`, `There is no table "${name}"`),
  noField: (name: string): Label => label(`没有字段“${name}”`, `There is no field "${name}"`),
  noRole: (name: string): Label => label(`没有角色“${name}”`, `There is no role "${name}"`),
  noWorkflow: (name: string): Label => label(`没有流程“${name}”`, `There is no workflow "${name}"`),
  noNode: (name: string): Label => label(`没有节点“${name}”`, `There is no node "${name}"`),
  noPort: (name: string): Label => label(`这个节点没有出口“${name}”`, `This node has no port "${name}"`),
  noRecord: (name: string): Label => label(`“${name}”不是这里可用的记录`, `"${name}" is no record that is known here`),
  noList: (name: string): Label => label(`“${name}”不是前面节点给出的记录列表`, `"${name}" is no list of records that an earlier node gives`),
  noPerson: (name: string): Label => label(`“${name}”不是一个人`, `"${name}" is not a person`),
  noVariable: (name: string): Label => label(`这里没有“${name}”：前面的节点没有给出它`, `There is no "${name}" here: no earlier node gives it`),
  wrongKind: (name: string): Label => label(`字段“${name}”的类型不合适`, `The field "${name}" is not of a kind that fits`),
  encrypted: (name: string): Label => label(`“${name}”加密存储：条件可以读取它，但不能写入其他地方、通知或排序`, `"${name}" is encrypted: conditions may read it, but it may not be put anywhere else, told of or sorted by`),
  twice: (name: string): Label => label(`节点名“${name}”重复`, `The node name "${name}" is used twice`),
  noStarter: label('定时和外部调用没有发起人，不能以发起人的权限执行', 'Nobody sets off what the clock or another system starts, so it cannot run with their rights'),
  cron: label('定时表达式有误', 'Not a schedule'),
  crosses: label('这个节点既在块内又在块外：块内的路径不能连到外面', 'This node stands inside a block and outside it: a path inside a block may not lead out'),
  waits: label('在保存时同步执行的流程中不能等待', 'A workflow that runs inside the save cannot wait'),
  waitsInBlock: label('事务块中不能等待', 'An all-or-nothing block cannot wait'),
  insideOnly: label('只能用于在保存时同步执行的流程', 'Only for a workflow that runs inside the save'),
  own: label('流程不能把自己作为子流程', 'A workflow cannot call itself'),
  notCallable: (name: string): Label => label(`“${name}”不是“被其他流程调用”的流程`, `"${name}" is not a workflow that others may call`),
};

export function workflowIssues(workflow: WorkflowDefinition, around: WorkflowSurroundings): Issue[] {
  const issues: Issue[] = [];
  const at = childPath('/workflows', workflow.name);
  const report = (path: string, code: string, message: Label): void => void issues.push({ path: at + path, code, message });
  const scope = scopeOf(workflow, around.tables);
  const graph = graphOf(workflow);
  checkGraph(workflow, graph, report);
  const beforeAll = variablesOfRun(scope);
  for (const { node, mentions } of mentionsIn(workflow)) {
    const check: MentionCheck = { scope, around, variables: node ? variablesAt(scope, node.name) : beforeAll, uncovers: node !== null && nodeTypeOf(node).uncovers?.(node) === true, report, path: at, issues };
    for (const mention of mentions) checkMention(mention, check);
  }
  return issues;
}

type Report = (path: string, code: string, message: Label) => void;

function checkGraph(workflow: WorkflowDefinition, graph: Graph, report: Report): void {
  const names = new Set<string>();
  const { next } = workflow.trigger;
  if (next !== undefined && !graph.node(next)) report('/trigger/next', 'unknown_node', text.noNode(next));
  const type = triggerTypeOf(workflow.trigger);
  if (workflow.runAs === 'starter' && (type.onTime || type.startedBy === 'webhook')) report('/runAs', 'no_starter', text.noStarter);
  const isInside = type.insideSave?.(workflow.trigger) === true;
  for (const node of workflow.nodes) {
    const path = childPath('/nodes', node.name);
    if (names.has(node.name)) report(path, 'duplicate_name', text.twice(node.name));
    names.add(node.name);
    const ports = graph.ports(node.name).map((port) => port.name);
    for (const [port, to] of Object.entries(node.next ?? {})) {
      if (!ports.includes(port)) report(`${path}/next/${port}`, 'unknown_port', text.noPort(port));
      else if (!graph.node(to)) report(`${path}/next/${port}`, 'unknown_node', text.noNode(to));
    }
    const type = nodeTypeOf(node);
    const isInBlock = graph.blocks(node.name).some((block) => graph.node(block) && nodeTypeOf(graph.node(block) as typeof node).atomic);
    if (isInside && !type.instant) report(path, 'cannot_wait', text.waits);
    else if (isInBlock && !type.instant) report(path, 'cannot_wait', text.waitsInBlock);
    if (type.insideSave && !isInside) report(path, 'inside_only', text.insideOnly);
  }
  for (const name of crossing(workflow, graph)) report(childPath('/nodes', name), 'crosses_block', text.crosses);
}

/** Nodes that two paths reach from different blocks. */
function crossing(workflow: WorkflowDefinition, graph: Graph): Set<string> {
  const wrong = new Set<string>();
  for (const node of workflow.nodes) {
    if (!graph.reachable.has(node.name)) continue;
    const inside = graph.blocks(node.name);
    for (const port of graph.ports(node.name)) {
      const to = graph.next(node.name, port.name);
      const expected = port.kind === 'body' ? [...inside, node.name] : inside;
      if (to !== null && graph.blocks(to).join('/') !== expected.join('/')) wrong.add(to);
    }
  }
  return wrong;
}

interface MentionCheck {
  readonly scope: Scope;
  readonly around: WorkflowSurroundings;
  readonly variables: Variables;
  /** The node sends values out as they are, by its author's will. */
  readonly uncovers: boolean;
  readonly report: Report;
  readonly path: string;
  readonly issues: Issue[];
}

/** The table that a field or rule is about: a table's name, or a record variable's. */
function tableOf(of: string | null, { scope, around, variables }: MentionCheck): string | null {
  if (of === null) return scope.table;
  if (Object.hasOwn(around.tables, of)) return of;
  return recordTable(scope, variables, of);
}

function checkMention(mention: Mention, check: MentionCheck): void {
  const { scope, around, variables, report, issues } = check;
  const { path } = mention;
  const variable = (name: string): ValueKind | null => kindOfPath(scope, variables, name);
  switch (mention.kind) {
    case 'table':
      if (!Object.hasOwn(around.tables, mention.name)) report(path, 'unknown_table', text.noTable(mention.name));
      return;
    case 'role':
      if (!around.roles.some((role) => role.name === mention.name)) report(path, 'unknown_role', text.noRole(mention.name));
      return;
    case 'workflow': {
      const other = around.workflows.find(({ name }) => name === mention.name);
      if (mention.name === scope.workflow.name) report(path, 'calls_itself', text.own);
      else if (!other) report(path, 'unknown_workflow', text.noWorkflow(mention.name));
      else if (triggerTypeOf(other.trigger)?.startedBy !== 'workflow') report(path, 'not_callable', text.notCallable(mention.name));
      return;
    }
    case 'schedule':
      if (!isCron(mention.name)) report(path, 'not_a_schedule', text.cron);
      return;
    case 'field': {
      const table = tableOf(mention.of, check);
      if (table === null) return;
      const resolved = resolvePath(around.tables, table, mention.field);
      if (typeof resolved === 'string') report(path, resolved, text.noField(mention.field));
      else if (resolved.field.encrypted && mention.orders) report(path, 'encrypted', text.encrypted(mention.field));
      else if (mention.kinds && !mention.kinds.includes(resolved.kind)) report(path, 'wrong_kind', text.wrongKind(mention.field));
      return;
    }
    case 'rule': {
      const table = tableOf(mention.of, check);
      const target = mention.of === null ? 'memory' : 'sql';
      // Bound into a query, or kept with it while it waits.
      if (mention.of !== null) refuseEncrypted(rootsOf(mention.rule), path, check);
      issues.push(...checkRule(mention.rule, { tables: around.tables, table: table ?? '', path: check.path + path, target, variable }).issues);
      return;
    }
    case 'expression':
      refuseEncrypted([...fieldsRead(mention.value), ...rootsOf(mention.value)], path, check);
      issues.push(...checkRule(mention.value, { tables: around.tables, table: scope.table ?? '', path: check.path + path, target: 'memory', variable }).issues);
      return;
    case 'record':
      if (recordTable(scope, variables, mention.variable) === null) report(path, 'unknown_record', text.noRecord(mention.variable));
      return;
    case 'list': {
      const resolved = resolveVariable(variables, around.tables, mention.variable);
      if (!resolved || !('list' in resolved)) report(path, 'unknown_list', text.noList(mention.variable));
      return;
    }
    case 'person':
      if (!isPerson(mention.variable, check)) report(path, 'not_a_person', text.noPerson(mention.variable));
      return;
    case 'placeholder':
      if (!isSecret(mention.variable) && !isKnown(mention.variable, check)) report(path, 'unknown_variable', text.noVariable(mention.variable));
      else if (!check.uncovers) refuseEncrypted([mention.variable], path, check);
  }
}

/** What a node answers, tells or writes lies open in texts and other records. */
function refuseEncrypted(paths: readonly string[], path: string, check: MentionCheck): void {
  const found = paths.find((name) => fieldsOn(name, check).some((field) => field.encrypted));
  if (found !== undefined) check.report(path, 'encrypted', text.encrypted(found));
}

function isKnown(path: string, { scope, variables, around }: MentionCheck): boolean {
  if (path.startsWith('$')) return kindOfPath(scope, variables, path) !== null;
  return scope.table !== null && typeof resolvePath(around.tables, scope.table, path) === 'object';
}

/** One user, or a list of them. */
function isPerson(path: string, check: MentionCheck): boolean {
  const { scope, variables, around } = check;
  if (recordTable(scope, variables, path) === 'user') return true;
  const resolved = path.startsWith('$') ? resolveVariable(variables, around.tables, path) : scope.table === null ? null : resolvePath(around.tables, scope.table, path);
  if (!resolved || typeof resolved === 'string') return false;
  if ('list' in resolved) return resolved.list === 'user';
  return 'field' in resolved && resolved.kind === 'list' && resolved.field !== undefined && ['users', 'user'].includes(resolved.field.type);
}

const warn = {
  unreachable: label('没有路径通到这个节点', 'No path leads to this node'),
  empty: label('触发后没有任何节点', 'Nothing follows the trigger'),
  endless: label('这里可能无限循环：回路上没有等待，达到步数上限会停止', 'This may go round for ever: nothing on the way back waits; it is stopped at the limit of steps'),
  setsOff: (names: string): Label => label(`可能与其他流程互相触发：${names}；运行时会被拦下`, `May set others off and be set off by them: ${names}; a run is stopped there`),
};

export function workflowWarnings(workflow: WorkflowDefinition, around: WorkflowSurroundings): Issue[] {
  const at = childPath('/workflows', workflow.name);
  const graph = graphOf(workflow);
  const issues: Issue[] = [];
  if (graph.first === null) issues.push({ path: `${at}/trigger`, code: 'empty', message: warn.empty });
  for (const node of workflow.nodes) {
    const path = at + childPath('/nodes', node.name);
    if (!graph.reachable.has(node.name)) issues.push({ path, code: 'unreachable', message: warn.unreachable });
    else if (graph.before(node.name).has(node.name) && goesRoundWithoutWaiting(node.name, graph)) issues.push({ path, code: 'endless', message: warn.endless });
  }
  const loop = loopThrough(workflow, around);
  if (loop) issues.push({ path: `${at}/trigger`, code: 'loop', message: warn.setsOff(loop.join(' → ')) });
  return issues;
}

function goesRoundWithoutWaiting(from: string, graph: Graph): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = graph.node(name);
    if (!node || !nodeTypeOf(node)?.instant) continue;
    for (const port of graph.ports(name)) {
      const to = port.kind === 'body' ? null : graph.next(name, port.name);
      if (to === from) return true;
      if (to !== null && !seen.has(to)) {
        seen.add(to);
        open.push(to);
      }
    }
  }
  return false;
}

/** Writes of one workflow that another listens to, back to where it began: `['W01', 'W03', 'W01']`. */
function loopThrough(workflow: WorkflowDefinition, { tables, workflows }: WorkflowSurroundings): string[] | null {
  const listeners = workflows.filter(({ disabled, trigger }) => !disabled && triggerTypeOf(trigger)?.onWrite);
  const wakes = (from: WorkflowDefinition): WorkflowDefinition[] => {
    const scope = scopeOf(from, tables);
    const written = from.nodes.flatMap((node) => WRITERS[node.type]?.(node, scope) ?? []);
    return listeners.filter(({ trigger }) => {
      const table = triggerTypeOf(trigger).table(trigger);
      const watched = (trigger.fields as string[] | undefined) ?? [];
      return written.some((write) => write.table === table && (watched.length === 0 || write.fields.some((field) => watched.includes(field))));
    });
  };
  const open: string[][] = [[workflow.name]];
  const seen = new Set<string>();
  for (let way = open.shift(); way; way = open.shift()) {
    const here = workflows.find(({ name }) => name === way?.at(-1)) ?? workflow;
    for (const next of wakes(here)) {
      if (next.name === workflow.name) return [...way, next.name];
      if (!seen.has(next.name)) {
        seen.add(next.name);
        open.push([...way, next.name]);
      }
    }
  }
  return null;
}

type Writes = { readonly table: string; readonly fields: readonly string[] }[];
const WRITERS: Readonly<Record<string, (node: Readonly<Record<string, unknown>>, scope: Scope) => Writes>> = {
  create: (node) => [{ table: String(node.table), fields: Object.keys((node.values as object | undefined) ?? {}) }],
  update: (node, scope) => {
    const table = recordTable(scope, variablesAt(scope, String(node.name)), String(node.record ?? '$record'));
    return table === null ? [] : [{ table, fields: Object.keys((node.values as object | undefined) ?? {}) }];
  },
  assign: (node, scope) => (scope.table !== null && typeof node.field === 'string' ? [{ table: scope.table, fields: [node.field] }] : []),
};
