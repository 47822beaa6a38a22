import { Drawer } from 'antd';
import type { UserPermission } from '#engine/permissions/reports.ts';
import { usePhone } from '../ui/use-phone.ts';
import { PermissionTables } from './PermissionTables.tsx';

export function PermissionDrawer({ user, onClose }: { user: Pick<UserPermission, 'id' | 'name'>; onClose: () => void }) {
  const phone = usePhone();
  return (
    <Drawer open size={phone ? '100%' : 1000} title={user.name} onClose={onClose}>
      <PermissionTables user={user.id} />
    </Drawer>
  );
}
