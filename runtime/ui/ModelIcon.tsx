/** Icons that definitions may name. A name that is not here shows as the first letter of the label, so nothing is ever blank. */
import {
  AimOutlined, ApartmentOutlined, AppstoreOutlined, AuditOutlined, BankOutlined, BarChartOutlined, BellOutlined, CalendarOutlined, CarryOutOutlined, ContactsOutlined, CustomerServiceOutlined, DollarOutlined,
  FileTextOutlined, FlagOutlined, FundOutlined, GiftOutlined, HomeOutlined, IdcardOutlined, MailOutlined, MessageOutlined, NotificationOutlined, PhoneOutlined, ProjectOutlined, RiseOutlined,
  SettingOutlined, ShopOutlined, ShoppingOutlined, SolutionOutlined, StarOutlined, TagOutlined, TeamOutlined, ToolOutlined, UserOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

const ICONS: Readonly<Record<string, ComponentType<{ 'aria-hidden'?: 'true' }>>> = {
  aim: AimOutlined, apartment: ApartmentOutlined, apps: AppstoreOutlined, audit: AuditOutlined, bank: BankOutlined, chart: BarChartOutlined, bell: BellOutlined, calendar: CalendarOutlined, check: CarryOutOutlined, contacts: ContactsOutlined,
  service: CustomerServiceOutlined, money: DollarOutlined, dollar: DollarOutlined, file: FileTextOutlined, flag: FlagOutlined, fund: FundOutlined, gift: GiftOutlined, home: HomeOutlined, card: IdcardOutlined, mail: MailOutlined,
  message: MessageOutlined, notice: NotificationOutlined, phone: PhoneOutlined, project: ProjectOutlined, rise: RiseOutlined, settings: SettingOutlined, shop: ShopOutlined, shopping: ShoppingOutlined, contract: SolutionOutlined,
  star: StarOutlined, tag: TagOutlined, team: TeamOutlined, tool: ToolOutlined, user: UserOutlined,
};

/** The names a definition may use. */
export const ICON_NAMES: readonly string[] = Object.keys(ICONS);

export function ModelIcon({ name, label }: { name?: string | undefined; label: string }) {
  const Icon = name !== undefined && Object.hasOwn(ICONS, name) ? ICONS[name] : undefined;
  if (Icon) return <Icon aria-hidden="true" />;
  return (
    <span className="letter-icon" aria-hidden="true">
      {[...label][0]?.toUpperCase()}
    </span>
  );
}
