/**
 * Settings of field types: `labelled` adds what the designer's form needs to draw a setting: its bilingual label, and
 * where the schema alone does not say how it is edited, hints. The readers give a setting its type, or a fallback where
 * the model was built without it.
 */
import type { Label } from '../errors.ts';
import type { FieldModel } from '../model/app-model.ts';
import type { ValueKind } from '../rules/rule.ts';

/** What the designer has an editor for beyond texts, numbers, switches and choices. */
export type SettingEditor = FieldSettingEditor | WorkflowSettingEditor | ChartSettingEditor;
export type FieldSettingEditor = 'options' | 'rule' | 'checks' | 'formula' | 'table' | 'field' | 'reference' | 'path' | 'sort' | 'pattern' | 'value' | 'label' | 'texts' | 'columns' | 'colors' | 'roles';
/** Settings of triggers and nodes: see `engine/workflows/settings.ts`. */
export type WorkflowSettingEditor = 'record' | 'recordList' | 'values' | 'namedValues' | 'headers' | 'expression' | 'message' | 'template' | 'people' | 'duration' | 'time' | 'fields' | 'schedule' | 'tables' | 'workflow' | 'branches' | 'assignRules';

/** Settings of charts, boards, pivots and dashboards. */
export type ChartSettingEditor = 'period' | 'dimensions' | 'measures' | 'measureSort' | 'measureName' | 'shared' | 'numbers' | 'paths' | 'chart';

export interface SettingHints {
  readonly 'x-editor'?: SettingEditor;
  /** One line under the input. */
  readonly 'x-help'?: Label;
  /** The setting that names the table which a rule, field or path is about; absent: the field's own table. */
  readonly 'x-of'?: string;
  /** Kinds of the fields that may be chosen. */
  readonly 'x-kinds'?: readonly ValueKind[];
  /** What constants read as. */
  readonly 'x-labels'?: Readonly<Record<string, Label>>;
  /** The heading it stands under; settings of a type have none. */
  readonly 'x-group'?: 'basic' | 'value' | 'rules' | 'access';
  /** Texts in it may name charts, as `dashboard.card`, and follow a dashboard to its new name. */
  readonly 'x-names'?: 'charts';
  /** Shown only while another setting has one of these values. */
  readonly 'x-when'?: { readonly setting: string; readonly is: readonly unknown[] };
}

export function labelled(zh: string, en: string, hints: SettingHints = {}): { 'x-label': Label } & SettingHints {
  return { 'x-label': { 'zh-CN': zh, en }, ...hints };
}

export function text(zh: string, en: string): Label {
  return { 'zh-CN': zh, en };
}

export function numberSetting(field: FieldModel, name: string): number | undefined;
export function numberSetting(field: FieldModel, name: string, fallback: number): number;
export function numberSetting(field: FieldModel, name: string, fallback?: number): number | undefined {
  const value = field.settings[name];
  return typeof value === 'number' ? value : fallback;
}

export function textSetting(field: FieldModel, name: string): string | undefined;
export function textSetting(field: FieldModel, name: string, fallback: string): string;
export function textSetting(field: FieldModel, name: string, fallback?: string): string | undefined {
  const value = field.settings[name];
  return typeof value === 'string' ? value : fallback;
}
