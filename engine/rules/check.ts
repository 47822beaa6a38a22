/**
 * Checks a rule before it is saved or run: only registered operators, only fields that exist, kinds that fit, limits on
 * size, and (where it must run in a database) nothing that SQL cannot do. All problems at once, each with its path.
 */
import { childPath, type Issue, type Label } from '../errors.ts';
import type { FieldModel } from '../model/app-model.ts';
import { unfitForSql } from './check-sql.ts';
import { isOperator, OPERATORS, type Operator } from './operators.ts';
import { type FieldTables, resolvePath, singleTarget } from './paths.ts';
import { type Rule, SPECIAL_VALUES, type SpecialName, type ValueKind } from './rule.ts';
import { PERIODS } from './time.ts';

export interface CheckRequest {
  readonly tables: FieldTables;
  readonly table: string;
  /** Where the rule stands in what was sent; issues are put below it. */
  readonly path: string;
  /** `sql` refuses what cannot run in a database. */
  readonly target: 'sql' | 'memory';
  /** Answers false for a field the asker may not know of; it is then reported exactly as one that does not exist. */
  readonly knows?: (field: FieldModel) => boolean;
  /** Names beside the fields: `id` of an action's record. */
  readonly extra?: Readonly<Record<string, ValueKind>>;
  /** The kind of a `$name` beyond the special values: variables of a workflow. Null: there is none. */
  readonly variable?: (path: string) => ValueKind | null;
}

export interface CheckedRule {
  readonly issues: readonly Issue[];
  readonly kind: ValueKind;
  /** Every field path read, once. */
  readonly paths: readonly string[];
  /** Reads `$today` or `$now`, so its value changes without a write. */
  readonly dependsOnTime: boolean;
}

const MAX_DEPTH = 24;
const MAX_NODES = 400;
const MAX_LIST = 1000;
const TEXTUAL: readonly ValueKind[] = ['text', 'option', 'reference'];
const NOT_SEARCHABLE: readonly ValueKind[] = ['number', 'boolean', 'date', 'dateTime'];
/** Ask of a value only whether there is one. */
const EMPTINESS = new Set(['empty', 'notEmpty']);
const TEMPORAL: readonly ValueKind[] = ['date', 'dateTime'];

const messages = {
  unknownOperator: (name: string): Label => ({ 'zh-CN': `没有名为“${name}”的运算`, en: `There is no operator "${name}"` }),
  unknownField: (path: string): Label => ({ 'zh-CN': `没有名为“${path}”的字段`, en: `There is no field "${path}"` }),
  unknownVariable: (path: string): Label => ({ 'zh-CN': `这里没有变量“${path}”：前面的节点没有给出它`, en: `There is no variable "${path}" here: no earlier node gives it` }),
  notReference: (path: string): Label => ({ 'zh-CN': `“${path}”经过的字段不是引用`, en: `"${path}" goes through a field that is not a reference` }),
  tooManyHops: (path: string): Label => ({ 'zh-CN': `“${path}”的引用超过三级`, en: `"${path}" follows more than three references` }),
  malformed: { 'zh-CN': '规则应是一个运算，或一个常量', en: 'A rule is one operator, or a constant' } as Label,
  tooLarge: { 'zh-CN': `规则过大：最多 ${MAX_NODES} 个节点、${MAX_DEPTH} 层`, en: `The rule is too large: at most ${MAX_NODES} nodes, ${MAX_DEPTH} levels` } as Label,
  count: (name: string, min: number, max: number): Label => ({ 'zh-CN': `“${name}”需要 ${min} 到 ${max} 个参数`, en: `"${name}" takes ${min} to ${max} arguments` }),
  kind: (name: string, kind: string): Label => ({ 'zh-CN': `“${name}”不能用于${kind}类型的值`, en: `"${name}" does not fit a value of kind ${kind}` }),
  mixed: (a: string, b: string): Label => ({ 'zh-CN': `不能比较 ${a} 与 ${b}`, en: `Cannot compare ${a} with ${b}` }),
  memoryOnly: (name: string): Label => ({ 'zh-CN': `“${name}”不能在数据库中计算，不能用于筛选或权限`, en: `"${name}" cannot run in the database, so not in a filter or permission` }),
  sqlOnly: (name: string): Label => ({ 'zh-CN': `“${name}”只能用于筛选和权限`, en: `"${name}" works only in filters and permissions` }),
  wrap: { 'zh-CN': '把 and / or 的结果与值比较前，请用 !! 包起来', en: 'Wrap and / or in !! before comparing it with a value' } as Label,
  literal: (name: string): Label => ({ 'zh-CN': `“${name}”的这个参数必须是常量`, en: `This argument of "${name}" must be a constant` }),
  encrypted: (path: string): Label => ({ 'zh-CN': `“${path}”加密存储，数据库只能判断它是否为空`, en: `"${path}" is encrypted: the database can only tell whether it is empty` }),
  notForRules: (path: string): Label => ({ 'zh-CN': `“${path}”不能用于规则`, en: `"${path}" cannot be used in rules` }),
};

/** Kinds of arguments that may stand side by side. */
function fits(a: ValueKind, b: ValueKind): boolean {
  if (a === 'none' || b === 'none' || a === b) return true;
  if (TEXTUAL.includes(a) && TEXTUAL.includes(b)) return true;
  return (a === 'number' && b === 'boolean') || (a === 'boolean' && b === 'number');
}

/** Values of one form may come out of the same branch: dates, moments, options and ids are all texts underneath. */
function storedForm(kind: ValueKind): 'number' | 'list' | 'text' {
  return kind === 'number' || kind === 'boolean' ? 'number' : kind === 'list' ? 'list' : 'text';
}

export function checkRule(rule: unknown, request: CheckRequest): CheckedRule {
  const issues: Issue[] = [];
  const paths = new Set<string>();
  let nodes = 0;
  let dependsOnTime = false;
  const report = (path: string, code: string, message: Label): ValueKind => {
    issues.push({ path, code, message });
    return 'none';
  };

  function constantKind(value: unknown): ValueKind {
    if (typeof value === 'number') return 'number';
    if (typeof value === 'boolean') return 'boolean';
    if (Array.isArray(value)) return 'list';
    // A literal text takes the kind of its partner: it may be a date, an option or an id.
    return 'none';
  }

  function variable(argument: unknown, path: string, asksIfEmpty: boolean): ValueKind {
    const name = Array.isArray(argument) ? argument[0] : argument;
    if (typeof name !== 'string' || (Array.isArray(argument) && argument.length !== 1)) return report(path, 'malformed_rule', messages.malformed);
    if (name.startsWith('$')) {
      const known = Object.hasOwn(SPECIAL_VALUES, name) ? null : (request.variable?.(name) ?? null);
      if (known !== null) return known;
      if (!Object.hasOwn(SPECIAL_VALUES, name)) return report(path, request.variable ? 'unknown_variable' : 'unknown_field', request.variable ? messages.unknownVariable(name) : messages.unknownField(name));
      if (name === '$today' || name === '$now') dependsOnTime = true;
      return SPECIAL_VALUES[name as SpecialName];
    }
    if (request.extra && Object.hasOwn(request.extra, name)) return request.extra[name] as ValueKind;
    const resolved = resolvePath(request.tables, request.table, name);
    const hidden = typeof resolved === 'object' && request.knows && ![...resolved.hops, resolved.field].every(request.knows);
    if (resolved === 'unknown_field' || hidden) return report(path, 'unknown_field', messages.unknownField(name));
    if (resolved === 'not_a_reference') return report(path, 'not_a_reference', messages.notReference(name));
    if (resolved === 'too_many_hops') return report(path, 'too_many_hops', messages.tooManyHops(name));
    if (typeof resolved === 'object' && resolved.field.encrypted && request.target === 'sql' && !asksIfEmpty) return report(path, 'encrypted', messages.encrypted(name));
    if (typeof resolved !== 'object' || (resolved.kind === 'none' && request.target === 'sql' && !resolved.field.encrypted)) {
      return report(path, 'not_for_rules', messages.notForRules(name));
    }
    paths.add(name);
    if (resolved.field.computed?.mode === 'query' && resolved.field.computed.rule === undefined) dependsOnTime = true;
    return resolved.kind;
  }

  function isLiteral(value: unknown): boolean {
    return value === null || typeof value !== 'object';
  }

  function visit(node: unknown, path: string, depth: number, asksIfEmpty = false): ValueKind {
    nodes += 1;
    if (depth > MAX_DEPTH || nodes > MAX_NODES) {
      if (nodes <= MAX_NODES + 1) report(path, 'rule_too_large', messages.tooLarge);
      nodes = MAX_NODES + 2;
      return 'none';
    }
    if (node === undefined) return report(path, 'malformed_rule', messages.malformed);
    if (isLiteral(node)) return constantKind(node);
    if (Array.isArray(node)) {
      if (node.length > MAX_LIST) return report(path, 'rule_too_large', messages.tooLarge);
      node.forEach((item, index) => {
        if (!isLiteral(item)) visit(item, childPath(path, index), depth + 1);
      });
      return 'list';
    }
    const keys = Object.keys(node as object);
    const name = keys[0];
    if (keys.length !== 1 || name === undefined) return report(path, 'malformed_rule', messages.malformed);
    const argument = (node as Record<string, unknown>)[name];
    const at = childPath(path, name);
    if (name === 'var') return variable(argument, at, asksIfEmpty);
    if (!isOperator(name)) return report(at, 'unknown_operator', messages.unknownOperator(name));
    return operation(name, OPERATORS[name], Array.isArray(argument) ? argument : [argument], at, depth);
  }

  function operation(name: string, operator: Operator, args: readonly unknown[], path: string, depth: number): ValueKind {
    if (operator.memoryOnly && request.target === 'sql') report(path, 'not_in_sql', messages.memoryOnly(name));
    if (operator.sqlOnly && request.target !== 'sql') report(path, 'only_in_sql', messages.sqlOnly(name));
    if (args.length < operator.min || args.length > operator.max) {
      return report(path, 'argument_count', messages.count(name, operator.min, operator.max));
    }
    const asksIfEmpty = EMPTINESS.has(name) || ((name === '==' || name === '!=') && args.includes(null));
    const kinds = args.map((arg, index) => visit(arg, childPath(path, index), depth + 1, asksIfEmpty));
    kinds.forEach((kind, index) => {
      if (!accepts(operator, kind)) report(childPath(path, index), 'wrong_kind', messages.kind(name, kind));
    });
    special(name, args, kinds, path);
    if (request.target === 'sql') {
      for (const index of unfitForSql(name, operator.params, args, kinds)) report(childPath(path, index), 'wrong_kind', messages.kind(name, literalKind(args[index], kinds[index])));
    }
    if (operator.result !== 'same') return operator.result;
    // What a list holds is not known to its kind.
    if (name === 'item') return 'none';
    const known = resultKinds(name, args, kinds).filter((kind) => kind !== 'none');
    const other = known.find((kind) => storedForm(kind) !== storedForm(known[0] as ValueKind));
    if (other) report(path, 'mixed_kinds', messages.mixed(known[0] as ValueKind, other));
    if (name === 'if') return kinds[1] === 'none' ? (kinds[2] ?? 'none') : (kinds[1] ?? 'none');
    if (name === 'switch') return literalKind(args[2], kinds[2]);
    return kinds.find((kind) => kind !== 'none') ?? 'none';
  }

  /** The kinds of the values that a choosing operator may give. */
  function resultKinds(name: string, args: readonly unknown[], kinds: readonly ValueKind[]): ValueKind[] {
    const literal = kinds.map((kind, i) => literalKind(args[i], kind));
    if (name === 'if') return literal.filter((_, i) => i % 2 === 1 || (i === literal.length - 1 && literal.length % 2 === 1));
    if (name === 'switch') return literal.filter((_, i) => i > 0 && (i % 2 === 0 || (i === literal.length - 1 && literal.length % 2 === 0)));
    return name === 'dateAdd' ? [] : literal;
  }

  function accepts(operator: Operator, kind: ValueKind): boolean {
    if (kind === 'none') return true;
    switch (operator.params) {
      case 'any': case 'rest': case 'same': return true;
      case 'scalar': return kind !== 'list';
      case 'textual': return TEXTUAL.includes(kind);
      case 'temporal': return TEMPORAL.includes(kind);
      case 'number': return kind === 'number' || kind === 'boolean';
      default: return operator.params === kind;
    }
  }

  /** What a single parameter kind cannot say. */
  function special(name: string, args: readonly unknown[], kinds: readonly ValueKind[], path: string): void {
    const [a = 'none', b = 'none'] = kinds;
    if (['==', '!=', '<', '<=', '>', '>='].includes(name)) {
      // json-logic-js gives the last value of an `and`, not true or false; only `!!` makes a value of it.
      args.forEach((arg, i) => {
        if (!isLiteral(arg) && !Array.isArray(arg) && ('and' in (arg as object) || 'or' in (arg as object))) report(childPath(path, i), 'wrong_kind', messages.wrap);
      });
      const dayAgainstMoment = TEMPORAL.includes(a) && TEMPORAL.includes(b) && a !== b;
      if (dayAgainstMoment ? name === '==' || name === '!=' || !daySideIsKnown(args, kinds) : !fits(a, b)) {
        report(path, 'mixed_kinds', messages.mixed(a, b));
      }
    }
    if (name === 'contains' && (NOT_SEARCHABLE.includes(a) || b === 'list' || (NOT_SEARCHABLE.includes(b) && a !== 'list'))) report(path, 'wrong_kind', messages.kind(name, NOT_SEARCHABLE.includes(a) ? a : b));
    if (name === 'in' && b !== 'list' && b !== 'none') report(childPath(path, 1), 'wrong_kind', messages.kind(name, b));
    if (name === 'inPeriod') {
      if (a !== 'none' && !TEMPORAL.includes(a)) report(childPath(path, 0), 'wrong_kind', messages.kind(name, a));
      if (typeof args[1] !== 'string' || !(PERIODS as readonly string[]).includes(args[1])) report(childPath(path, 1), 'literal_needed', messages.literal(name));
      if (args[2] !== undefined && !Number.isInteger(args[2])) report(childPath(path, 2), 'literal_needed', messages.literal(name));
      dependsOnTime = true;
    }
    if (name === 'lunarOn' || name === 'lunarNext') {
      if (a !== 'none' && !TEXTUAL.includes(a)) report(childPath(path, 0), 'wrong_kind', messages.kind(name, a));
      if (b !== 'none' && !TEMPORAL.includes(b)) report(childPath(path, 1), 'wrong_kind', messages.kind(name, b));
      if (name === 'lunarOn' && request.target !== 'memory' && pathsOf(args[1] as Rule).length > 0) report(childPath(path, 1), 'literal_needed', messages.literal(name));
    }
    if ((name === 'timeAdd' || name === 'timeDiff') && !['minute', 'hour'].includes(String(args[2]))) report(childPath(path, 2), 'literal_needed', messages.literal(name));
    if (name === 'sharedWithMe' && !['read', 'edit'].includes(String(args[0]))) report(childPath(path, 0), 'literal_needed', messages.literal(name));
    if (name === 'inherited') {
      if (!['read', 'update'].includes(String(args[1]))) report(childPath(path, 1), 'literal_needed', messages.literal(name));
      const resolved = typeof args[0] === 'string' && !args[0].startsWith('$') ? resolvePath(request.tables, request.table, args[0]) : 'unknown_field';
      const reference = typeof resolved === 'object' && resolved.hops.length === 0 && resolved.part === '' && singleTarget(resolved.field) !== null && (request.knows?.(resolved.field) ?? true);
      if (reference) paths.add(args[0] as string);
      else report(childPath(path, 0), 'not_a_reference', messages.notReference(String(args[0])));
    }
    if (name === 'dateAdd' || name === 'dateDiff') {
      if (!['day', 'week', 'month', 'quarter', 'year'].includes(String(args[2]))) report(childPath(path, 2), 'literal_needed', messages.literal(name));
    }
  }

  /** A day against a moment is turned into the start of that day, which needs the day before the query runs. */
  function daySideIsKnown(args: readonly unknown[], kinds: readonly ValueKind[]): boolean {
    const day = args[kinds[0] === 'date' ? 0 : 1];
    if (request.target === 'memory' || isLiteral(day)) return true;
    return JSON.stringify(day).includes('"$today"') && !/"var":\s*\[?"[^$]/.test(JSON.stringify(day));
  }

  function literalKind(value: unknown, kind: ValueKind | undefined): ValueKind {
    return kind === 'none' && typeof value === 'string' ? 'text' : (kind ?? 'none');
  }

  const kind = visit(rule, request.path, 0);
  return { issues, kind, paths: [...paths], dependsOnTime };
}

/** Can the rule be answered from the values of its own record? Not where it follows references, or asks what only the database knows. */
export function readsOwnRecordOnly(rule: Rule): boolean {
  const asksDatabase = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(asksDatabase);
    if (node === null || typeof node !== 'object') return false;
    return Object.entries(node).some(([name, argument]) => (isOperator(name) && (OPERATORS[name] as Operator).sqlOnly === true) || asksDatabase(argument));
  };
  return pathsOf(rule).every((path) => !path.includes('.')) && !asksDatabase(rule);
}

/** The field paths a rule reads, without checking it. */
export function pathsOf(rule: Rule | undefined): string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node !== null && typeof node === 'object') {
      for (const [name, argument] of Object.entries(node)) {
        if (name === 'var') {
          const path = Array.isArray(argument) ? argument[0] : argument;
          if (typeof path === 'string' && !path.startsWith('$')) found.add(path);
        } else if (name === 'inherited' && Array.isArray(argument)) found.add(String(argument[0]));
        else walk(argument);
      }
    }
  };
  walk(rule);
  return [...found];
}
