/** Who may do what: everybody in a list, and of each what every table lets them do. */
import { Button, Input, Tag } from 'antd';
import { useState } from 'react';
import type { UserPermission } from '#engine/permissions/reports.ts';
import { LevelChanges } from '../account/LevelChanges.tsx';
import { usePermissions } from '../api/permissions.ts';
import { useLabel } from '../app/i18n/index.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { PermissionDrawer } from './PermissionDrawer.tsx';
import { usePermissionTexts } from './permission-texts.ts';

export function PermissionsTab() {
  const texts = usePermissionTexts();
  const label = useLabel();
  const found = usePermissions();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<UserPermission | null>(null);
  if (found.isPending) return <RowsSkeleton rows={8} columns={5} />;
  if (!found.data) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const wanted = search.trim().toLowerCase();
  const words = ({ name, login, roles, department }: UserPermission) => [name, login, department ?? '', ...roles.map(label)].join(' ').toLowerCase();
  const users = found.data.data.filter((user) => words(user).includes(wanted));
  return (
    <>
      <LevelChanges />
      <p className="quiet">{texts.hint}</p>
      <Input.Search allowClear className="permission-search" placeholder={texts.search} aria-label={texts.search} value={search} onChange={(event) => setSearch(event.target.value)} />
      {users.length === 0 ? <EmptyState small title={texts.nobody} /> : null}
      {users.length > 0 ? (
        <table className="system-table permission-users">
          <thead>
            <tr><th>{texts.user}</th><th>{texts.roles}</th><th>{texts.level}</th><th>{texts.department}</th><th>{texts.rank}</th><th>{texts.shares}</th><th aria-label={texts.show} /></tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <tr key={user.id}>
                <td>
                  <span className="permission-user">
                    <Avatar name={user.name} size={28} />
                    <span>{user.name}<br /><span className="quiet">{user.login}</span></span>
                  </span>
                </td>
                <td>{user.roles.map(label).join(texts.comma)}{user.active ? null : <Tag className="permission-off">{texts.disabled}</Tag>}</td>
                <td>{texts.levels[user.level] ?? '–'}</td>
                <td>{user.department ?? '–'}</td>
                <td className="tabular" data-label={texts.rank}>{user.rank}</td>
                <td className="tabular" data-label={texts.shares}>{user.shares || '–'}</td>
                <td><Button size="small" disabled={!user.active} onClick={() => setOpen(user)}>{texts.show}</Button></td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {open ? <PermissionDrawer user={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
