import { BellOutlined, HomeOutlined, MenuOutlined, PlusOutlined, UserOutlined } from '@ant-design/icons';
import { Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { ModelIcon } from '../ui/ModelIcon.tsx';
import { useCreate } from './create-context.ts';
import { useLabel } from './i18n/index.ts';
import { useCreatableTables } from './navigation.ts';
import { INBOX_PATH } from './paths.ts';
import { useShell } from './shell-context.ts';
import { UnreadBadge } from './Unread.tsx';

function Slot({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <>
      <span className="bottom-icon">{icon}</span>
      <span>{text}</span>
    </>
  );
}

/** A phone's navigation, in reach of the thumb. */
export function BottomBar() {
  const { t } = useTranslation();
  const label = useLabel();
  const { openMenu } = useShell();
  const create = useCreate();
  const creatable = useCreatableTables();
  const { pathname } = useLocation();
  const [, area, current] = pathname.split('/');
  const here = area === 'tables' ? creatable.find((table) => table.name === current) : undefined;
  const items = creatable.map((table) => ({
    key: table.name,
    icon: <ModelIcon name={table.icon} label={label(table.label)} />,
    label: label(table.label),
    onClick: () => create({ table: table.name }),
  }));
  const plus = (
    <button type="button" className="bottom-plus" aria-label={t('app.create')} onClick={here ? () => create({ table: here.name }) : undefined}>
      <PlusOutlined aria-hidden="true" />
    </button>
  );
  return (
    <nav className="bottom-bar" aria-label={t('app.menu')}>
      <Link to="/" className={pathname === '/' ? 'bottom-slot bottom-active' : 'bottom-slot'}>
        <Slot icon={<HomeOutlined aria-hidden="true" />} text={t('app.home')} />
      </Link>
      <button type="button" className={area === 'tables' ? 'bottom-slot bottom-active' : 'bottom-slot'} onClick={openMenu}>
        <Slot icon={<MenuOutlined aria-hidden="true" />} text={t('app.menu')} />
      </button>
      <span className="bottom-slot">
        {here ? plus : <Dropdown trigger={['click']} placement="top" menu={{ items }} disabled={items.length === 0}>{plus}</Dropdown>}
      </span>
      <Link to={INBOX_PATH} className={pathname === INBOX_PATH ? 'bottom-slot bottom-active' : 'bottom-slot'}>
        <Slot icon={<UnreadBadge><BellOutlined aria-hidden="true" /></UnreadBadge>} text={t('inbox.title')} />
      </Link>
      <Link to="/profile" className={pathname === '/profile' ? 'bottom-slot bottom-active' : 'bottom-slot'}>
        <Slot icon={<UserOutlined aria-hidden="true" />} text={t('app.me')} />
      </Link>
    </nav>
  );
}
