/** Everything that can be set of one field, drawn from the schemas of its type and of all fields, and where it is used. */
import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Alert, Button, Select } from 'antd';
import { useDeferredValue, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { changeFieldType, duplicateField, freeName, removeField, updateField } from '#engine/changes/edits.ts';
import { whereUsed } from '#engine/changes/where-used.ts';
import type { FieldType } from '#engine/fields/field-type.ts';
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import type { SettingHints } from '#engine/fields/settings.ts';
import { type FieldDefinition, FieldCommonSchema, type TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { fieldPath, tablePath } from '../paths.ts';
import type { SettingContext } from '../settings/editor.ts';
import { SettingsForm } from '../settings/SettingsForm.tsx';
import { useIssuesOf, useProblem } from '../shell/issues.ts';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { Usage } from '../ui/Usage.tsx';
import { settingFits } from './fitting-settings.ts';

const GROUPS: readonly NonNullable<SettingHints['x-group']>[] = ['value', 'basic', 'rules', 'access'];

export function FieldPanel({ table, field }: { table: TableDefinition; field: FieldDefinition }) {
  const texts = useTexts();
  const label = useLabel();
  const toast = useToast();
  const navigate = useNavigate();
  const { definitions, live, edit, undo } = useDraft();
  const issues = useIssuesOf(table.name, 'fields', field.name);
  const settled = useDeferredValue(definitions);
  const dependents = useMemo(() => whereUsed(settled, { table: table.name, field: field.name }), [settled, table.name, field.name]);
  const index = table.fields.indexOf(field);
  const known = Object.hasOwn(FIELD_TYPES, field.type);
  const typeName = field.type as FieldTypeName;
  const type: FieldType | undefined = known ? FIELD_TYPES[typeName] : undefined;
  const before = live.definitions.tables.find((own) => own.name === table.name)?.fields.find((own) => own.name === field.name);
  const context: SettingContext = { table: table.name, field: field.name, values: field, path: `/tables/${table.name}/fields/${index}` };
  const problem = useProblem(`${context.path}/label`);
  const set = (name: string, value: unknown) => edit((old) => updateField(old, table.name, field.name, { [name]: value }), `${table.name}.${field.name} ${name}`);
  const types = (Object.entries(FIELD_TYPES) as [FieldTypeName, FieldType][]).map(([value, one]) => ({ value, label: label(one.label), group: one.group }));
  const groups = [...new Set(types.map((one) => one.group))].map((group) => ({ label: texts.group[group], options: types.filter((one) => one.group === group) }));

  const copy = () => {
    const name = freeName(field.name, [...table.fields, ...(live.definitions.tables.find((own) => own.name === table.name)?.fields ?? [])].map((own) => own.name));
    const labels = { 'zh-CN': `${field.label['zh-CN']} 副本`, en: `Copy of ${field.label.en}` };
    edit((old) => duplicateField(old, table.name, field.name, { name, label: labels }));
    void navigate(fieldPath(table.name, name));
  };
  const remove = () => {
    edit((old) => removeField(old, table.name, field.name));
    void navigate(tablePath(table.name));
    toast({ text: fill(texts.field.removed, { name: label(field.label) }), action: { label: texts.shell.undo, run: undo } });
  };
  const general = issues.filter((issue) => issue.path === context.path);
  return (
    <div className="settings">
      {general.length > 0 ? <Alert type="error" showIcon title={general.map((issue) => label(issue.message)).join(' ')} /> : null}
      <Setting id="field-label" label={texts.field.label} problem={problem} required>
        <LabelInput id="field-label" value={field.label} onChange={(next) => set('label', next ?? { 'zh-CN': '', en: '' })} />
      </Setting>
      <Setting id="field-type" label={texts.field.type} help={before && before.type !== field.type ? texts.field.typeHint : undefined}>
        <Select id="field-type" className="full" showSearch={{ optionFilterProp: 'label' }} value={typeName} options={groups} onChange={(next: FieldTypeName) => edit((old) => changeFieldType(old, table.name, field.name, next))} />
      </Setting>
      <p className="setting-name">
        <span className="quiet">{texts.field.key}</span> <code>{field.name}</code>
      </p>
      {type && Object.keys(type.settings.properties).length > 0 ? (
        <section>
          <h3>{texts.settings.type}</h3>
          <SettingsForm settings={type.settings} context={context} onChange={set} />
        </section>
      ) : null}
      {type
        ? GROUPS.map((group) => (
            <section key={group}>
              <h3>{texts.settings[group]}</h3>
              <SettingsForm settings={FieldCommonSchema} context={context} onChange={set} shows={({ name, schema }) => schema['x-group'] === group && (settingFits(type, name) || field[name] !== undefined)} />
            </section>
          ))
        : null}
      <Usage dependents={dependents} title={texts.field.used} empty={texts.field.unused} />
      <div className="panel-foot">
        <Button icon={<CopyOutlined aria-hidden="true" />} onClick={copy}>
          {texts.field.duplicate}
        </Button>
        <Button danger icon={<DeleteOutlined aria-hidden="true" />} disabled={table.fields.length === 1} onClick={remove}>
          {texts.field.remove}
        </Button>
      </div>
      <p className="setting-help">{texts.field.removeText}</p>
    </div>
  );
}
