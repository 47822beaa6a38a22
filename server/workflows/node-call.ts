/** What a node is called with, over the data that was loaded for it. */
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import { evaluateRule, holds, readPath } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { businessTimeBetween, shiftMoment } from '#engine/workflows/calendar.ts';
import type { NodeDefinition } from '#engine/workflows/definitions.ts';
import type { NodeCall, RecordRef, Shows } from '#engine/workflows/node-type.ts';
import { fillPlaceholders, isSecret, isTemplate } from '#engine/workflows/placeholders.ts';
import { fieldsOn, recordTable } from '#engine/workflows/scope.ts';
import type { WorkflowServices } from '#engine/workflows/services.ts';
import type { Duration, Expression, Person } from '#engine/workflows/settings.ts';
import { bindVariables } from '#engine/workflows/variable-paths.ts';
import type { Directory } from '../records/directory.ts';
import type { Stage } from './stage.ts';
import type { StepData } from './step-data.ts';

interface CallRequest {
  readonly stage: Stage;
  readonly node: NodeDefinition;
  readonly context: RuleContext;
  readonly services: WorkflowServices;
  readonly memory: Json;
  readonly read: StepData;
}

/** Secrets are filled in when a text is sent: a value from a record or from outside must not be able to name one. */
function withoutSecrets(value: string): string {
  return value.replace(/\{\{(?=\s*\$secrets)/g, '{ {');
}

/** What stands for a value that the reader of a text may not see. */
const BLOTTED = '***';

/** A century: more is a mistake in the data. */
const LONGEST_MS = 100 * 366 * 86_400_000;

export function nodeCall({ stage, node, context, services, memory, read: { data, scope, variables, texts } }: CallRequest): NodeCall {
  const { workspace, calendar } = stage;
  const { locale } = workspace.model.settings;
  const textOf = (path: string, language: keyof Label): string => (isSecret(path) ? `{{${path}}}` : withoutSecrets(texts.get(path)?.[language] ?? ''));
  const shown = (path: string, language: keyof Label, shows: Shows | undefined): string => (shows && !isShown(path, shows) ? BLOTTED : textOf(path, language));
  const isShown = (path: string, shows: Shows): boolean => fieldsOn(path, { scope, variables }).every(shows);
  const template: NodeCall['template'] = (text, { encode = (value: string) => value, shows } = {}) => fillPlaceholders(text, (path) => (isSecret(path) ? textOf(path, locale) : encode(shown(path, locale, shows))));
  const value = (expression: Expression): Json => (isTemplate(expression) ? template(expression) : evaluateRule(expression as Rule, data, context));
  const record = (variable: string): RecordRef | null => {
    const id = readPath(data, variable);
    const table = recordTable(scope, variables, variable);
    return typeof id === 'string' && table !== null ? { table, id } : null;
  };
  return {
    node,
    context,
    services,
    memory,
    value,
    template,
    record,
    holds: (rule) => holds(rule, data, context),
    bound: (rule) => bindVariables(rule ?? true, (path) => readPath(data, path)),
    values: (expressions) => Object.fromEntries(Object.entries(expressions).map(([name, expression]) => [name, value(expression)])),
    message: (text, shows) => ({ 'zh-CN': fillPlaceholders(text['zh-CN'], (path) => shown(path, 'zh-CN', shows)), en: fillPlaceholders(text.en, (path) => shown(path, 'en', shows)) }),
    records: (variable) => {
      const list: unknown = readPath(data, variable);
      return Array.isArray(list) ? (list as RecordRef[]) : [];
    },
    people: async (people) => peopleOf(people, { directory: workspace.directory, read: (path) => readPath(data, path) }),
    after: (duration: Duration, from = context.now) => {
      const amount = value(duration.amount);
      if (typeof amount !== 'number' || !Number.isFinite(amount)) throw notADuration(node);
      const moment = shiftMoment(from, amount, duration.unit, calendar);
      if (Math.abs(Date.parse(moment) - Date.parse(from)) > LONGEST_MS) throw notADuration(node);
      return moment;
    },
    between: (from, to, clock) => (clock === 'business' ? businessTimeBetween(from, to, calendar) : Math.max(0, Date.parse(to) - Date.parse(from))),
    opensAt: calendar.from,
  };
}

const notADuration = (node: NodeDefinition): AppError =>
  new AppError('validation_failed', { 'zh-CN': '时长不是一个合理的数', en: 'The duration is no sensible number' }, [{ path: `/nodes/${node.name}`, code: 'not_a_duration', message: { 'zh-CN': '时长不是一个合理的数', en: 'The duration is no sensible number' } }]);

/** Active users, each once, in the order written. */
export function peopleOf(people: readonly Person[], { directory, read }: { readonly directory: Directory; read(path: string): Json }): string[] {
  const found: string[] = [];
  for (const person of people) {
    if ('role' in person) found.push(...directory.withRole(person.role));
    else {
      const value: unknown = read('starter' in person ? '$run.starter' : person.path);
      for (const id of Array.isArray(value) ? value : [value]) {
        const user = typeof id === 'string' ? id : (id as RecordRef | null)?.id;
        if (user !== undefined) found.push(user);
      }
    }
  }
  return [...new Set(found)].filter((id) => directory.user(id)?.active);
}
