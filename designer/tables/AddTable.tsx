import { type InputRef, Modal, Select } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { addTable } from '#engine/changes/edits.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { beginTyping } from '#runtime/ui/begin-typing.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { tablePath } from '../paths.ts';
import { IconPicker } from '../ui/IconPicker.tsx';
import { completeLabel, NewNameInput, NOTHING_YET, useNameProblem } from '../ui/NewNameInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { useReturnFocus } from '../ui/use-return-focus.ts';

export function AddTable({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const label = useLabel();
  const navigate = useNavigate();
  const { definitions, live, model, edit } = useDraft();
  const first = useRef<InputRef>(null);
  useReturnFocus();
  const [named, setNamed] = useState(NOTHING_YET);
  const [icon, setIcon] = useState<string | undefined>(undefined);
  const [group, setGroup] = useState<string | undefined>(definitions.app.navigation[0]?.name);
  // A table that is live but gone from the draft still holds its name: its data goes to the trash under it.
  const taken = useMemo(
    () => [...definitions.tables, ...live.definitions.tables].map((table) => table.name).concat(Object.values(model.tables).filter((table) => table.builtIn).map((table) => table.name)),
    [definitions.tables, live, model],
  );
  const problem = useNameProblem(named, taken);
  const create = () => {
    if (problem || !named.label) return;
    const { name } = named;
    const complete = completeLabel(named.label);
    edit((old) => addTable(old, { name, label: complete, icon, group }));
    onClose();
    void navigate(tablePath(name));
  };
  return (
    <Modal open title={texts.table.add} okText={texts.table.create} okButtonProps={{ disabled: problem !== undefined }} onOk={create} onCancel={onClose} width={520} afterOpenChange={(open) => (open ? beginTyping(first.current?.input) : undefined)}>
      <p className="quiet dialog-hint">{texts.table.addHint}</p>
      <form
        className="settings"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <NewNameInput id="new-table" value={named} onChange={setNamed} taken={taken} labelText={texts.table.label} first={first} />
        <Setting id="new-table-icon" label={texts.table.icon}>
          <IconPicker id="new-table-icon" value={icon} name={named.label ? label(named.label) : '?'} onChange={setIcon} />
        </Setting>
        <Setting id="new-table-group" label={texts.table.group}>
          <Select id="new-table-group" className="full" allowClear placeholder={texts.table.noGroup} value={group ?? null} options={definitions.app.navigation.map((one) => ({ value: one.name, label: label(one.label) }))} onChange={(next: string | null | undefined) => setGroup(next ?? undefined)} />
        </Setting>
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}
