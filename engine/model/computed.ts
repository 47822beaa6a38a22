/**
 * Formulas, roll-ups and lookups: compiled, typed, put in an order in which each comes after what it reads; a cycle is
 * refused with the names on it. `stored` values are written with the record; what depends on the day, or on such a
 * value, is taken when it is read.
 */
import { childPath, type Issue } from '../errors.ts';
import type { ComputedModel, FieldModel } from './app-model.ts';
import { optionsOf } from './app-model.ts';
import { checkRule } from '../rules/check.ts';
import { formulaIssue, parseFormula } from '../rules/formula/parse-formula.ts';
import { type FieldTables, resolvePath } from '../rules/paths.ts';
import type { Rule, ValueKind } from '../rules/rule.ts';

export interface RollupSettings {
  readonly table: string;
  /** The reference of that table which points here. */
  readonly field: string;
  readonly function: 'count' | 'sum' | 'min' | 'max' | 'avg' | 'first';
  readonly of?: string;
  readonly filter?: Rule;
  /** For `first`: `-time.start,name`. */
  readonly sort?: readonly string[];
  /** The value when there is nothing to take. */
  readonly empty?: unknown;
  readonly result?: ValueKind;
}

export function rollupSettings(field: FieldModel): RollupSettings {
  return field.settings as unknown as RollupSettings;
}

type MutableTables = Record<string, { fields: Record<string, FieldModel> }>;

/** A computed field under way: the node of the dependency graph. */
interface Node {
  readonly field: FieldModel;
  readonly path: string;
  /** Fields read, as `table.field`. */
  readonly reads: Set<string>;
  computed: ComputedModel;
}

/** Sets `computed` on every computed field of `tables` and answers the stored ones of each table in order. */
export function buildComputed(tables: MutableTables, pathOf: (field: FieldModel) => string, issues: Issue[]): Record<string, string[]> {
  const nodes = new Map<string, Node>();
  for (const table of Object.values(tables)) {
    for (const field of Object.values(table.fields)) {
      const node = compile(field, tables, pathOf(field), issues);
      if (node) nodes.set(`${field.table}.${field.name}`, node);
    }
  }
  const order = sortNodes(nodes, issues);
  const computeOrder: Record<string, string[]> = Object.create(null);
  for (const node of order) {
    const readsQueryField = [...node.reads].some((key) => nodes.get(key)?.computed.mode === 'query');
    if (readsQueryField && node.computed.mode === 'stored') node.computed = { ...node.computed, mode: 'query' };
    const owner = tables[node.field.table];
    if (owner) owner.fields[node.field.name] = { ...node.field, computed: node.computed };
    if (node.computed.mode === 'stored' && node.field.type === FORMULA) (computeOrder[node.field.table] ??= []).push(node.field.name);
  }
  return computeOrder;
}

const FORMULA = 'formula';
const COMPILERS: Readonly<Record<string, (field: FieldModel, tables: FieldTables, path: string, issues: Issue[]) => Node>> = {
  formula: compileFormula,
  rollup: compileRollup,
  lookup: compileLookup,
};

function compile(field: FieldModel, tables: FieldTables, path: string, issues: Issue[]): Node | undefined {
  return Object.hasOwn(COMPILERS, field.type) ? COMPILERS[field.type]?.(field, tables, path, issues) : undefined;
}

/** Every field on a path counts as read: a changed reference changes what lies behind it. */
function fieldsOn(tables: FieldTables, table: string, path: string): string[] {
  const resolved = resolvePath(tables, table, path);
  return typeof resolved === 'string' ? [] : [...resolved.hops, resolved.field].map((field) => `${field.table}.${field.name}`);
}

function compileFormula(field: FieldModel, tables: FieldTables, path: string, issues: Issue[]): Node {
  const at = childPath(path, 'formula');
  const kind = (field.settings.result as ValueKind | undefined) ?? 'text';
  const empty: Node = { field, path, reads: new Set(), computed: { mode: 'stored', kind, rule: null, reads: [] } };
  const parsed = parseFormula(String(field.settings.formula ?? ''), {
    optionsOf: (name) => {
      const resolved = resolvePath(tables, field.table, name);
      return typeof resolved === 'object' && resolved.kind === 'option' ? optionsOf(resolved.field) : null;
    },
  });
  if ('problem' in parsed) {
    issues.push(formulaIssue(at, parsed.problem));
    return empty;
  }
  const memory = checkRule(parsed.rule, { tables, table: field.table, path: at, target: 'memory' });
  issues.push(...memory.issues);
  if (memory.issues.length > 0) return empty;
  if (memory.kind !== 'none' && memory.kind !== kind && !(TEXT_LIKE.has(memory.kind) && (kind === 'text' || kind === 'option'))) {
    issues.push({
      path: at,
      code: 'wrong_kind',
      message: { 'zh-CN': `公式得到的是 ${memory.kind}，字段声明的是 ${kind}`, en: `The formula gives ${memory.kind}, the field says ${kind}` },
    });
  }
  if (kind === 'option' && optionsOf(field).length === 0) issues.push({ path: childPath(path, 'options'), code: 'missing_property', message: { 'zh-CN': '结果是选项的公式需要选项列表', en: 'A formula that gives an option needs the list of options' } });
  const reads = new Set(memory.paths.flatMap((name) => fieldsOn(tables, field.table, name)));
  if (memory.dependsOnTime) {
    issues.push(...checkRule(parsed.rule, { tables, table: field.table, path: at, target: 'sql' }).issues);
  }
  return { field, path: at, reads, computed: { mode: memory.dependsOnTime ? 'query' : 'stored', kind, rule: parsed.rule, reads: memory.paths } };
}
const TEXT_LIKE = new Set<ValueKind>(['text', 'option', 'reference', 'date', 'dateTime']);

function compileRollup(field: FieldModel, tables: FieldTables, path: string, issues: Issue[]): Node {
  const settings = rollupSettings(field);
  const child = Object.hasOwn(tables, settings.table) ? tables[settings.table] : undefined;
  const numeric = settings.function === 'count' || settings.function === 'sum' || settings.function === 'avg';
  const of = settings.of ? resolvePath(tables, settings.table, settings.of) : undefined;
  const kind: ValueKind = settings.result ?? (numeric ? 'number' : typeof of === 'object' ? of.kind : 'text');
  const reads = new Set<string>();
  const node: Node = { field, path, reads, computed: { mode: 'stored', kind, reads: [] } };
  const through = child && Object.hasOwn(child.fields, settings.field) ? child.fields[settings.field] : undefined;
  const target = through && resolvePath(tables, settings.table, `${settings.field}.id`);
  if (!child) {
    issues.push({ path: childPath(path, 'table'), code: 'unknown_table', message: { 'zh-CN': `没有表“${settings.table}”`, en: `There is no table "${settings.table}"` } });
  } else if (!through || typeof target !== 'object' || target.field.table !== field.table) {
    issues.push({
      path: childPath(path, 'field'),
      code: 'not_a_reference',
      message: { 'zh-CN': `“${settings.table}.${settings.field}”不是指向本表的引用`, en: `"${settings.table}.${settings.field}" is no reference to this table` },
    });
  }
  if (!child || issues.some((issue) => issue.path.startsWith(`${path}/`))) return node;
  reads.add(`${settings.table}.${settings.field}`);
  if (settings.function !== 'count') {
    if (typeof of !== 'object' || of.hops.length > 0) {
      issues.push({ path: childPath(path, 'of'), code: 'unknown_field', message: { 'zh-CN': `没有可汇总的字段“${settings.of ?? ''}”`, en: `There is no field "${settings.of ?? ''}" to take` } });
      return node;
    }
    reads.add(`${of.field.table}.${of.field.name}`);
  }
  const natural: ValueKind = numeric || typeof of !== 'object' ? 'number' : of.kind;
  if (natural !== kind && !(TEXT_LIKE.has(natural) && kind === 'text')) {
    issues.push({
      path: childPath(path, 'result'),
      code: 'wrong_kind',
      message: { 'zh-CN': `汇总得到的是 ${natural}，字段声明的是 ${kind}`, en: `The roll-up gives ${natural}, the field says ${kind}` },
    });
  }
  for (const key of settings.sort ?? []) {
    const name = key.replace(/^-/, '');
    const sorted = resolvePath(tables, settings.table, name);
    if (typeof sorted !== 'object' || sorted.hops.length > 0) {
      issues.push({ path: childPath(path, 'sort'), code: 'unknown_field', message: { 'zh-CN': `没有字段“${name}”`, en: `There is no field "${name}"` } });
    } else reads.add(`${sorted.field.table}.${sorted.field.name}`);
  }
  let mode: ComputedModel['mode'] = 'stored';
  if (settings.filter !== undefined) {
    const filter = checkRule(settings.filter, { tables, table: settings.table, path: childPath(path, 'filter'), target: 'sql' });
    issues.push(...filter.issues);
    for (const name of filter.paths) for (const key of fieldsOn(tables, settings.table, name)) reads.add(key);
    if (filter.dependsOnTime) mode = 'query';
  }
  node.computed = { mode, kind, reads: [...reads] };
  return node;
}

function compileLookup(field: FieldModel, tables: FieldTables, path: string, issues: Issue[]): Node {
  const name = String(field.settings.path ?? '');
  const resolved = resolvePath(tables, field.table, name);
  const node: Node = { field, path, reads: new Set(fieldsOn(tables, field.table, name)), computed: { mode: 'query', kind: 'none', rule: { var: name }, reads: [name] } };
  if (typeof resolved === 'string' || resolved.hops.length === 0) {
    issues.push({ path: childPath(path, 'path'), code: 'unknown_field', message: { 'zh-CN': `“${name}”不是经过引用的字段`, en: `"${name}" is no field behind a reference` } });
    return node;
  }
  node.computed = { ...node.computed, kind: resolved.kind };
  return node;
}

/** Depth first, so each node comes after those it reads; a node met again on the way down closes a cycle. */
function sortNodes(nodes: ReadonlyMap<string, Node>, issues: Issue[]): Node[] {
  const order: Node[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (key: string): void => {
    const node = nodes.get(key);
    if (!node || state.get(key) === 'done') return;
    if (state.get(key) === 'open') {
      const cycle = [...trail.slice(trail.indexOf(key)), key].join(' → ');
      issues.push({ path: node.path, code: 'cycle', message: { 'zh-CN': `计算循环：${cycle}`, en: `The computation goes in a circle: ${cycle}` } });
      return;
    }
    state.set(key, 'open');
    trail.push(key);
    for (const read of node.reads) visit(read);
    trail.pop();
    state.set(key, 'done');
    order.push(node);
  };
  for (const key of nodes.keys()) visit(key);
  return order;
}
