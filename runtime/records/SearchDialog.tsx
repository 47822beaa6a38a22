/** Search over everything, by keyboard: type, arrow, Enter. */
import { SearchOutlined } from '@ant-design/icons';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSearch } from '../api/records.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useNavigationTables } from '../app/navigation.ts';
import { recordPagePath, tablePath } from '../app/paths.ts';
import { useApp } from '../app/session.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ModelIcon } from '../ui/ModelIcon.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { usePhone } from '../ui/use-phone.ts';

interface Target {
  readonly key: string;
  readonly path: string;
  readonly title: string;
  readonly subtitle: string;
  readonly group: string;
  readonly icon: React.ReactNode;
}

export function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const phone = usePhone();
  const navigate = useNavigate();
  const { model } = useApp();
  const tables = useNavigationTables();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const wanted = useDebounced(text.trim(), 150);
  const found = useSearch(wanted);

  const places: Target[] = tables
    .filter((table) => text.trim() === '' || label(table.pluralLabel).toLowerCase().includes(text.trim().toLowerCase()))
    .slice(0, text.trim() === '' ? 8 : 3)
    .map((table) => ({ key: `table:${table.name}`, path: tablePath(table.name), title: label(table.pluralLabel), subtitle: '', group: t('search.goto'), icon: <ModelIcon name={table.icon} label={label(table.label)} /> }));
  const records: Target[] = (wanted === '' ? [] : (found.data?.results ?? [])).map((result) => {
    const table = model.tables[result.table];
    const title = result.title || t('field.noTitle');
    return { key: `${result.table}/${result.id}`, path: recordPagePath(result.table, result.id), title, subtitle: result.subtitle ?? '', group: table ? label(table.label) : result.table, icon: <Avatar name={title} size={24} square /> };
  });
  const targets = [...records, ...places];
  const waiting = text.trim() !== '' && (found.isPending || text.trim() !== wanted);

  const open = (target: Target | undefined) => {
    if (!target) return;
    onClose();
    void navigate(target.path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive((index) => Math.min(targets.length - 1, index + 1));
    else if (event.key === 'ArrowUp') setActive((index) => Math.max(0, index - 1));
    else if (event.key === 'Enter') open(targets[active]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={600} style={{ top: 80 }} classNames={{ container: 'search-dialog' }} title={null}>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined className="quiet" aria-hidden="true" />}
        suffix={phone ? null : <kbd>Esc</kbd>}
        placeholder={t('search.placeholder')}
        aria-label={t('app.searchHint')}
        role="combobox"
        aria-expanded={targets.length > 0}
        aria-controls="search-results"
        aria-activedescendant={targets[active] ? `search-${active}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="search-results" role="listbox" aria-label={t('app.search')} className="search-results">
        {found.isError ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
        {waiting && records.length === 0 ? <RowsSkeleton rows={3} columns={1} /> : null}
        {!waiting && text.trim() !== '' && targets.length === 0 && !found.isError ? <EmptyState title={t('search.empty', { q: text.trim() })} hint={t('search.emptyHint')} /> : null}
        {targets.map((target, index) => (
          <div key={target.key}>
            {index === 0 || targets[index - 1]?.group !== target.group ? <p className="search-group">{target.group}</p> : null}
            <button type="button" id={`search-${index}`} role="option" aria-selected={index === active} tabIndex={-1} className={index === active ? 'search-result search-active' : 'search-result'} onMouseMove={() => setActive(index)} onClick={() => open(target)}>
              {target.icon}
              <span className="ellipsis">{target.title}</span>
              <span className="quiet ellipsis">{target.subtitle}</span>
            </button>
          </div>
        ))}
        {text.trim() === '' ? <p className="search-hint quiet">{t('search.hintText')}</p> : null}
      </div>
    </Modal>
  );
}
