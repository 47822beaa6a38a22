/** The editor of every kind of setting; one line a kind, and the compiler asks for the missing ones. */
import { OptionsEditor } from '../options/OptionsEditor.tsx';
import { ChecksEditor } from './ChecksEditor.tsx';
import { ColorsEditor } from './ColorsEditor.tsx';
import { ColumnsEditor } from './ColumnsEditor.tsx';
import type { Editor } from './editor.ts';
import { FormulaEditor } from './FormulaEditor.tsx';
import { FieldEditor, PathEditor, ReferenceEditor, RolesEditor, SortSettingEditor, TableEditor } from './NameEditors.tsx';
import { PatternEditor } from './PatternEditor.tsx';
import { ChoiceEditor, LabelEditor, NumberEditor, RawEditor, SwitchEditor, TextEditor, TextsEditor } from './PlainEditors.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import type { EditorName } from './setting-schema.ts';
import { ValueEditor } from './ValueEditor.tsx';

export const EDITORS: Readonly<Record<EditorName, Editor>> = {
  text: TextEditor,
  number: NumberEditor,
  switch: SwitchEditor,
  choice: ChoiceEditor,
  raw: RawEditor,
  texts: TextsEditor,
  label: LabelEditor,
  table: TableEditor,
  field: FieldEditor,
  reference: ReferenceEditor,
  path: PathEditor,
  sort: SortSettingEditor,
  rule: RuleEditor,
  checks: ChecksEditor,
  formula: FormulaEditor,
  pattern: PatternEditor,
  options: OptionsEditor,
  value: ValueEditor,
  columns: ColumnsEditor,
  colors: ColorsEditor,
  roles: RolesEditor,
};
