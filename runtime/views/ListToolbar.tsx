import { ColumnHeightOutlined, FilterOutlined, SearchOutlined, SortAscendingOutlined, TableOutlined } from '@ant-design/icons';
import { Badge, Button, Dropdown, Input, type InputRef } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../api/types.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { formatNumber } from '../fields/format.ts';
import { PopPanel } from '../ui/PopPanel.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { usePhone } from '../ui/use-phone.ts';
import { useStored } from '../ui/use-stored.ts';
import { ColumnChooser } from './ColumnChooser.tsx';
import { isDensity } from './density.ts';
import { SortEditor } from './SortEditor.tsx';
import { viewDensity } from './view-extras.ts';
import { viewKind } from './view-kinds.ts';
import type { ViewState } from './view-state.ts';

const FilterEditor = lazy(() => import('../rules/FilterEditor.tsx').then((module) => ({ default: module.FilterEditor })));
const FilterSentence = lazy(() => import('../rules/FilterSentence.tsx').then((module) => ({ default: module.FilterSentence })));

interface ListToolbarProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly state: ViewState;
  readonly count: { value: number; capped: boolean } | undefined;
}

function SearchBox({ table, state }: { table: TableModel; state: ViewState }) {
  const { t } = useTranslation();
  const label = useLabel();
  const phone = usePhone();
  const [text, setText] = useState(state.search);
  const settled = useDebounced(text, 250);
  const box = useRef<InputRef>(null);
  const { setSearch, search } = state;
  const shown = useRef(search);

  // The address leads when it is changed from elsewhere (back, "clear"), the box leads while one types.
  useEffect(() => {
    if (shown.current !== search) {
      shown.current = search;
      setText(search);
    }
  }, [search]);
  useEffect(() => {
    if (settled.trim() !== shown.current) {
      shown.current = settled.trim();
      setSearch(settled.trim());
    }
  }, [settled, setSearch]);
  useHotkeys({ '/': () => box.current?.focus() });

  return (
    <Input
      ref={box}
      className="list-search"
      allowClear
      prefix={<SearchOutlined className="quiet" aria-hidden="true" />}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') box.current?.blur();
      }}
      placeholder={phone ? t('app.search') : t('list.search', { table: label(table.pluralLabel) })}
      aria-label={t('list.search', { table: label(table.pluralLabel) })}
    />
  );
}

export function ListToolbar({ table, access, state, count }: ListToolbarProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const phone = usePhone();
  const [density, setDensity] = useStored('density', viewDensity(state.choice.view), isDensity);
  const [open, setOpen] = useState<'filter' | 'sort' | 'columns' | null>(null);
  const kind = viewKind(state.choice.view.type);
  const toggle = (name: 'filter' | 'sort' | 'columns') => (next: boolean) => setOpen(next ? name : null);
  const button = (icon: React.ReactNode, text: string, active: boolean, name: string) => (
    <Button type="text" className={active ? 'tool tool-active' : 'tool'} icon={icon} aria-label={text} aria-expanded={open === name}>
      {phone ? null : text}
    </Button>
  );

  return (
    <>
      <div className="toolbar" role="toolbar">
        <SearchBox table={table} state={state} />
        <PopPanel
          title={t('list.filter')}
          open={open === 'filter'}
          onOpenChange={toggle('filter')}
          content={
            <Suspense fallback={<BlockSkeleton lines={2} />}>
              <FilterEditor table={table} filter={state.filter} onApply={state.setFilter} />
            </Suspense>
          }
        >
          {button(<Badge dot={state.filter !== undefined} color="var(--ant-color-primary)"><FilterOutlined aria-hidden="true" /></Badge>, t('list.filter'), state.filter !== undefined, 'filter')}
        </PopPanel>
        {kind.sorted ? <PopPanel
          title={t('list.sort')}
          open={open === 'sort'}
          onOpenChange={toggle('sort')}
          content={<SortEditor table={table} access={access} sort={state.sort} onChange={state.setSort} />}
        >
          {button(<SortAscendingOutlined aria-hidden="true" />, t('list.sort'), state.sortChanged, 'sort')}
        </PopPanel> : null}
        {phone || !kind.rows ? null : (
          <>
            <PopPanel
              title={t('list.columns')}
              open={open === 'columns'}
              onOpenChange={toggle('columns')}
              content={<ColumnChooser table={table} access={access} state={state} />}
            >
              {button(<TableOutlined aria-hidden="true" />, t('list.columns'), state.layout.paths !== undefined, 'columns')}
            </PopPanel>
            <Dropdown
              trigger={['click']}
              menu={{
                selectedKeys: [density],
                items: (['compact', 'comfortable'] as const).map((name) => ({ key: name, label: t(`list.${name}`), onClick: () => setDensity(name) })),
              }}
            >
              {button(<ColumnHeightOutlined aria-hidden="true" />, t('list.density'), false, 'density')}
            </Dropdown>
          </>
        )}
        <span className="toolbar-count" aria-live="polite">
          {count ? t(count.capped ? 'list.countCapped' : 'list.count', { value: formatNumber(count.value, locale) }) : ''}
        </span>
      </div>
      {state.filter !== undefined ? (
        <div className="filter-line">
          <Suspense fallback={null}>
            <FilterSentence table={table} filter={state.filter} />
          </Suspense>
          <Button size="small" type="link" onClick={() => state.setFilter(undefined)}>
            {t('action.clear')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
