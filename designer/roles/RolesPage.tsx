/** Who may do what: for one role a matrix of tables and actions; beside it the row rules and field rights of one table. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, Segmented, Select, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router';
import { removeRole } from '#engine/changes/edit-roles.ts';
import { ADMINISTRATOR_LEVEL } from '#engine/permissions/levels.ts';
import { roleLevel } from '#engine/permissions/resolve-grants.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { LargerScreen, PaneHead, Panes } from '../shell/Panes.tsx';
import { AccessImpact } from './AccessImpact.tsx';
import { AddRole } from './AddRole.tsx';
import { GrantPanel } from './GrantPanel.tsx';
import { LevelsMatrix } from './LevelsMatrix.tsx';
import { RightsMatrix } from './RightsMatrix.tsx';
import { RoleLevel } from './RoleLevel.tsx';
import { RoleNames } from './RoleNames.tsx';
import './roles.css';
import { useRoleTexts } from './texts.ts';

type Part = 'roles' | 'levels';

/** Roles one by one, or the levels they follow. */
export function RolesPage() {
  const texts = useRoleTexts();
  const phone = usePhone();
  const [search, setSearch] = useSearchParams();
  const part: Part = search.get('part') === 'levels' ? 'levels' : 'roles';
  const choice = (
    <Segmented<Part> value={part} onChange={(next) => setSearch(next === 'levels' ? { part: next } : {}, { replace: true })} options={[{ value: 'roles', label: texts.roles }, { value: 'levels', label: texts.levels }]} aria-label={texts.title} />
  );
  if (part === 'roles') return <RolesPart choice={choice} />;
  return (
    <Panes side={null}>
      <div className="roles-page">
        <PaneHead title={texts.title} extra={choice} />
        <p className="quiet levels-part">{texts.levelsHint} {texts.levelsHigh}</p>
        {phone ? <LargerScreen /> : <LevelsMatrix />}
        <AccessImpact />
      </div>
    </Panes>
  );
}

function RolesPart({ choice }: { choice: ReactNode }) {
  const texts = useRoleTexts();
  const label = useLabel();
  const phone = usePhone();
  const { definitions, edit } = useDraft();
  const { modal } = App.useApp();
  const app = useApp();
  const [search, setSearch] = useSearchParams();
  const [isAdding, setIsAdding] = useState(false);
  const roles = definitions.app.roles;
  const role = roles.find((one) => one.name === search.get('role')) ?? roles.find((one) => !one.owner) ?? roles[0];
  const table = definitions.tables.find((one) => one.name === search.get('table'));
  const choose = (next: { role?: string; table?: string | undefined }) => {
    const params: Record<string, string> = { role: next.role ?? role?.name ?? '' };
    const chosen = 'table' in next ? next.table : table?.name;
    if (chosen !== undefined) params.table = chosen;
    setSearch(params, { replace: true });
  };
  if (!role) return null;
  const askRemove = () =>
    modal.confirm({
      title: fill(texts.removeTitle, { name: label(role.label) }),
      content: texts.removeText,
      okText: texts.remove,
      okButtonProps: { danger: true },
      onOk: () => edit((now) => removeRole(now, role.name)),
    });
  const side = table && !role.owner ? { title: label(table.label), content: <GrantPanel key={`${role.name} ${table.name}`} role={role.name} table={table} />, onClose: () => choose({ table: undefined }) } : null;
  return (
    <Panes side={side}>
      <div className="roles-page">
        <PaneHead
          title={texts.title}
          note={texts.hint}
          extra={
            <>
              {choice}
              <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => setIsAdding(true)}>
                {texts.add}
              </Button>
            </>
          }
        />
        <div className="roles-choice">
          {phone || roles.length > 6 ? (
            <Select value={role.name} onChange={(name) => choose({ role: name })} options={roles.map((one) => ({ value: one.name, label: label(one.label) }))} aria-label={texts.role} style={{ minWidth: 200 }} />
          ) : (
            <Segmented value={role.name} onChange={(name) => choose({ role: name })} options={roles.map((one) => ({ value: one.name, label: label(one.label) }))} aria-label={texts.role} />
          )}
          {role.owner ? <Tag>{texts.ownerTag}</Tag> : <IconButton label={texts.remove} icon={<DeleteOutlined aria-hidden="true" />} onClick={askRemove} />}
        </div>
        {!isSystemOwner(app) && (roleLevel(role) >= ADMINISTRATOR_LEVEL || app.me.roles.includes(role.name)) ? <Alert type="info" showIcon title={texts.high} /> : null}
        <RoleNames key={role.name} role={role} />
        {role.owner ? null : <RoleLevel role={role} />}
        {role.owner ? <Alert type="info" showIcon title={texts.owner} /> : phone ? <LargerScreen /> : <RightsMatrix role={role.name} chosen={table?.name} onChoose={(name) => choose({ table: name })} />}
        {role.owner ? null : <AccessImpact />}
        <AddRole open={isAdding} onClose={() => setIsAdding(false)} onAdded={(name) => choose({ role: name, table: undefined })} />
      </div>
    </Panes>
  );
}
