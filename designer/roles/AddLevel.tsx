import { Modal } from 'antd';
import { useState } from 'react';
import { addLevelVariant } from '#engine/changes/edit-levels.ts';
import { LEVEL_LABELS, type Level } from '#engine/permissions/levels.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { completeLabel, NewNameInput, NOTHING_YET, useNameProblem } from '../ui/NewNameInput.tsx';
import { useRoleTexts } from './texts.ts';

interface AddLevelProps {
  /** The one it is copied from; null: closed. */
  readonly level: Level | null;
  readonly onClose: () => void;
}

/** A level of the workspace's own begins as a copy. */
export function AddLevel({ level, onClose }: AddLevelProps) {
  const texts = useRoleTexts();
  const label = useLabel();
  const { definitions, edit } = useDraft();
  const [value, setValue] = useState(NOTHING_YET);
  const taken = (definitions.app.levelVariants ?? []).map(({ name }) => name);
  const problem = useNameProblem(value, taken);
  const add = () => {
    if (problem || !value.label || level === null) return;
    const own = completeLabel(value.label);
    edit((now) => addLevelVariant(now, { name: value.name, label: own, level }));
    setValue(NOTHING_YET);
    onClose();
  };
  return (
    <Modal open={level !== null} title={level === null ? '' : fill(texts.copyLevel, { name: label(LEVEL_LABELS[level]) })} okText={texts.create} okButtonProps={{ disabled: problem !== undefined }} onOk={add} onCancel={onClose} destroyOnHidden>
      <NewNameInput id="new-level" value={value} onChange={setValue} taken={taken} labelText={texts.label} />
    </Modal>
  );
}
