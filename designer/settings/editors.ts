/** The editor of every kind of setting; one line a kind, and the compiler asks for the missing ones. */
import { ViewChartEditor } from '../charts/ChartEditor.tsx';
import { DimensionsEditor } from '../charts/DimensionsEditor.tsx';
import { MeasuresEditor } from '../charts/MeasuresEditor.tsx';
import { SharedEditor } from '../charts/SharedEditor.tsx';
import { MeasureNameEditor, MeasureSortEditor, NumbersEditor, PathsEditor, PeriodEditor } from '../charts/SmallEditors.tsx';
import { OptionsEditor } from '../options/OptionsEditor.tsx';
import { ExpressionEditor } from '../workflows/settings/ExpressionInput.tsx';
import { AssignRulesEditor, BranchesEditor, ChoicesEditor, FieldsEditor, RecordEditor, RecordListEditor, WorkflowEditor } from '../workflows/settings/ListEditors.tsx';
import { PeopleEditor } from '../workflows/settings/PeopleEditor.tsx';
import { AnyRuleEditor } from '../workflows/settings/RuleWithVariables.tsx';
import { MessageEditor, TemplateEditor } from '../workflows/settings/TextWithVariables.tsx';
import { DurationEditor, ScheduleEditor, TimeEditor } from '../workflows/settings/TimeEditors.tsx';
import { HeadersEditor, NamedValuesEditor, ValuesEditor } from '../workflows/settings/ValuesEditors.tsx';
import { ChecksEditor } from './ChecksEditor.tsx';
import { ColorsEditor } from './ColorsEditor.tsx';
import { ColumnsEditor } from './ColumnsEditor.tsx';
import type { Editor } from './editor.ts';
import { FormulaEditor } from './FormulaEditor.tsx';
import { FieldEditor, PathEditor, ReferenceEditor, RolesEditor, SortSettingEditor, TableEditor, TablesEditor } from './NameEditors.tsx';
import { PatternEditor } from './PatternEditor.tsx';
import { ChoiceEditor, LabelEditor, NumberEditor, RawEditor, SwitchEditor, TextEditor, TextsEditor } from './PlainEditors.tsx';
import type { EditorName } from './setting-schema.ts';
import { ValueEditor } from './ValueEditor.tsx';

export const EDITORS: Readonly<Record<EditorName, Editor>> = {
  text: TextEditor,
  number: NumberEditor,
  switch: SwitchEditor,
  choice: ChoiceEditor,
  choices: ChoicesEditor,
  raw: RawEditor,
  texts: TextsEditor,
  label: LabelEditor,
  table: TableEditor,
  field: FieldEditor,
  reference: ReferenceEditor,
  path: PathEditor,
  sort: SortSettingEditor,
  rule: AnyRuleEditor,
  checks: ChecksEditor,
  formula: FormulaEditor,
  pattern: PatternEditor,
  options: OptionsEditor,
  value: ValueEditor,
  columns: ColumnsEditor,
  colors: ColorsEditor,
  roles: RolesEditor,
  record: RecordEditor,
  recordList: RecordListEditor,
  values: ValuesEditor,
  namedValues: NamedValuesEditor,
  headers: HeadersEditor,
  expression: ExpressionEditor,
  message: MessageEditor,
  template: TemplateEditor,
  people: PeopleEditor,
  duration: DurationEditor,
  time: TimeEditor,
  fields: FieldsEditor,
  schedule: ScheduleEditor,
  tables: TablesEditor,
  workflow: WorkflowEditor,
  branches: BranchesEditor,
  assignRules: AssignRulesEditor,
  chart: ViewChartEditor,
  dimensions: DimensionsEditor,
  measures: MeasuresEditor,
  measureSort: MeasureSortEditor,
  measureName: MeasureNameEditor,
  period: PeriodEditor,
  shared: SharedEditor,
  numbers: NumbersEditor,
  paths: PathsEditor,
};
