/** Editors of names: tables, fields, paths over references, orders. */
import { Select } from 'antd';
import { useMemo } from 'react';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { ModelIcon } from '#runtime/ui/ModelIcon.tsx';
import { SortEditor } from '#runtime/views/SortEditor.tsx';
import { ownerAccess } from '../preview/preview-app.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import type { EditorProps } from './editor.ts';
import { fieldChoices, referencesTo } from './field-choices.ts';

interface ChoiceProps {
  readonly id: string;
  readonly value: unknown;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder: string;
  readonly clearable: boolean;
  readonly onChange: (value: unknown) => void;
}

/** A name that the model does not know (yet) stays to be seen, so that it can be mended. */
export function NameSelect({ id, value, options, placeholder, clearable, onChange }: ChoiceProps) {
  return (
    <Select
      id={id}
      className="full"
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={clearable}
      placeholder={placeholder}
      value={typeof value === 'string' && value !== '' ? value : null}
      options={[...options]}
      popupMatchSelectWidth={false}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
    />
  );
}

/** Tables of the draft and the product's own. */
export function TableEditor({ id, value, onChange, required }: EditorProps) {
  const label = useLabel();
  const { settings } = useTexts();
  const { definitions, model } = useDraft();
  const builtIn = Object.values(model.tables).filter((table) => table.builtIn);
  const options = [...definitions.tables, ...builtIn].map((table) => ({ value: table.name, label: label(table.label), icon: table.icon }));
  return (
    <Select
      id={id}
      className="full"
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!required}
      placeholder={settings.chooseTable}
      value={typeof value === 'string' ? value : null}
      options={options}
      optionRender={({ data }) => (
        <span className="icon-option">
          <ModelIcon name={data.icon} label={data.label} /> {data.label}
        </span>
      )}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
    />
  );
}

export function FieldEditor({ id, schema, value, onChange, of, required }: EditorProps) {
  const locale = useLocale();
  const { settings } = useTexts();
  const { model } = useDraft();
  const kinds = schema['x-kinds'];
  const choices = of === undefined ? [] : fieldChoices(model, of, locale).filter((choice) => !kinds || kinds.includes(choice.kind));
  return <NameSelect id={id} value={value} clearable={!required} placeholder={settings.chooseField} options={choices.map(({ path, label }) => ({ value: path, label }))} onChange={onChange} />;
}

/** The reference of another table that points here. */
export function ReferenceEditor({ id, value, onChange, of, context, required }: EditorProps) {
  const label = useLabel();
  const { settings } = useTexts();
  const { model } = useDraft();
  const options = of === undefined ? [] : referencesTo(model, of, context.table).map((field) => ({ value: field.name, label: label(field.label) }));
  return <NameSelect id={id} value={value} clearable={!required} placeholder={of === undefined ? settings.firstTable : settings.chooseField} options={options} onChange={onChange} />;
}

const HOPS = 2;

export function PathEditor({ id, schema, value, onChange, of, required }: EditorProps) {
  const locale = useLocale();
  const { settings } = useTexts();
  const { model } = useDraft();
  const kinds = schema['x-kinds'];
  const options = useMemo(() => {
    const fits = schema.pattern === undefined ? null : new RegExp(schema.pattern);
    const all = of === undefined ? [] : fieldChoices(model, of, locale, HOPS);
    return all.filter(({ path, field, kind }) => !field.hidden && (fits?.test(path) ?? true) && (kinds?.includes(kind) ?? true)).map(({ path, label }) => ({ value: path, label }));
  }, [model, of, locale, schema.pattern, kinds]);
  return <NameSelect id={id} value={value} clearable={!required} placeholder={of === undefined ? settings.firstTable : settings.chooseField} options={options} onChange={onChange} />;
}

export function SortSettingEditor({ value, onChange, of }: EditorProps) {
  const { settings } = useTexts();
  const { model } = useDraft();
  const table = of === undefined ? undefined : model.tables[of];
  const access = of === undefined ? undefined : ownerAccess(model)[of];
  if (!table || !access) return <p className="quiet">{settings.firstTable}</p>;
  return <SortEditor table={table} access={access} sort={Array.isArray(value) ? (value as string[]) : []} onChange={(sort) => onChange(sort.length > 0 ? sort : undefined)} />;
}

/** Roles; none chosen means everyone. */
export function RolesInput({ id, value, onChange }: { id: string; value: readonly string[]; onChange: (roles: string[] | undefined) => void }) {
  const label = useLabel();
  const { form } = useTexts();
  const { definitions } = useDraft();
  return (
    <Select
      id={id}
      mode="multiple"
      className="full"
      allowClear
      placeholder={form.everyone}
      value={[...value]}
      options={definitions.app.roles.map((role) => ({ value: role.name, label: label(role.label) }))}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(next: string[]) => onChange(next.length > 0 ? next : undefined)}
    />
  );
}

export function RolesEditor({ id, value, onChange }: EditorProps) {
  return <RolesInput id={id} value={Array.isArray(value) ? (value as string[]) : []} onChange={onChange} />;
}

/** Some tables; none chosen is none. */
export function TablesEditor({ id, value, onChange }: EditorProps) {
  const label = useLabel();
  const { settings } = useTexts();
  const { model } = useDraft();
  const options = Object.values(model.tables).map((table) => ({ value: table.name, label: label(table.label) }));
  return <Select id={id} mode="multiple" className="full" allowClear placeholder={settings.chooseTable} value={Array.isArray(value) ? (value as string[]) : []} options={options} showSearch={{ optionFilterProp: 'label' }} onChange={(next: string[]) => onChange(next.length > 0 ? next : undefined)} />;
}
