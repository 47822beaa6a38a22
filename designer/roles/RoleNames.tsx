import { useDeferredValue, useMemo } from 'react';
import { updateRole, type RoleDefinition } from '#engine/changes/edit-roles.ts';
import { whereUsed } from '#engine/changes/where-used.ts';
import { useDraft } from '../draft/draft-context.ts';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { Usage } from '../ui/Usage.tsx';
import { useRoleTexts } from './texts.ts';

/** What a role is called, what it is for, and where it is named. */
export function RoleNames({ role }: { role: RoleDefinition }) {
  const texts = useRoleTexts();
  const { definitions, edit } = useDraft();
  const settled = useDeferredValue(definitions);
  const dependents = useMemo(() => whereUsed(settled, { role: role.name }), [settled, role.name]);
  return (
    <div className="role-names">
      <Setting id="role-label" label={texts.label} required>
        <LabelInput id="role-label" value={role.label} onChange={(label) => label && edit((now) => updateRole(now, role.name, { label }), `role-label ${role.name}`)} />
      </Setting>
      <Setting id="role-description" label={texts.description}>
        <LabelInput id="role-description" value={role.description} onChange={(description) => edit((now) => updateRole(now, role.name, { description }), `role-description ${role.name}`)} />
      </Setting>
      <Usage dependents={dependents} title={texts.used} empty={texts.unused} />
    </div>
  );
}
