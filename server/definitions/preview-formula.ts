/** What a formula of a draft gives on a real record, while it is being written. */
import { AppError, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { evaluateRule } from '#engine/rules/evaluate.ts';
import { fieldTypeOf, resolvePath } from '#engine/rules/paths.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { findRecords } from '../records/find-records.ts';
import { loadRecord, loadRuleData } from '../records/rule-data.ts';
import { contextOf, type Workspace } from '../workspace.ts';

export interface FormulaPreview {
  readonly issues: readonly Issue[];
  readonly record: string | null;
  readonly value: Json;
  readonly text: string;
}

export interface FormulaRequest {
  readonly definitions: Definitions;
  readonly table: string;
  readonly formula: string;
  /** The kind of value it should give; `number` when absent. */
  readonly result?: string | undefined;
  /** The record it is tried on; the newest when absent. */
  readonly record?: string | undefined;
}

/** Stands in for the field under work. */
const PREVIEW = 'preview_of_formula';

export async function previewFormula(workspace: Workspace, actor: Actor, request: FormulaRequest): Promise<FormulaPreview> {
  const { definitions, table: name, formula, result, record } = request;
  const live = workspace.model.tables[name];
  const field = { name: PREVIEW, label: { 'zh-CN': '公式', en: 'Formula' }, type: 'formula', formula, ...(result !== undefined && { result }) };
  const tables = definitions.tables.map((table) => (table.name === name ? { ...table, fields: [...table.fields, field] } : table));
  const { model, issues } = buildModel({ ...definitions, tables });
  const index = tables.find((table) => table.name === name)?.fields.length ?? 0;
  const own = issues.filter((issue) => issue.path.startsWith(`/tables/${name}/fields/${index - 1}/`) || issue.path === `/tables/${name}/fields/${index - 1}`);
  const compiled: FieldModel | undefined = model?.tables[name]?.fields[PREVIEW];
  if (own.length > 0 || !compiled?.computed?.rule) return { issues: own.length > 0 ? own : issues, record: null, value: null, text: '' };
  // Worked out from every field of the record: only for whom no field is masked.
  if (!live || !actor.unrestricted) return { issues: [], record: null, value: null, text: '' };
  const id = record ?? (await findRecords(workspace, actor, name, { limit: 1, fields: ['id'] })).data[0]?.id;
  if (id === undefined) return { issues: [], record: null, value: null, text: '' };
  const values = await loadRecord(workspace.database, live, String(id), new Map());
  if (!values) throw new AppError('not_found', { 'zh-CN': '没有这条记录', en: 'There is no such record' });
  const context = contextOf(workspace, actor);
  // A field of the draft that is not there yet has no value on any record.
  const paths = compiled.computed.reads.filter((path) => typeof resolvePath(workspace.model.tables, name, path) === 'object');
  const data = await loadRuleData({ db: workspace.database, model: workspace.model, table: live, values, paths, loaded: new Map() });
  const value = evaluateRule(compiled.computed.rule, data, context);
  const { locale, timeZone } = workspace.model.settings;
  return { issues: [], record: String(id), value, text: fieldTypeOf(compiled).format(value, compiled, { locale, timeZone, today: toLocalDate(context.now, timeZone) }) };
}
