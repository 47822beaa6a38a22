/**
 * What a node reads, loaded: the fields of the run's record, and the `$variables` its settings name, each record behind them as it is
 * now. Definitions read all there is; what people are told is their own rights' business (`server/notices`).
 */
import type { Label, Locale } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { type RuleData, readPath } from '#engine/rules/evaluate.ts';
import { fieldTypeOf, resolvePath } from '#engine/rules/paths.ts';
import { toLocalDate, toLocalDateTime } from '#engine/rules/time.ts';
import { parameterValues, type WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { type Mention, mentionsIn } from '#engine/workflows/mentions.ts';
import { isSecret } from '#engine/workflows/placeholders.ts';
import { type Scope, scopeOf, variablesAt, variablesOfRun, type Variables } from '#engine/workflows/scope.ts';
import { fieldsRead, rootsOf } from '#engine/workflows/variable-paths.ts';
import { resolveVariable } from '#engine/workflows/variables.ts';
import type { Queryable } from '../db/database.ts';
import { type LoadedRecords, loadRecord, loadRuleData } from '../records/rule-data.ts';
import type { RunData } from './runs.ts';

export interface Subject {
  readonly workflow: WorkflowDefinition;
  /** Null: the trigger's own rules. */
  readonly node: string | null;
  readonly table: string | null;
  readonly record: string | null;
  /** The record as it is written; absent: as it lies in the database. */
  readonly values?: Readonly<Record<string, Json>>;
  readonly starter: string | null;
  readonly startedAt: string;
  /** An import writes it; known inside a save. */
  readonly imported?: boolean;
  readonly data: RunData;
}

export interface StepData {
  readonly data: RuleData;
  readonly scope: Scope;
  readonly variables: Variables;
  /** Every placeholder of the node's texts, filled in, in each language. */
  readonly texts: ReadonlyMap<string, Label>;
  /** What its settings read, for the history. */
  readonly paths: readonly string[];
}

const mentionsKnown = new WeakMap<WorkflowDefinition, Map<string, readonly Mention[]>>();

function mentionsOf(workflow: WorkflowDefinition, node: string | null): readonly Mention[] {
  let byNode = mentionsKnown.get(workflow);
  if (!byNode) mentionsKnown.set(workflow, (byNode = new Map(mentionsIn(workflow).map((entry) => [entry.node?.name ?? '', entry.mentions]))));
  return byNode.get(node ?? '') ?? [];
}

/** Paths of the run's record, and `$` paths, that the settings read. */
function pathsRead(mentions: readonly Mention[]): { readonly plain: string[]; readonly roots: string[]; readonly placeholders: string[] } {
  const plain = new Set<string>();
  const roots = new Set<string>();
  const placeholders: string[] = [];
  const add = (path: string): void => void (path.startsWith('$') ? roots : plain).add(path);
  for (const mention of mentions) {
    if (mention.kind === 'rule') {
      rootsOf(mention.rule).forEach(add);
      if (mention.of === null) fieldsRead(mention.rule).forEach(add);
    } else if (mention.kind === 'expression') {
      rootsOf(mention.value).forEach(add);
      fieldsRead(mention.value).forEach(add);
    } else if ('variable' in mention) {
      if (mention.kind === 'placeholder' && isSecret(mention.variable)) continue;
      add(mention.variable);
      if (mention.kind === 'placeholder') placeholders.push(mention.variable);
    }
  }
  return { plain: [...plain], roots: [...roots, '$run.starter'], placeholders };
}

export interface Loading {
  readonly db: Queryable;
  readonly model: AppModel;
  readonly loaded: LoadedRecords;
}

const inBoth = (text: (locale: Locale) => string): Label => ({ 'zh-CN': text('zh-CN'), en: text('en') });

/** A text that a node answers in both languages. */
const isLabel = (value: Json): value is { 'zh-CN': string; en: string } => value !== null && typeof value === 'object' && !Array.isArray(value) && typeof value['zh-CN'] === 'string' && typeof value.en === 'string';

const isRef = (value: unknown): value is { table: string; id: string } => value !== null && typeof value === 'object' && typeof (value as { table?: unknown }).table === 'string' && typeof (value as { id?: unknown }).id === 'string';

export async function loadStepData({ db, model, loaded }: Loading, subject: Subject): Promise<StepData> {
  const { workflow, node, table, record } = subject;
  const scope = scopeOf(workflow, model.tables);
  const variables = node === null ? variablesOfRun(scope) : variablesAt(scope, node);
  const { plain, roots, placeholders } = pathsRead(mentionsOf(workflow, node));

  const recordData = async (of: string, id: string, paths: readonly string[], values?: Readonly<Record<string, Json>>): Promise<Record<string, Json> | null> => {
    const at: TableModel | undefined = model.tables[of];
    const own = values ?? (at && (await loadRecord(db, at, id, loaded)));
    return at && own ? { ...(await loadRuleData({ db, model, table: at, values: own, paths, loaded })), id } : null;
  };
  const below = (root: string): string[] => roots.filter((path) => path.startsWith(`${root}.`)).map((path) => path.slice(root.length + 1));

  const data: Record<string, Json> = {};
  if (table !== null && record !== null) {
    const own = await recordData(table, record, [...plain, ...below('$record')], subject.values);
    if (own) Object.assign(data, own, { $record: own });
  }
  const before = table === null ? undefined : model.tables[table];
  if (subject.data.before && before) data.$before = { ...(await loadRuleData({ db, model, table: before, values: subject.data.before, paths: below('$before'), loaded })), id: record };
  data.$params = parameterValues(workflow) as Json;
  data.$trigger = subject.data.trigger as Json;
  data.$run = {
    starter: subject.starter === null ? null : await recordData('user', subject.starter, below('$run.starter')),
    started_at: subject.startedAt,
    locale: model.settings.locale,
    imported: subject.imported === true,
  };
  for (const [name, output] of Object.entries(subject.data.outputs)) {
    const root = `$${name}`;
    if (roots.some((path) => path === root || path.startsWith(`${root}.`))) data[root] = await opened(output, root);
  }

  /** Records in an answer, opened into their fields where something below them is read. Lists stay lists. */
  async function opened(value: Json, at: string): Promise<Json> {
    if (isRef(value)) return roots.some((path) => path === at || path.startsWith(`${at}.`)) ? await recordData(value.table, value.id, below(at)) : value;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    const entries = await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await opened(inner as Json, `${at}.${key}`)] as const));
    return Object.fromEntries(entries);
  }

  const texts = new Map<string, Label>();
  for (const path of placeholders) texts.set(path, await shown(path));

  async function shown(path: string): Promise<Label> {
    const value = readPath(data, path);
    const resolved = path.startsWith('$') ? resolveVariable(variables, model.tables, path) : scope.table === null ? null : asResolved(model, scope.table, path);
    const field = resolved && 'field' in resolved ? resolved.field : undefined;
    const of = resolved && 'table' in resolved ? resolved.table : field && fieldTypeOf(field).target?.(field);
    if (of !== undefined && value !== null) return titlesOf(of, Array.isArray(value) ? value.map(String) : [String(value)]);
    return inBoth((locale) => formatted(value, field, locale));
  }

  async function titlesOf(of: string, ids: readonly string[]): Promise<Label> {
    const titles: string[] = [];
    const at: TableModel | undefined = model.tables[of];
    for (const id of ids) {
      const values = at && (await loadRecord(db, at, id, loaded));
      if (at && values) titles.push(String(values[at.titleField] ?? ''));
    }
    return { 'zh-CN': titles.join('、'), en: titles.join(', ') };
  }

  function formatted(value: Json, field: FieldModel | undefined, locale: Locale): string {
    const { timeZone } = model.settings;
    if (value === null) return '';
    if (isLabel(value)) return value[locale];
    if (field) {
      const text = fieldTypeOf(field).format(value, field, { locale, timeZone, today: toLocalDate(subject.startedAt, timeZone) });
      return text === '' && typeof value !== 'object' ? String(value) : text;
    }
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.*Z$/.test(value)) return toLocalDateTime(value, timeZone).slice(0, 16).replace('T', ' ');
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  return { data, scope, variables, texts, paths: [...plain, ...roots].filter((path) => path !== '$run.starter') };
}

function asResolved(model: AppModel, table: string, path: string) {
  const resolved = resolvePath(model.tables, table, path);
  return typeof resolved === 'string' ? null : { kind: resolved.kind, field: resolved.field };
}

