import { DeleteOutlined, DownOutlined, SaveOutlined, UndoOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Input, type MenuProps, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import { deleteView, saveView } from '../api/views.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { isListView } from './view-kinds.ts';
import { ViewIcon } from './ViewIcon.tsx';
import type { ViewState } from './view-state.ts';

/** The view as it now looks, to be saved under a name. */
function currentView(state: ViewState, name: string, title: string): ViewDefinition {
  const { filter: _filter, sort: _sort, roles: _roles, ...base } = state.choice.view;
  return {
    ...base,
    name,
    label: { 'zh-CN': title, en: title },
    ...(state.filter !== undefined && { filter: state.filter }),
    ...(state.sort.length > 0 && { sort: [...state.sort] }),
    ...(isListView(base.type) && { columns: state.columns.map((column) => ({ field: column.path, width: column.width, ...(column.pinned && { pinned: true }) })) }),
  };
}

export function ViewSwitcher({ table, state }: { table: TableModel; state: ViewState }) {
  const { t } = useTranslation();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const { modal } = App.useApp();
  const [naming, setNaming] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { choice, choices } = state;

  const save = async (name: string, title: string, id?: string) => {
    setBusy(true);
    try {
      const saved = await saveView(table.name, currentView(state, name, title), id);
      state.reset();
      if (id === undefined) state.chooseView(`own:${saved.id}`);
      setNaming(null);
      toast({ text: t('list.viewSaved') });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };

  const remove = (id: string) => {
    modal.confirm({
      title: t('list.deleteView'),
      content: t('list.deleteViewText', { name: label(choice.view.label) }),
      okText: t('action.delete'),
      okButtonProps: { danger: true },
      onOk: async () => {
        await deleteView(id);
        state.chooseView(table.views[0]?.name ?? '');
      },
    });
  };

  const entry = (candidate: (typeof choices)[number]) => ({ key: candidate.key, icon: <ViewIcon type={candidate.view.type} />, label: label(candidate.view.label), onClick: () => state.chooseView(candidate.key) });
  const own = choices.filter((candidate) => candidate.ownId !== undefined);
  const items: MenuProps['items'] = [
    ...choices.filter((candidate) => candidate.ownId === undefined).map(entry),
    ...(own.length > 0 ? [{ key: 'own', type: 'group' as const, label: t('list.myViews'), children: own.map(entry) }] : []),
    { type: 'divider' },
    ...(state.changed && choice.ownId !== undefined
      ? [{ key: 'update', icon: <SaveOutlined aria-hidden="true" />, label: t('list.updateView'), onClick: () => void save(choice.view.name, label(choice.view.label), choice.ownId) }]
      : []),
    { key: 'save', icon: <SaveOutlined aria-hidden="true" />, label: t('list.saveView'), onClick: () => setNaming('') },
    ...(state.changed ? [{ key: 'reset', icon: <UndoOutlined aria-hidden="true" />, label: t('list.resetView'), onClick: state.reset }] : []),
    ...(choice.ownId !== undefined
      ? [{ key: 'delete', icon: <DeleteOutlined aria-hidden="true" />, danger: true, label: t('list.deleteView'), onClick: () => remove(choice.ownId ?? '') }]
      : []),
  ];

  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, selectedKeys: [choice.key] }}>
        <Button type="text" className="view-button" aria-label={`${t('list.views')}: ${label(choice.view.label)}`}>
          <ViewIcon type={choice.view.type} />
          <span className="ellipsis">{label(choice.view.label)}</span>
          {state.changed ? <span className="changed-dot" title={t('list.changed')} /> : null}
          <DownOutlined aria-hidden="true" />
        </Button>
      </Dropdown>
      <Modal
        open={naming !== null}
        title={t('list.saveView')}
        okText={t('action.save')}
        confirmLoading={busy}
        okButtonProps={{ disabled: !naming?.trim() }}
        onCancel={() => setNaming(null)}
        onOk={() => void save(`view_${Date.now().toString(36)}`, naming?.trim() ?? '')}
        width={400}
        destroyOnHidden
      >
        <Input
          autoFocus
          maxLength={80}
          aria-label={t('list.viewName')}
          placeholder={t('list.viewName')}
          value={naming ?? ''}
          onChange={(event) => setNaming(event.target.value)}
          onPressEnter={() => (naming?.trim() ? void save(`view_${Date.now().toString(36)}`, naming.trim()) : undefined)}
        />
      </Modal>
    </>
  );
}
