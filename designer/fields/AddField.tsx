/** A new field: its type, what it is called, and what its type cannot do without. */
import { type InputRef, Modal } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { addField } from '#engine/changes/edits.ts';
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import type { FieldDefinition, TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { fieldPath } from '../paths.ts';
import { SettingsForm } from '../settings/SettingsForm.tsx';
import { editorOf, settingsOf } from '../settings/setting-schema.ts';
import { completeLabel, NewNameInput, NOTHING_YET, useNameProblem } from '../ui/NewNameInput.tsx';
import { useReturnFocus } from '../ui/use-return-focus.ts';
import { TypePicker } from './TypePicker.tsx';

const OF_TYPE: Readonly<Record<string, unknown>> = { options: [], formula: '=' };

export function AddField({ table, onClose }: { table: TableDefinition; onClose: () => void }) {
  const texts = useTexts();
  const label = useLabel();
  const navigate = useNavigate();
  const { edit, live } = useDraft();
  const first = useRef<InputRef>(null);
  useReturnFocus();
  const [type, setType] = useState<FieldTypeName | undefined>(undefined);
  const [named, setNamed] = useState(NOTHING_YET);
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  const liveFields = live.definitions.tables.find((own) => own.name === table.name)?.fields;
  // The name of a removed field comes free only with the next publication.
  const taken = useMemo(() => [...table.fields, ...(liveFields ?? [])].map((field) => field.name), [table.fields, liveFields]);
  const problem = useNameProblem(named, taken);
  const needed = type === undefined ? [] : settingsOf(FIELD_TYPES[type].settings).filter((entry) => entry.required);
  // Long editors have their place beside the fields; the dialog asks only for names.
  const asked = new Set(needed.filter(({ schema }) => ['table', 'reference', 'path'].includes(editorOf(schema))).map(({ name }) => name));
  const ready = type !== undefined && problem === undefined && [...asked].every((name) => values[name] !== undefined);

  const choose = (next: FieldTypeName) => {
    setType(next);
    setValues({});
    setTimeout(() => first.current?.focus());
  };
  const create = () => {
    if (!ready || !named.label) return;
    const initial = Object.fromEntries(needed.filter(({ name }) => name in OF_TYPE).map(({ name }) => [name, OF_TYPE[name]]));
    const field: FieldDefinition = { name: named.name, label: completeLabel(named.label), type, ...initial, ...values };
    edit((old) => addField(old, table.name, field));
    onClose();
    void navigate(fieldPath(table.name, field.name));
  };
  return (
    <Modal open title={texts.field.add} okText={texts.field.create} okButtonProps={{ disabled: !ready }} onOk={create} onCancel={onClose} width={720}>
      <TypePicker value={type} onChange={choose} />
      {type === undefined ? null : (
        <form
          className="settings add-field"
          onSubmit={(event) => {
            event.preventDefault();
            create();
          }}
        >
          <NewNameInput id="new-field" value={named} onChange={setNamed} taken={taken} labelText={`${texts.field.label}（${label(FIELD_TYPES[type].label)}）`} first={first} />
          <SettingsForm
            settings={FIELD_TYPES[type].settings}
            context={{ table: table.name, values: { ...values, type, name: named.name, label: named.label }, path: '/new' }}
            onChange={(name, value) => setValues((old) => ({ ...old, [name]: value }))}
            shows={({ name }) => asked.has(name)}
          />
          <button type="submit" hidden />
        </form>
      )}
    </Modal>
  );
}
