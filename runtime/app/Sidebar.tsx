import { BellOutlined, DeleteOutlined, HomeOutlined, MenuFoldOutlined, MenuUnfoldOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Drawer, Menu, type MenuProps } from 'antd';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useStored } from '../ui/use-stored.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ModelIcon } from '../ui/ModelIcon.tsx';
import { ExtraPagesContext } from './extra-pages.ts';
import { useLabel } from './i18n/index.ts';
import { dashboardPath, INBOX_PATH, tablePath } from './paths.ts';
import { UnreadBadge, UnreadCount } from './Unread.tsx';
import { useHomeDashboard } from './navigation.ts';
import { mayDesign, useApp } from './session.tsx';
import { useShell } from './shell-context.ts';
import { UserMenu } from './UserMenu.tsx';

interface SidebarProps {
  readonly phone: boolean;
  readonly open: boolean;
  readonly collapsed: boolean;
  readonly onClose: () => void;
  readonly onCollapse: () => void;
}

type MenuItems = NonNullable<MenuProps['items']>;

/** Groups as the app defines them; a group none of whose tables one may read does not show. */
function useNavigation(collapsed: boolean, selected: string): MenuItems {
  const { t } = useTranslation();
  const label = useLabel();
  const { model, access } = useApp();
  const groups = model.navigation
    .map((group) => ({ group, tables: group.tables.filter((name) => access[name]?.read && model.tables[name]) }))
    .filter(({ tables }) => tables.length > 0);
  const [folds, setFolds] = useStored<Folds>('sidebar.folds', {}, isFolds);
  const many = groups.reduce((sum, { tables }) => sum + tables.length, 0) > MOST_UNFOLDED;
  const home = useHomeDashboard();
  const dashboards = Object.values(model.dashboards).filter(({ name }) => name !== home?.name);
  return [
    { key: '/', icon: <HomeOutlined aria-hidden="true" />, label: <Link to="/">{t('app.home')}</Link> },
    {
      key: INBOX_PATH,
      icon: collapsed ? <UnreadBadge><BellOutlined aria-hidden="true" /></UnreadBadge> : <BellOutlined aria-hidden="true" />,
      label: (
        <Link to={INBOX_PATH} className="sidebar-inbox">
          {t('inbox.title')}
          <UnreadCount />
        </Link>
      ),
    },
    ...(dashboards.length > 0
      ? [
          {
            key: 'group:dashboards',
            type: 'group' as const,
            label: collapsed ? <span className="sidebar-rule" /> : t('app.dashboards'),
            children: dashboards.map((dashboard) => ({ key: dashboardPath(dashboard.name), icon: <ModelIcon name={dashboard.icon ?? 'chart'} label={label(dashboard.label)} />, label: <Link to={dashboardPath(dashboard.name)}>{label(dashboard.label)}</Link> })),
          },
        ]
      : []),
    ...groups.map(({ group, tables }, index) => {
      const open = folds[group.name] ?? (!many || index < 2);
      // Where one is stays in sight.
      const shown = open || collapsed ? tables : tables.filter((name) => tablePath(name) === selected);
      return {
        key: `group:${group.name}`,
        type: 'group' as const,
        label: collapsed ? (
          <span className="sidebar-rule" />
        ) : (
          <button type="button" className="sidebar-group" aria-expanded={open} onClick={() => setFolds({ ...folds, [group.name]: !open })}>
            {label(group.label)}
            <RightOutlined className={open ? 'sidebar-fold sidebar-fold-open' : 'sidebar-fold'} aria-hidden="true" />
          </button>
        ),
        children: shown.map((name) => {
          const table = model.tables[name];
          const text = table ? label(table.pluralLabel) : name;
          return { key: tablePath(name), icon: <ModelIcon name={table?.icon} label={text} />, label: <Link to={tablePath(name)}>{text}</Link> };
        }),
      };
    }),
  ];
}

type Folds = Readonly<Record<string, boolean>>;
const isFolds = (value: unknown): value is Folds => typeof value === 'object' && value !== null && Object.values(value).every((open) => typeof open === 'boolean');
/** With more entries than fit, later groups begin folded. */
const MOST_UNFOLDED = 20;

function SidebarContent({ collapsed, phone, onCollapse }: { collapsed: boolean; phone: boolean; onCollapse: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const app = useApp();
  const { model } = app;
  const pages = use(ExtraPagesContext).flatMap((page) => (page.link && mayDesign(app) ? [page.link] : []));
  const { openSearch } = useShell();
  const location = useLocation();
  const [, area, name] = location.pathname.split('/');
  const selected = area === 'tables' && name ? tablePath(name) : location.pathname;
  const items = useNavigation(collapsed, selected);
  return (
    <>
      <div className="sidebar-head">
        {collapsed ? null : (
          <Link to="/" className="brand" title={label(model.label)}>
            <img src="/favicon.svg" alt="" width={20} height={20} />
            <span>{label(model.label)}</span>
          </Link>
        )}
        {phone ? null : (
          <IconButton
            size="small"
            label={collapsed ? t('app.expand') : t('app.collapse')}
            icon={collapsed ? <MenuUnfoldOutlined aria-hidden="true" /> : <MenuFoldOutlined aria-hidden="true" />}
            onClick={onCollapse}
          />
        )}
      </div>
      {collapsed ? (
        <IconButton className="sidebar-search" label={t('app.search')} shortcut="Ctrl K" icon={<SearchOutlined aria-hidden="true" />} onClick={openSearch} />
      ) : (
        <Button className="sidebar-search" icon={<SearchOutlined aria-hidden="true" />} onClick={openSearch} block>
          <span className="sidebar-search-text">{t('app.search')}</span>
          <kbd>Ctrl K</kbd>
        </Button>
      )}
      <nav className="sidebar-nav" aria-label={t('app.menu')}>
        <Menu mode="inline" inlineCollapsed={collapsed} selectedKeys={[selected]} items={items} inlineIndent={12} />
      </nav>
      <div className="sidebar-foot">
        <Menu
          mode="inline"
          inlineCollapsed={collapsed}
          inlineIndent={12}
          selectedKeys={[selected]}
          items={[
            ...pages.map(({ to, text, icon }) => ({ key: to, icon, label: <Link to={to}>{label(text)}</Link> })),
            { key: '/bin', icon: <DeleteOutlined aria-hidden="true" />, label: <Link to="/bin">{t('action.bin')}</Link> },
          ]}
        />
        <UserMenu collapsed={collapsed} />
      </div>
    </>
  );
}

export function Sidebar({ phone, open, collapsed, onClose, onCollapse }: SidebarProps) {
  const { t } = useTranslation();
  if (phone) {
    return (
      <Drawer open={open} onClose={onClose} placement="left" size={280} closable={false} aria-label={t('app.menu')} styles={{ body: { padding: 0 } }}>
        <div className="sidebar sidebar-phone">
          <SidebarContent collapsed={false} phone onCollapse={onCollapse} />
        </div>
      </Drawer>
    );
  }
  return (
    <aside className={collapsed ? 'sidebar sidebar-collapsed' : 'sidebar'}>
      <SidebarContent collapsed={collapsed} phone={false} onCollapse={onCollapse} />
    </aside>
  );
}
