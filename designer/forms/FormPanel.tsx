/** Settings of what is selected in the form designer: the form, a tab, a section, a field or a text. */
import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Alert, Button, Segmented, Select, Switch } from 'antd';
import { useDeferredValue, useMemo } from 'react';
import { Link } from 'react-router';
import { moveEntry, removeEntry, removeSection, removeTab, sectionsOf, updateSection, updateTab, updateText } from '#engine/changes/edit-layout.ts';
import { type Patch, patched } from '#engine/changes/edits.ts';
import { whereUsed } from '#engine/changes/where-used.ts';
import type { FormDefinition, SectionDefinition, TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { fieldPath } from '../paths.ts';
import { RolesInput } from '../settings/NameEditors.tsx';
import { RuleInput } from '../settings/RuleEditor.tsx';
import { useProblem } from '../shell/issues.ts';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { Usage } from '../ui/Usage.tsx';
import { PublicSettings } from './PublicSettings.tsx';
import type { Selection } from './selection.ts';

interface FormPanelProps {
  readonly table: TableDefinition;
  readonly form: FormDefinition;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** Changes with one key follow closely as one step to undo. */
  readonly onChange: (form: FormDefinition, key?: string) => void;
  readonly onCopy: () => void;
  readonly onRemove: () => void;
}

const EMPTY = { 'zh-CN': '', en: '' };

export function FormPanel(props: FormPanelProps) {
  const { form, selection } = props;
  const section = 'section' in selection ? sectionsOf(form).find((own) => own.name === selection.section) : undefined;
  if (selection.kind === 'section' && section) return <SectionSettings key={section.name} {...props} section={section} />;
  if (selection.kind === 'entry' && section && section.fields[selection.index] !== undefined) return <EntrySettings {...props} section={section} index={selection.index} />;
  if (selection.kind === 'tab') return <TabSettings {...props} name={selection.tab} />;
  return <FormSettings {...props} />;
}

function FormSettings({ table, form, onChange, onCopy, onRemove }: FormPanelProps) {
  const texts = useTexts();
  const { definitions } = useDraft();
  const settled = useDeferredValue(definitions);
  const dependents = useMemo(() => whereUsed(settled, { table: table.name, form: form.name }), [settled, table.name, form.name]);
  const problem = useProblem(`/tables/${table.name}/forms/${table.forms?.findIndex((own) => own.name === form.name) ?? -1}/label`);
  const set = (patch: Patch<FormDefinition>, key: string) => onChange(patched(form, patch), key);
  const forms = table.forms ?? [];
  // What an action asks for by name is used whatever stands before it.
  const covered = dependents.length === 0 && forms.slice(0, forms.findIndex((own) => own.name === form.name)).some((own) => !own.roles && own.when === undefined);
  return (
    <div className="settings">
      <Setting id="form-label" label={texts.form.name} problem={problem} required>
        <LabelInput id="form-label" value={form.label} onChange={(label) => set({ label: label ?? EMPTY }, 'label')} />
      </Setting>
      <Setting id="form-roles" label={texts.form.roles} help={texts.form.addHint}>
        <RolesInput id="form-roles" value={form.roles ?? []} onChange={(roles) => set({ roles }, 'roles')} />
      </Setting>
      <Setting id="form-when" label={texts.form.when}>
        <RuleInput id="form-when" table={table.name} rule={form.when} onChange={(when) => set({ when }, 'when')} />
      </Setting>
      <PublicSettings table={table} form={form} onChange={(next, key) => set({ public: next }, key)} />
      {covered && !form.public ? <Alert type="warning" showIcon title={texts.form.covered} /> : null}
      <Usage dependents={dependents} title={texts.field.used} empty={texts.field.unused} />
      <div className="panel-foot">
        <Button icon={<CopyOutlined aria-hidden="true" />} onClick={onCopy}>
          {texts.form.copy}
        </Button>
        <Button danger icon={<DeleteOutlined aria-hidden="true" />} onClick={onRemove}>
          {texts.form.remove}
        </Button>
      </div>
    </div>
  );
}

function TabSettings({ form, name, onChange, onSelect }: FormPanelProps & { readonly name: string }) {
  const texts = useTexts();
  const tab = form.tabs?.find((own) => own.name === name);
  if (!tab) return null;
  return (
    <div className="settings">
      <Setting id="tab-label" label={texts.form.tabName} required>
        <LabelInput id="tab-label" value={tab.label} onChange={(label) => onChange(updateTab(form, name, { label: label ?? EMPTY }), `tab ${name}`)} />
      </Setting>
      <Button
        danger
        icon={<DeleteOutlined aria-hidden="true" />}
        onClick={() => {
          onSelect({ kind: 'form' });
          onChange(removeTab(form, name));
        }}
      >
        {texts.form.removeTab}
      </Button>
    </div>
  );
}

function SectionSettings({ table, form, section, onChange, onSelect }: FormPanelProps & { readonly section: SectionDefinition }) {
  const texts = useTexts();
  const set = (patch: Patch<SectionDefinition>) => onChange(updateSection(form, section.name, patch), `section ${section.name} ${Object.keys(patch).join()}`);
  return (
    <div className="settings">
      <Setting id="section-label" label={texts.form.sectionName} required>
        <LabelInput id="section-label" value={section.label} onChange={(label) => set({ label: label ?? EMPTY })} />
      </Setting>
      <Setting id="section-columns" label={texts.form.columns}>
        <Segmented id="section-columns" block value={section.columns ?? 2} options={[1, 2, 3]} onChange={(columns) => set({ columns: columns === 2 ? undefined : Number(columns) })} />
      </Setting>
      <Setting id="section-folded" label={texts.form.folded} inline>
        <Switch id="section-folded" size="small" checked={section.folded === true} onChange={(on) => set({ folded: on || undefined })} />
      </Setting>
      <Setting id="section-visible" label={texts.form.visible}>
        <RuleInput id="section-visible" table={table.name} rule={section.visible} onChange={(visible) => set({ visible })} />
      </Setting>
      <div className="panel-foot">
        <Button
          danger
          icon={<DeleteOutlined aria-hidden="true" />}
          onClick={() => {
            onSelect({ kind: 'form' });
            onChange(removeSection(form, section.name));
          }}
        >
          {texts.form.removeSection}
        </Button>
      </div>
    </div>
  );
}

function EntrySettings({ table, form, section, index, onChange, onSelect }: FormPanelProps & { readonly section: SectionDefinition; readonly index: number }) {
  const texts = useTexts();
  const label = useLabel();
  const entry = section.fields[index];
  const field = typeof entry === 'string' ? table.fields.find((own) => own.name === entry) : undefined;
  const at = { section: section.name, index };
  const move = (name: string) => {
    const end = sectionsOf(form).find((own) => own.name === name)?.fields.length ?? 0;
    onSelect({ kind: 'entry', section: name, index: end });
    onChange(moveEntry(form, at, { section: name, index: end }));
  };
  return (
    <div className="settings">
      {typeof entry === 'object' ? (
        <Setting id="entry-text" label={texts.form.text}>
          <LabelInput key={`${section.name} ${index}`} id="entry-text" many value={entry.text} onChange={(text) => onChange(updateText(form, at, text ?? EMPTY), `text ${section.name} ${index}`)} />
        </Setting>
      ) : field ? (
        <p className="setting-name">
          <Link to={fieldPath(table.name, field.name)}>{texts.field.settings}</Link> <code>{field.name}</code>
        </p>
      ) : null}
      <Setting id="entry-section" label={texts.form.section}>
        <Select id="entry-section" className="full" value={section.name} options={sectionsOf(form).map((own) => ({ value: own.name, label: label(own.label) }))} onChange={move} />
      </Setting>
      <div className="panel-foot">
        <Button
          danger
          icon={<DeleteOutlined aria-hidden="true" />}
          onClick={() => {
            onSelect({ kind: 'section', section: section.name });
            onChange(removeEntry(form, at));
          }}
        >
          {texts.form.removeEntry}
        </Button>
      </div>
    </div>
  );
}
