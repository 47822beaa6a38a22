/** The permission level of a role: what it may do with tables that take part in levels. */
import { Select } from 'antd';
import { type RoleDefinition, updateRole } from '#engine/changes/edit-roles.ts';
import { LEVEL_LABELS, LEVELS, OWNER_LEVEL } from '#engine/permissions/levels.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { Setting } from '../ui/Setting.tsx';
import { useRoleTexts } from './texts.ts';

export function RoleLevel({ role }: { role: RoleDefinition }) {
  const texts = useRoleTexts();
  const label = useLabel();
  const { edit } = useDraft();
  const options = [{ value: 0, label: texts.noLevel }, ...LEVELS.filter((level) => level < OWNER_LEVEL).map((level) => ({ value: level as number, label: label(LEVEL_LABELS[level]) }))];
  return (
    <Setting id="role-level" label={texts.level} help={texts.levelHint}>
      <Select
        id="role-level"
        value={role.level ?? 0}
        options={options}
        style={{ minWidth: 220 }}
        onChange={(level) => edit((now) => updateRole(now, role.name, { level: level === 0 ? undefined : level }))}
      />
    </Setting>
  );
}
