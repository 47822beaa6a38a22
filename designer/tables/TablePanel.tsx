/** What can be set of a table as a whole. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Select, Space } from 'antd';
import { useDeferredValue, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { groupOf, placeTable, removeTable, updateTable } from '#engine/changes/edits.ts';
import { whereUsed } from '#engine/changes/where-used.ts';
import type { TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { DESIGNER } from '../paths.ts';
import { ChecksInput } from '../settings/ChecksEditor.tsx';
import { typeOf } from '../settings/field-choices.ts';
import { NameSelect } from '../settings/NameEditors.tsx';
import { useProblem } from '../shell/issues.ts';
import { IconPicker } from '../ui/IconPicker.tsx';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { Usage } from '../ui/Usage.tsx';
import { SharingSettings } from './SharingSettings.tsx';

export function TablePanel({ table }: { table: TableDefinition }) {
  const texts = useTexts();
  const label = useLabel();
  const toast = useToast();
  const navigate = useNavigate();
  const { definitions, edit, undo } = useDraft();
  const settled = useDeferredValue(definitions);
  const dependents = useMemo(() => whereUsed(settled, { table: table.name }), [settled, table.name]);
  const problem = useProblem(`/tables/${table.name}/label`);
  const group = groupOf(definitions, table.name);
  const place = definitions.app.navigation.find((own) => own.name === group)?.tables.indexOf(table.name) ?? -1;
  const last = (definitions.app.navigation.find((own) => own.name === group)?.tables.length ?? 0) - 1;
  const set = (patch: Partial<TableDefinition>, key: string) => edit((old) => updateTable(old, table.name, patch), `${table.name} ${key}`);
  const titles = table.fields.filter((field) => ['text', 'reference', 'option'].includes(typeOf(field)?.kind({ ...field, settings: field } as never) ?? ''));

  const remove = () => {
    edit((old) => removeTable(old, table.name));
    void navigate(DESIGNER);
    toast({ text: fill(texts.table.removed, { name: label(table.label) }), action: { label: texts.shell.undo, run: undo } });
  };
  const move = (index: number) => (group === undefined ? undefined : edit((old) => placeTable(old, table.name, group, index)));
  return (
    <div className="settings">
      <Setting id="table-label" label={texts.table.label} problem={problem} required>
        <LabelInput id="table-label" value={table.label} onChange={(next) => set({ label: next ?? { 'zh-CN': '', en: '' } }, 'label')} />
      </Setting>
      <Setting id="table-plural" label={texts.table.plural}>
        <LabelInput id="table-plural" value={table.pluralLabel} onChange={(pluralLabel) => set({ pluralLabel }, 'plural')} />
      </Setting>
      <p className="setting-name">
        <span className="quiet">{texts.name.name}</span> <code>{table.name}</code>
      </p>
      <Setting id="table-title" label={texts.table.titleField} help={texts.table.titleHint}>
        <NameSelect id="table-title" value={table.titleField} clearable={false} placeholder={texts.settings.chooseField} options={titles.map((field) => ({ value: field.name, label: label(field.label) }))} onChange={(next) => set({ titleField: String(next ?? table.titleField) }, 'title')} />
      </Setting>
      <Setting id="table-icon" label={texts.table.icon}>
        <IconPicker id="table-icon" value={table.icon} name={label(table.label)} onChange={(icon) => set({ icon }, 'icon')} />
      </Setting>
      <Setting id="table-group" label={texts.table.group}>
        <Space.Compact block>
          <Select
            id="table-group"
            className="full"
            allowClear
            placeholder={texts.table.noGroup}
            value={group ?? null}
            options={definitions.app.navigation.map((one) => ({ value: one.name, label: label(one.label) }))}
            onChange={(next: string | null | undefined) => edit((old) => placeTable(old, table.name, next ?? null, Number.POSITIVE_INFINITY))}
          />
          <IconButton type="default" label={texts.table.up} icon={<ArrowUpOutlined aria-hidden="true" />} disabled={place <= 0} onClick={() => move(place - 1)} />
          <IconButton type="default" label={texts.table.down} icon={<ArrowDownOutlined aria-hidden="true" />} disabled={place < 0 || place >= last} onClick={() => move(place + 1)} />
        </Space.Compact>
      </Setting>
      <Setting id="table-description" label={texts.table.description}>
        <LabelInput id="table-description" many value={table.description} onChange={(description) => set({ description }, 'description')} />
      </Setting>
      <SharingSettings table={table} onChange={set} />
      <Setting id="table-validate" label={texts.table.validate}>
        <ChecksInput id="table-validate" table={table.name} checks={table.validate ?? []} onChange={(validate) => set({ validate: validate && [...validate] }, 'validate')} />
      </Setting>
      <Usage dependents={dependents} title={texts.table.usage} empty={texts.table.noUsage} />
      <div className="panel-foot">
        <Button danger icon={<DeleteOutlined aria-hidden="true" />} onClick={remove}>
          {texts.table.remove}
        </Button>
      </div>
      <p className="setting-help">{texts.table.removeText}</p>
    </div>
  );
}
