/** The forms of a table: taken apart to be laid out, or drawn as people will see them. */
import { PlusOutlined, SettingOutlined } from '@ant-design/icons';
import { Alert, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { addForm, moveForm, removeForm, updateForm } from '#engine/changes/edit-layout.ts';
import { freeName } from '#engine/changes/edits.ts';
import type { FormDefinition, TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { formPath } from '../paths.ts';
import { NotThere } from '../shell/NotThere.tsx';
import { LargerScreen, Panes } from '../shell/Panes.tsx';
import { TableTabs } from '../tables/TableTabs.tsx';
import { AskLabel } from '../ui/AskLabel.tsx';
import { Chips } from '../ui/Chips.tsx';
import { FormCanvas } from './FormCanvas.tsx';
import { FormPanel } from './FormPanel.tsx';
import { FormPreview } from './FormPreview.tsx';
import type { Selection } from './selection.ts';

export function FormsPage() {
  const { table: name = '' } = useParams();
  const { definitions } = useDraft();
  const table = definitions.tables.find((own) => own.name === name);
  return table ? <FormsOf key={name} table={table} /> : <NotThere />;
}

const WHOLE: Selection = { kind: 'form' };

function FormsOf({ table }: { table: TableDefinition }) {
  const texts = useTexts();
  const label = useLabel();
  const phone = usePhone();
  const navigate = useNavigate();
  const { form: wanted } = useParams();
  const { model, issues, edit } = useDraft();
  const [adding, setAdding] = useState(false);
  const [mode, setMode] = useState<'layout' | 'preview'>(phone ? 'preview' : 'layout');
  const [chosen, setChosen] = useState<{ form: string; selection: Selection } | null>(null);
  const [settings, setSettings] = useState(!phone);
  const forms = table.forms ?? [];
  const form = forms.find((own) => own.name === wanted) ?? forms[0];
  const selection = chosen && chosen.form === form?.name ? chosen.selection : WHOLE;
  const isWrong = (index: number) => issues.some((issue) => issue.path.startsWith(`/tables/${table.name}/forms/${index}/`));
  const built = Object.hasOwn(model.tables, table.name) ? model.tables[table.name] : undefined;
  const wrong = form !== undefined && issues.length > 0 && isWrong(forms.indexOf(form));
  const drawn = wrong ? built?.forms.find((own) => own.name === form?.name) : form;

  const select = (next: Selection) => {
    if (form) setChosen({ form: form.name, selection: next });
    setSettings(true);
  };
  const change = (next: FormDefinition, key?: string) => edit((old) => updateForm(old, table.name, next.name, () => next), key === undefined ? undefined : `${table.name} ${next.name} ${key}`);
  const add = (name: Parameters<typeof addForm>[2], from?: FormDefinition) => {
    const made = forms.length === 0 ? 'default' : freeName('form', forms.map((own) => own.name));
    edit((old) => addForm(old, table.name, name, from));
    setAdding(false);
    void navigate(formPath(table.name, made));
  };
  const side =
    form && settings
      ? {
          title: texts.shell.settings,
          content: (
            <FormPanel
              table={table}
              form={form}
              selection={selection}
              onSelect={select}
              onChange={change}
              onCopy={() => add({ 'zh-CN': `${form.label['zh-CN']} 副本`, en: `Copy of ${form.label.en}` }, form)}
              onRemove={() => {
                edit((old) => removeForm(old, table.name, form.name));
                void navigate(formPath(table.name));
              }}
            />
          ),
          ...((phone || selection.kind !== 'form') && { onClose: () => (phone ? setSettings(false) : select(WHOLE)) }),
        }
      : null;
  return (
    <Panes side={side}>
      <div className="pane-column">
        <TableTabs table={table} active="forms" />
        {form ? (
          <Chips
            chips={forms.map((own, index) => ({ name: own.name, text: label(own.label), to: formPath(table.name, own.name), wrong: isWrong(index) }))}
            active={form.name}
            first={texts.form.first}
            earlier={texts.form.moveUp}
            later={texts.form.moveDown}
            onMove={(from, to) => edit((old) => moveForm(old, table.name, from, to))}
            extra={
              <>
                <Button size="small" type="text" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
                  {texts.form.add}
                </Button>
                <span className="chips-end">
                  <Button size="small" type="text" icon={<SettingOutlined aria-hidden="true" />} onClick={() => select(WHOLE)}>
                    {texts.shell.settings}
                  </Button>
                  <Segmented size="small" value={mode} options={[{ value: 'layout', label: texts.form.edit }, { value: 'preview', label: texts.form.preview }]} onChange={setMode} />
                </span>
              </>
            }
          />
        ) : null}
        <div className="pane-scroll">
          {form === undefined ? (
            <EmptyState title={texts.form.default} hint={texts.form.defaultHint} action={<Button type="primary" onClick={() => add(table.label)}>{texts.form.customise}</Button>} />
          ) : mode === 'layout' ? (
            <>
              {phone ? <LargerScreen /> : null}
              <FormCanvas table={table} form={form} selection={selection} onSelect={select} onChange={change} />
            </>
          ) : (
            <>
              {wrong ? <Alert banner type="warning" title={texts.form.problems} /> : null}
              {built && drawn ? <FormPreview key={form.name} table={built} form={drawn} /> : <p className="pane-empty quiet">{texts.form.unlisted}</p>}
            </>
          )}
        </div>
      </div>
      {adding ? <AskLabel title={texts.form.add} label={texts.form.name} hint={texts.form.addHint} onDone={(name) => add(name, form)} onClose={() => setAdding(false)} /> : null}
    </Panes>
  );
}
