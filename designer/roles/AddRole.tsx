import { Modal, Select } from 'antd';
import { useState } from 'react';
import { addRole } from '#engine/changes/edit-roles.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { completeLabel, NewNameInput, NOTHING_YET, useNameProblem } from '../ui/NewNameInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { useRoleTexts } from './texts.ts';

interface AddRoleProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAdded: (name: string) => void;
}

/** A role begins empty or as a copy of another's rights. */
export function AddRole({ open, onClose, onAdded }: AddRoleProps) {
  const texts = useRoleTexts();
  const label = useLabel();
  const { definitions, edit } = useDraft();
  const [value, setValue] = useState(NOTHING_YET);
  const [like, setLike] = useState('');
  const taken = definitions.app.roles.map((role) => role.name);
  const problem = useNameProblem(value, taken);
  const add = () => {
    if (problem || !value.label) return;
    const own = completeLabel(value.label);
    edit((now) => addRole(now, value.name, own, like || undefined));
    onAdded(value.name);
    setValue(NOTHING_YET);
    onClose();
  };
  return (
    <Modal open={open} title={texts.add} okText={texts.create} okButtonProps={{ disabled: problem !== undefined }} onOk={add} onCancel={onClose} destroyOnHidden>
      <NewNameInput id="new-role" value={value} onChange={setValue} taken={taken} labelText={texts.label} />
      <Setting id="new-role-like" label={texts.like}>
        <Select
          id="new-role-like"
          value={like}
          onChange={setLike}
          options={[{ value: '', label: texts.nobody }, ...definitions.app.roles.filter((role) => !role.owner).map((role) => ({ value: role.name, label: label(role.label) }))]}
        />
      </Setting>
    </Modal>
  );
}
