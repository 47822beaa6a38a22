/** Workflows in plain language: names of things, rules as sentences, and the telling of a whole workflow node by node. */
import type { Label } from '../errors.ts';
import { text } from '../fields/settings.ts';

import { type AppModel, type FieldModel, optionsOf, type TableModel } from '../model/app-model.ts';
import { isOperator, OPERATORS } from '../rules/operators.ts';
import { resolvePath } from '../rules/paths.ts';
import type { Rule } from '../rules/rule.ts';
import type { WorkflowDefinition } from './definitions.ts';
import { graphOf } from './graph.ts';
import type { Words } from './node-type.ts';
import { NODE_TYPES, nodeTypeOf } from './nodes/index.ts';
import { fillPlaceholders, isTemplate } from './placeholders.ts';
import { labelOf, recordTable, scopeOf, variablesAt } from './scope.ts';
import type { Duration, DurationUnit, Expression, Person } from './settings.ts';
import { TRIGGER_TYPES, triggerTypeOf } from './triggers/index.ts';
import type { Variable } from './variables.ts';

const same = (value: string): Label => ({ 'zh-CN': value, en: value });
const joined = (parts: readonly Label[], zh: string, en: string): Label => ({ 'zh-CN': parts.map((part) => part['zh-CN']).join(zh), en: parts.map((part) => part.en).join(en) });

const UNITS: Readonly<Record<DurationUnit, Label>> = {
  minute: text('分钟', 'minutes'),
  hour: text('小时', 'hours'),
  day: text('天', 'days'),
  week: text('周', 'weeks'),
  month: text('个月', 'months'),
  businessHour: text('个工作小时', 'business hours'),
  businessDay: text('个工作日', 'business days'),
};
const SPECIAL: Readonly<Record<string, Label>> = {
  $me: text('执行者', 'whoever it runs as'),
  $today: text('今天', 'today'),
  $now: text('现在', 'now'),
  $myDepartment: text('所在部门', 'the own department'),
  $mySubordinates: text('下属', 'the subordinates'),
};
const DATE_UNITS: Readonly<Record<string, Label>> = { day: UNITS.day, week: UNITS.week, month: UNITS.month, quarter: text('个季度', 'quarters'), year: text('年', 'years') };

/** What words need of a model; a draft's that does not build has none. */
export type NamedModel = Pick<AppModel, 'tables' | 'roles'> & { readonly workflows?: AppModel['workflows'] };

export function wordsFor(model: NamedModel, workflow: WorkflowDefinition): Words {
  const scope = scopeOf(workflow, model.tables);
  const variables = variablesAt(scope, null);

  const fieldModel = (table: string | null, path: string): FieldModel | undefined => {
    const resolved = table === null ? 'unknown_field' : resolvePath(model.tables, table, path);
    return typeof resolved === 'string' ? undefined : resolved.field;
  };
  /** `customer.owner.name` as 客户的负责人的姓名. */
  const fieldWords = (table: string | null, path: string): Label => {
    let at: TableModel | undefined = table === null ? undefined : model.tables[table];
    const steps = path.split('.').map((name) => {
      const field: FieldModel | undefined = at?.fields[name];
      const target: unknown = field ? (field.settings.table ?? field.type) : undefined;
      at = typeof target === 'string' ? model.tables[target] : undefined;
      return field?.label ?? same(name);
    });
    return { 'zh-CN': steps.map((step) => step['zh-CN']).join('的'), en: steps.map((step) => step.en.toLowerCase()).join(' → ') };
  };
  const ofTable = (table: string | null): string | null => (table === null ? scope.table : Object.hasOwn(model.tables, table) ? table : recordTable(scope, variables, table));

  function variableWords(path: string): Label {
    if (SPECIAL[path]) return SPECIAL[path];
    const steps = path.split('.');
    let at: Variable | undefined = variables[steps[0] ?? ''];
    if (!at) return same(path);
    const parts: Label[] = [at.label];
    let i = 1;
    for (; at && 'members' in at && i < steps.length; i++) {
      at = at.members[steps[i] as string];
      if (at) parts.push(at.label);
    }
    if (at && 'table' in at && i < steps.length) parts.push(fieldWords(at.table, steps.slice(i).join('.')));
    // Its name says enough of the record and of the parameters.
    const [first] = steps;
    if (parts.length > 1 && (first === '$record' || first === '$params')) parts.shift();
    return { 'zh-CN': parts.map((part) => part['zh-CN']).join('的'), en: parts.map((part) => part.en).join(' → ') };
  }

  function constantWords(value: unknown, field: FieldModel | undefined): Label {
    if (value === true) return text('是', 'yes');
    if (value === false) return text('否', 'no');
    if (value === null) return text('空', 'nothing');
    if (Array.isArray(value)) return joined(value.map((item) => constantWords(item, field)), '、', ', ');
    const option = field && optionsOf(field).find((candidate) => candidate.value === value);
    return option ? option.label : same(typeof value === 'object' ? JSON.stringify(value) : String(value));
  }

  function ruleWords(rule: unknown, table: string | null, beside?: FieldModel): Label {
    if (rule === undefined || rule === true) return text('任何情况', 'in any case');
    if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return constantWords(rule, beside);
    const [name = ''] = Object.keys(rule);
    const argument = (rule as Record<string, unknown>)[name];
    const args = Array.isArray(argument) ? argument : [argument];
    if (name === 'var') return String(args[0]).startsWith('$') ? variableWords(String(args[0])) : fieldWords(table, String(args[0]));
    const field = args.map((arg) => fieldOf(arg, table)).find(Boolean);
    const parts = args.map((arg) => ruleWords(arg, table, field));
    const [a = same(''), b = same(''), c = same('')] = parts;
    switch (name) {
      case 'and': return joined(parts, ' 且 ', ' and ');
      case 'or': {
        const either = joined(parts, ' 或 ', ' or ');
        return parts.length > 1 ? { 'zh-CN': `（${either['zh-CN']}）`, en: `(${either.en})` } : either;
      }
      case '!': return text(`不是（${a['zh-CN']}）`, `not (${a.en})`);
      case '!!': return a;
      case 'dateAdd': {
        const unit = DATE_UNITS[String(args[2])] ?? c;
        const back = /^[-−]/.test(b.en);
        const amount = (label: string): string => label.replace(/^[-−]/, '');
        return text(`${a['zh-CN']}${back ? '前' : '后'}${amount(b['zh-CN'])}${unit['zh-CN']}`, `${amount(b.en)} ${unit.en} ${back ? 'before' : 'after'} ${a.en}`);
      }
      case 'dateDiff': return text(`${a['zh-CN']}到${b['zh-CN']}的${DATE_UNITS[String(args[2])]?.['zh-CN'] ?? ''}数`, `the ${DATE_UNITS[String(args[2])]?.en ?? ''} from ${a.en} to ${b.en}`);
      case 'coalesce': return joined(parts, '，若为空则', ' or else ');
      case '-': return parts.length === 1 ? { 'zh-CN': `-${a['zh-CN']}`, en: `-${a.en}` } : joined(parts, ' − ', ' − ');
      case '+': case '*': case '/': return joined(parts, ` ${name} `, ` ${name} `);
      case '==': case '!=': case '<': case '<=': case '>': case '>=': case 'in': case 'contains': case 'containsAny': case 'containsAll': case 'startsWith': case 'endsWith': {
        const { label } = OPERATORS[name];
        return text(`${a['zh-CN']}${label['zh-CN']}${b['zh-CN']}`, `${a.en} ${label.en} ${b.en}`);
      }
      case 'empty': case 'notEmpty': return text(`${a['zh-CN']}${OPERATORS[name].label['zh-CN']}`, `${a.en} ${OPERATORS[name].label.en}`);
      default: {
        const label = isOperator(name) ? OPERATORS[name].label : same(name);
        const inside = joined(parts, '、', ', ');
        return text(`${label['zh-CN']}（${inside['zh-CN']}）`, `${label.en}(${inside.en})`);
      }
    }
  }

  function fieldOf(arg: unknown, table: string | null): FieldModel | undefined {
    if (arg === null || typeof arg !== 'object' || !('var' in arg)) return undefined;
    const path = String((arg as { var: unknown }).var);
    if (!path.startsWith('$')) return fieldModel(table, path);
    const [root = '', ...rest] = path.split('.');
    const of = recordTable(scope, variables, root);
    return of === null ? undefined : fieldModel(of, rest.join('.'));
  }

  const words: Words = {
    table: (name) => model.tables[name]?.label ?? same(name),
    field: (table, path) => fieldWords(ofTable(table), path),
    rule: (rule, table) => ruleWords(rule, ofTable(table)),
    expression: (value: Expression) => {
      if (isTemplate(value)) return { 'zh-CN': fillPlaceholders(value, (path) => `【${pathWords(path)['zh-CN']}】`), en: fillPlaceholders(value, (path) => `[${pathWords(path).en}]`) };
      return ruleWords(value as Rule, scope.table);
    },
    people: (people: readonly Person[]) =>
      joined(
        people.map((person) => {
          if ('starter' in person) return text('发起人', 'whoever set it off');
          if ('role' in person) {
            const role = words.role(person.role);
            return text(`所有${role['zh-CN']}`, `everyone of ${role.en}`);
          }
          return pathWords(person.path);
        }),
        '、',
        ', ',
      ),
    duration: ({ amount, unit }: Duration) => {
      const many = typeof amount === 'number' ? same(String(amount)) : ruleWords(amount, scope.table);
      return { 'zh-CN': `${many['zh-CN']} ${UNITS[unit]['zh-CN']}`, en: amount === 1 ? `1 ${UNITS[unit].en.replace(/s$/, '')}` : `${many.en} ${UNITS[unit].en}` };
    },
    variable: (path) => pathWords(path),
    workflow: (name) => model.workflows?.[name]?.label ?? same(name),
    role: (name) => model.roles.find((role) => role.name === name)?.label ?? same(name),
  };
  const pathWords = (path: string): Label => (path.startsWith('$') ? variableWords(path) : fieldWords(scope.table, path));
  return words;
}

export interface Line {
  readonly indent: number;
  /** Null: the trigger. */
  readonly node: string | null;
  readonly text: Label;
}

/** The whole workflow told from top to bottom; branches are indented, a node told before is only named. */
export function describeWorkflow(model: NamedModel, workflow: WorkflowDefinition): Line[] {
  const words = wordsFor(model, workflow);
  const graph = graphOf(workflow);
  const lines: Line[] = [];
  const told = new Set<string>();
  if (Object.hasOwn(TRIGGER_TYPES, workflow.trigger.type)) lines.push({ indent: 0, node: null, text: triggerTypeOf(workflow.trigger).summary(workflow.trigger, words) });

  function tell(name: string | null, indent: number): void {
    for (let at = name; at !== null; ) {
      const node = graph.node(at);
      if (!node || !Object.hasOwn(NODE_TYPES, node.type)) return;
      if (told.has(at)) {
        const label = labelOf(node);
        lines.push({ indent, node: at, text: text(`转到“${label['zh-CN']}”`, `Goes on at “${label.en}”`) });
        return;
      }
      told.add(at);
      lines.push({ indent, node: at, text: nodeTypeOf(node).summary(node, words) });
      const ports = graph.ports(at).filter((port) => graph.next(at as string, port.name) !== null);
      const [only] = ports;
      if (ports.length === 1 && only && only.kind === undefined && graph.ports(at).filter((port) => port.kind === undefined).length === 1) {
        at = graph.next(at, only.name);
        continue;
      }
      for (const port of ports) {
        lines.push({ indent: indent + 1, node: at, text: text(`${port.label['zh-CN']}：`, `${port.label.en}:`) });
        tell(graph.next(at, port.name), indent + 2);
      }
      return;
    }
  }
  tell(graph.first, 0);
  return lines;
}
