/** The permission level of a role: what it may do with tables that take part in levels. */
import { Select } from 'antd';
import { type RoleDefinition, updateRole } from '#engine/changes/edit-roles.ts';
import { LEVEL_LABELS, LEVELS, OWNER_LEVEL } from '#engine/permissions/levels.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { Setting } from '../ui/Setting.tsx';
import { useRoleTexts } from './texts.ts';

/** A level, or a variant of it: `4` or `4 store`. */
const keyOf = (level: number, variant?: string): string => (variant === undefined ? String(level) : `${level} ${variant}`);

export function RoleLevel({ role }: { role: RoleDefinition }) {
  const texts = useRoleTexts();
  const label = useLabel();
  const { definitions, edit } = useDraft();
  const variants = definitions.app.levelVariants ?? [];
  const options = [
    { value: keyOf(0), label: texts.noLevel },
    ...LEVELS.filter((level) => level < OWNER_LEVEL).flatMap((level) => [
      { value: keyOf(level), label: label(LEVEL_LABELS[level]) },
      ...variants.filter((variant) => variant.level === level).map((variant) => ({ value: keyOf(level, variant.name), label: `L${level} · ${label(variant.label)}` })),
    ]),
  ];
  const choose = (key: string) => {
    const [level, variant] = key.split(' ');
    edit((now) => updateRole(now, role.name, { level: level === '0' ? undefined : Number(level), levelVariant: variant }));
  };
  return (
    <Setting id="role-level" label={texts.level} help={texts.levelHint}>
      <Select id="role-level" value={keyOf(role.level ?? 0, role.levelVariant)} options={options} style={{ minWidth: 220 }} onChange={choose} />
    </Setting>
  );
}
