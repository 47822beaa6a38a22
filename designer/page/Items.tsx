import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Collapse, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { moveItem, type Patch, patched } from '#engine/changes/edits.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useTexts } from '../i18n/index.ts';
import { SortableList } from '../ui/SortableList.tsx';

interface ItemsProps<Item> {
  readonly items: readonly Item[];
  readonly titleOf: (item: Item) => string;
  readonly onChange: (items: readonly Item[] | undefined) => void;
  readonly children: (item: Item, change: (patch: Patch<Item>) => void) => ReactNode;
  readonly add: { readonly text: string; readonly choices: readonly { readonly key: string; readonly text: string; readonly item: Item }[] };
}

/** Folded things in an order of their own, each with its settings inside. */
export function Items<Item extends object>({ items, titleOf, onChange, children, add }: ItemsProps<Item>) {
  const { page } = useTexts();
  const ids = items.map((_, index) => String(index));
  const set = (next: readonly Item[]) => onChange(next.length > 0 ? next : undefined);
  return (
    <div className="columns-editor">
      <SortableList ids={ids} nameOf={(id) => titleOf(items[Number(id)] as Item)} onMove={(from, to) => set(moveItem(items, from, to))}>
        {(id, handle) => {
          const index = Number(id);
          const item = items[index];
          if (!item) return null;
          return (
            <div className="page-item">
              {handle}
              <Collapse
                ghost
                size="small"
                items={[{ key: id, label: titleOf(item), children: children(item, (patch) => set(items.map((own, i) => (i === index ? patched(own, patch) : own)))) }]}
              />
              <IconButton size="small" label={`${page.remove}: ${titleOf(item)}`} icon={<CloseOutlined aria-hidden="true" />} onClick={() => set(items.filter((_, i) => i !== index))} />
            </div>
          );
        }}
      </SortableList>
      {add.choices.length === 0 ? (
        <p className="quiet">{page.noPointing}</p>
      ) : (
        <Dropdown trigger={['click']} menu={{ items: add.choices.map((choice) => ({ key: choice.key, label: choice.text, onClick: () => set([...items, choice.item]) })) }}>
          <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />}>
            {add.text}
          </Button>
        </Dropdown>
      )}
    </div>
  );
}
