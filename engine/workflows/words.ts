/** Workflows in plain language: names of things, rules as sentences. */
import type { Label } from '../errors.ts';
import { text } from '../fields/settings.ts';
import { type AppModel, type FieldModel, optionsOf, type TableModel } from '../model/app-model.ts';
import { isOperator, OPERATORS } from '../rules/operators.ts';
import { resolvePath } from '../rules/paths.ts';
import type { Rule } from '../rules/rule.ts';
import { parameterValues, type WorkflowDefinition } from './definitions.ts';
import type { Words } from './node-type.ts';
import { fillPlaceholders, isTemplate } from './placeholders.ts';
import { recordTable, scopeOf, variablesAt } from './scope.ts';
import type { Duration, DurationUnit, Expression, Person } from './settings.ts';
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
/** Parts of values that rules address: `time.end`. */
const PARTS: Readonly<Record<string, Label>> = { start: text('开始', 'start'), end: text('结束', 'end') };
const DATE_UNITS: Readonly<Record<string, Label>> = { day: UNITS.day, week: UNITS.week, month: UNITS.month, quarter: text('个季度', 'quarters'), year: text('年', 'years') };

const DAY_ORDER = {
  '<': text('早于', 'is before'),
  '<=': text('不晚于', 'is not after'),
  '>': text('晚于', 'is after'),
  '>=': text('不早于', 'is not before'),
} as const satisfies Record<string, Label>;

/** `-3`, `{ "-": [x] }`: an amount counted back. */
function withoutSign(amount: unknown): { readonly amount: unknown; readonly isBack: boolean } {
  if (typeof amount === 'number') return { amount: Math.abs(amount), isBack: amount < 0 };
  const minus = amount !== null && typeof amount === 'object' && '-' in amount ? (amount as { '-': unknown })['-'] : null;
  if (Array.isArray(minus) && minus.length === 1) return { amount: minus[0], isBack: true };
  return { amount, isBack: false };
}

/** What words need of a model; a draft's that does not build has none. */
export type NamedModel = Pick<AppModel, 'tables' | 'roles'> & { readonly workflows?: AppModel['workflows'] };

export function wordsFor(model: NamedModel, workflow: WorkflowDefinition): Words {
  const scope = scopeOf(workflow, model.tables);
  const variables = variablesAt(scope, null);
  const parameters = parameterValues(workflow);

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
      return field?.label ?? PARTS[name] ?? same(name);
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
    const rest = steps.slice(i).join('.');
    if (rest !== '') parts.push(at && 'table' in at ? fieldWords(at.table, rest) : same(rest));
    // Its name says enough of a field of the record and of a parameter.
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
    if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return constantWords(rule, beside);
    const [name = ''] = Object.keys(rule);
    const argument = (rule as Record<string, unknown>)[name];
    const args = Array.isArray(argument) ? argument : [argument];
    if (name === 'var') return String(args[0]).startsWith('$') ? variableWords(String(args[0])) : fieldWords(table, String(args[0]));
    const field = args.map((arg) => fieldOf(arg, table)).find(Boolean);
    const told = equalityWords(name, args, table, field);
    if (told) return told;
    const parts = args.map((arg) => ruleWords(arg, table, field));
    const [a = same(''), b = same(''), c = same('')] = parts;
    switch (name) {
      case 'and': return joined(parts, ' 且 ', ' and ');
      case 'or': {
        const either = joined(parts, ' 或 ', ' or ');
        return parts.length > 1 ? { 'zh-CN': `（${either['zh-CN']}）`, en: `(${either.en})` } : either;
      }
      case '!': return text(`不是（${a['zh-CN']}）`, `not (${a.en})`);
      case '!!': case 'toDate': return a;
      case 'dateAdd': {
        const { amount, isBack } = withoutSign(args[1]);
        const long = amountWords(amount, DATE_UNITS[String(args[2])] ?? c, table);
        return text(`${a['zh-CN']}${isBack ? '前' : '后'} ${long['zh-CN']}`, `${long.en} ${isBack ? 'before' : 'after'} ${a.en}`);
      }
      case 'dateDiff': return text(`${a['zh-CN']}到${b['zh-CN']}的${DATE_UNITS[String(args[2])]?.['zh-CN'] ?? ''}数`, `the ${DATE_UNITS[String(args[2])]?.en ?? ''} from ${a.en} to ${b.en}`);
      case 'coalesce': return joined(parts, '，若为空则', ' or else ');
      case '-': return parts.length === 1 ? { 'zh-CN': `-${a['zh-CN']}`, en: `-${a.en}` } : joined(parts, ' − ', ' − ');
      case '+': case '*': case '/': return joined(parts, ` ${name} `, ` ${name} `);
      case '<': case '<=': case '>': case '>=': {
        const label = args.some((arg) => isDay(arg, table)) ? DAY_ORDER[name] : OPERATORS[name].label;
        return text(`${a['zh-CN']}${label['zh-CN']}${b['zh-CN']}`, `${a.en} ${label.en} ${b.en}`);
      }
      case '==': case '!=': case 'in': case 'contains': case 'containsAny': case 'containsAll': case 'startsWith': case 'endsWith': {
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

  /** What equals one thing is said as people say it: 状态是待办, 锁定为否. */
  function equalityWords(name: string, args: readonly unknown[], table: string | null, field: FieldModel | undefined): Label | null {
    const [left, right] = args;
    const one = (name === 'in' || name === 'containsAny') && Array.isArray(right) && right.length === 1 ? right[0] : right;
    const isEqual = name === '==' || (name === 'in' && one !== right);
    if (args.length !== 2 || !(isEqual || name === '!=')) return null;
    const a = ruleWords(left, table, field);
    if (typeof one === 'boolean') {
      // Nothing counts as no.
      const b = constantWords(isEqual ? one : !one, undefined);
      return text(`${a['zh-CN']}为${b['zh-CN']}`, `${a.en} is ${b.en}`);
    }
    const b = ruleWords(one, table, field);
    const isOption = field !== undefined && optionsOf(field).some((option) => option.value === one);
    return isOption ? text(`${a['zh-CN']}${isEqual ? '是' : '不是'}${b['zh-CN']}`, `${a.en} is ${isEqual ? '' : 'not '}${b.en}`) : null;
  }

  /** How much of a unit; a parameter by its value, with its name behind: 6 个月（“多少个月没有跟进”）. */
  function amountWords(amount: unknown, unit: Label, table: string | null): Label {
    const path = amount !== null && typeof amount === 'object' && 'var' in amount ? String(amount.var) : '';
    const value = path.startsWith('$params.') ? parameters[path.slice('$params.'.length)] : amount;
    if (typeof value !== 'number') {
      const many = ruleWords(amount, table);
      return text(`（${many['zh-CN']}）${unit['zh-CN']}`, `(${many.en}) ${unit.en}`);
    }
    const long = { 'zh-CN': `${value} ${unit['zh-CN']}`, en: `${value} ${value === 1 ? unit.en.replace(/s$/, '') : unit.en}` };
    if (value === amount) return long;
    const { 'zh-CN': zh, en } = variableWords(path);
    return { 'zh-CN': `${long['zh-CN']}（“${zh}”）`, en: `${long.en} (“${en}”)` };
  }

  /** A date or a moment, as far as it shows. */
  function isDay(arg: unknown, table: string | null): boolean {
    if (arg === null || typeof arg !== 'object') return false;
    const [name = ''] = Object.keys(arg);
    if (name === 'dateAdd' || name === 'toDate') return true;
    const path = 'var' in arg ? String(arg.var) : '';
    const type = fieldOf(arg, table)?.type;
    return path === '$today' || path === '$now' || type === 'date' || type === 'dateTime';
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
    table: (name) => model.tables[name]?.label ?? (name === '' ? text('（未选表）', '(no table)') : same(name)),
    field: (table, path) => (path === '' ? text('（未选字段）', '(no field)') : fieldWords(ofTable(table), path)),
    rule: (rule, table) => (rule === undefined || rule === true ? text('任何情况', 'in any case') : ruleWords(rule, ofTable(table))),
    expression: (value) => expressionWords(value),
    message: (message) => ({ 'zh-CN': expressionWords(message['zh-CN'])['zh-CN'], en: expressionWords(message.en).en }),
    values: (table, values) => {
      const of = ofTable(table);
      const entries = Object.entries(values).map(([field, value]): Label => {
        const name = fieldWords(of, field);
        const given = expressionWords(value, fieldModel(of, field));
        return { 'zh-CN': `${name['zh-CN']} = ${given['zh-CN']}`, en: `${name.en} = ${given.en}` };
      });
      return joined(entries, '，', ', ');
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
    duration: ({ amount, unit }: Duration) => amountWords(amount, UNITS[unit], scope.table),
    variable: (path) => pathWords(path),
    workflow: (name) => model.workflows?.[name]?.label ?? same(name),
    role: (name) => model.roles.find((role) => role.name === name)?.label ?? same(name),
  };
  function expressionWords(value: Expression, field?: FieldModel): Label {
    if (!isTemplate(value)) return ruleWords(value as Rule, scope.table, field);
    return { 'zh-CN': fillPlaceholders(value, (path) => `【${pathWords(path)['zh-CN']}】`), en: fillPlaceholders(value, (path) => `[${pathWords(path).en}]`) };
  }
  const pathWords = (path: string): Label => (path.startsWith('$') ? variableWords(path) : fieldWords(scope.table, path));
  return words;
}
