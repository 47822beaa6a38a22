/** Whether strangers may fill in the form by a link, what such a record is given beside, and what they are told at the end. */
import { Alert, Select, Switch } from 'antd';
import { formFields, givenChoices } from '#engine/model/check-public-form.ts';
import type { FormDefinition, TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { useIssues } from '../shell/issues.ts';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';

type Public = NonNullable<FormDefinition['public']>;

interface PublicSettingsProps {
  readonly table: TableDefinition;
  readonly form: FormDefinition;
  readonly onChange: (next: Public | undefined, key: string) => void;
}

export function PublicSettings({ table, form, onChange }: PublicSettingsProps) {
  const texts = useTexts();
  const label = useLabel();
  const { model } = useDraft();
  const index = table.forms?.findIndex((own) => own.name === form.name) ?? -1;
  const issues = useIssues(`/tables/${table.name}/forms/${index}/public`);
  const given = form.public?.values ?? {};
  const asked = new Set(formFields(form));
  const fields = Object.values(model.tables[table.name]?.fields ?? {})
    .filter(({ name, system }) => !asked.has(name) && !system)
    .map((field) => ({ name: field.name, label: field.label, choices: givenChoices(field) }))
    .filter((field) => field.choices.length > 0);
  const set = (patch: Partial<Public>, key: string) => onChange({ ...form.public, ...patch }, key);
  const give = (name: string, value: string | boolean | undefined) => {
    const { [name]: _, ...others } = given;
    set({ values: value === undefined ? others : { ...others, [name]: value } }, `public ${name}`);
  };
  const choices = (name: string) => fields.find((field) => field.name === name)?.choices ?? [];
  return (
    <>
      <Setting id="form-public" label={texts.form.public} help={texts.form.publicHelp}>
        <Switch id="form-public" checked={form.public !== undefined} onChange={(on) => onChange(on ? {} : undefined, 'public')} />
      </Setting>
      {form.public ? (
        <>
          {issues.map((issue) => (
            <Alert key={`${issue.path} ${issue.message.en}`} type="error" showIcon title={label(issue.message)} />
          ))}
          <Setting id="form-thanks" label={texts.form.thanks}>
            <LabelInput id="form-thanks" value={form.public.thanks} onChange={(thanks) => set({ thanks }, 'public thanks')} />
          </Setting>
          {fields.filter(({ name }) => Object.hasOwn(given, name)).map((field) => (
            <Setting key={field.name} id={`form-given-${field.name}`} label={label(field.label)}>
              <Select
                id={`form-given-${field.name}`}
                allowClear
                style={{ width: '100%' }}
                value={field.choices.findIndex(({ value }) => value === given[field.name])}
                options={field.choices.map((choice, at) => ({ value: at, label: label(choice.label) }))}
                onChange={(at?: number) => give(field.name, at === undefined ? undefined : field.choices[at]?.value)}
              />
            </Setting>
          ))}
          <Setting id="form-given" label={texts.form.given} help={texts.form.givenHelp}>
            <Select
              id="form-given"
              value={null}
              style={{ width: '100%' }}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={texts.form.addGiven}
              options={fields.filter(({ name }) => !Object.hasOwn(given, name)).map((field) => ({ value: field.name, label: label(field.label) }))}
              onChange={(name: string | null) => name !== null && give(name, choices(name)[0]?.value)}
            />
          </Setting>
        </>
      ) : null}
    </>
  );
}
