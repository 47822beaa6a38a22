/** Where a field takes its options from: a list of its own, or one that several fields share. */
import { Button, Select } from 'antd';
import { freeName, updateField, updateOptions, usersOfOptions } from '#engine/changes/edits.ts';
import type { OptionDefinition } from '#engine/model/definitions.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import type { EditorProps } from '../settings/editor.ts';
import { OptionList } from './OptionList.tsx';

const OWN = '';

export function OptionsEditor({ id, value, onChange, context }: EditorProps) {
  const { options: texts } = useTexts();
  const { definitions, live, edit } = useDraft();
  const lists = definitions.app.options ?? {};
  const shared = typeof value === 'string' ? value : null;
  const options: readonly OptionDefinition[] = shared === null ? (Array.isArray(value) ? (value as OptionDefinition[]) : []) : (lists[shared] ?? []);
  const users = shared === null ? [] : usersOfOptions(definitions, shared);
  const liveField = live.definitions.tables.find((table) => table.name === context.table)?.fields.find((field) => field.name === context.field);
  const liveOptions = shared !== null ? live.definitions.app.options?.[shared] : Array.isArray(liveField?.options) ? (liveField.options as OptionDefinition[]) : typeof liveField?.options === 'string' ? live.definitions.app.options?.[liveField.options] : undefined;
  const known = new Set((liveOptions ?? []).map((option) => option.value));

  const { field } = context;
  const share = () => {
    if (field === undefined) return;
    const name = freeName(field, Object.keys(lists));
    edit((old) => updateField(updateOptions(old, name, options), context.table, field, { options: name }));
  };
  return (
    <div className="options-editor">
      <Select
        id={id}
        className="full"
        aria-label={texts.source}
        showSearch={{ optionFilterProp: 'label' }}
        value={shared ?? OWN}
        options={[{ value: OWN, label: texts.own }, { label: texts.shared, options: Object.keys(lists).map((name) => ({ value: name, label: name })) }]}
        onChange={(next: string) => onChange(next === OWN ? [...options] : next)}
      />
      {shared !== null && users.length > 1 ? <p className="setting-help">{fill(texts.usedBy, { count: users.length })}</p> : null}
      <OptionList
        id={`${id}-list`}
        options={options}
        live={known}
        onChange={(next) => (shared === null ? onChange(next) : edit((old) => updateOptions(old, shared, next), `options ${shared}`))}
      />
      {field !== undefined && shared === null && options.length > 0 ? (
        <Button size="small" type="link" onClick={share}>
          {texts.makeShared}
        </Button>
      ) : null}
      {shared !== null ? (
        <Button size="small" type="link" onClick={() => onChange([...options])}>
          {texts.makeOwn}
        </Button>
      ) : null}
    </div>
  );
}
