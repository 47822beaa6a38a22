/** Draws settings from their schema: a label, an editor, and below it the problems of that setting. */
import type { TObject } from 'typebox';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useIssues } from '../shell/issues.ts';
import { Setting } from '../ui/Setting.tsx';
import type { SettingContext } from './editor.ts';
import { EDITORS } from './editors.ts';
import { editorOf, isShown, type SettingEntry, settingsOf } from './setting-schema.ts';

interface SettingsFormProps {
  readonly settings: TObject;
  readonly context: SettingContext;
  readonly onChange: (name: string, value: unknown) => void;
  /** Only these; all when absent. */
  readonly shows?: (entry: SettingEntry) => boolean;
}

export function SettingsForm({ settings, context, onChange, shows }: SettingsFormProps) {
  return settingsOf(settings)
    .filter((entry) => (shows?.(entry) ?? true) && isShown(entry, settings, context.values))
    .map((entry) => <SettingLine key={entry.name} entry={entry} context={context} onChange={(value) => onChange(entry.name, value)} />);
}

interface SettingLineProps {
  readonly entry: SettingEntry;
  readonly context: SettingContext;
  readonly onChange: (value: unknown) => void;
}

function SettingLine({ entry, context, onChange }: SettingLineProps) {
  const label = useLabel();
  const { name, schema, required } = entry;
  const editor = editorOf(schema);
  const issues = useIssues(`${context.path}/${name}`);
  const Editor = EDITORS[editor];
  const id = `setting-${name}`;
  const of = schema['x-of'] === undefined ? context.table : context.values[schema['x-of']];
  const input = <Editor id={id} schema={schema} value={context.values[name]} onChange={onChange} context={context} of={typeof of === 'string' && of !== '' ? of : undefined} required={required} />;
  return (
    <Setting
      id={id}
      label={schema['x-label'] ? label(schema['x-label']) : name}
      help={schema['x-help'] && label(schema['x-help'])}
      // A formula shows the place of a problem itself.
      problem={issues.length > 0 && editor !== 'formula' ? issues.map((issue) => label(issue.message)).join(' ') : undefined}
      required={required}
      inline={editor === 'switch'}
    >
      {input}
    </Setting>
  );
}
