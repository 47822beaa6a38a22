/** Groups of the side bar and the tables in each, both put in order by dragging. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { freeName, moveItem, updateApp } from '#engine/changes/edits.ts';
import type { AppDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { IconPicker } from '../ui/IconPicker.tsx';
import { LabelInput } from '../ui/LabelInput.tsx';
import { SortableList } from '../ui/SortableList.tsx';
import { useAppTexts } from './texts.ts';

type Group = AppDefinition['navigation'][number];

export function Navigation() {
  const texts = useAppTexts();
  const label = useLabel();
  const { definitions, model, edit } = useDraft();
  const groups = definitions.app.navigation;
  const change = (next: (groups: readonly Group[]) => Group[], key?: string) => edit((now) => updateApp(now, { navigation: next(now.app.navigation) }), key);
  const patch = (name: string, values: Partial<Group>, key?: string) => change((all) => all.map((group) => (group.name === name ? { ...group, ...values } : group)), key);
  const builtIn = Object.values(model.tables).filter((table) => table.builtIn);
  const choices = [
    ...definitions.tables.map((table) => ({ value: table.name, label: label(table.label) })),
    ...builtIn.map((table) => ({ value: table.name, label: `${label(table.label)} (${texts.builtIn})` })),
  ];
  const titleOf = (name: string): string => choices.find((choice) => choice.value === name)?.label ?? name;
  const add = () => {
    const name = freeName('group', groups.map((group) => group.name));
    change((all) => [...all, { name, label: { 'zh-CN': '新分组', en: 'New group' }, tables: [] }]);
  };
  return (
    <section>
      <h2>{texts.navigation}</h2>
      <p className="quiet">{texts.navigationHint}</p>
      <SortableList ids={groups.map((group) => group.name)} nameOf={(name) => label(groups.find((group) => group.name === name)?.label ?? { 'zh-CN': name, en: name })} onMove={(from, to) => change((all) => moveItem(all, from, to))} className="app-groups">
        {(name, handle) => {
          const group = groups.find((one) => one.name === name);
          if (!group) return null;
          return (
            <div className="app-group">
              <div className="app-group-head">
                {handle}
                <IconPicker id={`icon-${name}`} value={group.icon} name={label(group.label)} onChange={(icon) => change((all) => all.map((one) => (one.name === name ? withIcon(one, icon) : one)))} />
                <LabelInput id={`group-${name}`} value={group.label} onChange={(next) => next && patch(name, { label: next }, `group ${name}`)} />
                <IconButton label={texts.removeGroup} icon={<DeleteOutlined aria-hidden="true" />} onClick={() => change((all) => all.filter((one) => one.name !== name))} />
              </div>
              <SortableList ids={group.tables} nameOf={titleOf} onMove={(from, to) => patch(name, { tables: moveItem(group.tables, from, to) })} className="app-tables">
                {(table, tableHandle) => (
                  <div className="app-table">
                    {tableHandle}
                    <span>{titleOf(table)}</span>
                    <IconButton size="small" label={texts.remove} icon={<DeleteOutlined aria-hidden="true" />} onClick={() => patch(name, { tables: group.tables.filter((one) => one !== table) })} />
                  </div>
                )}
              </SortableList>
              <Select
                size="small"
                value={null}
                placeholder={`+ ${texts.tables}`}
                aria-label={`${label(group.label)}: ${texts.tables}`}
                options={choices.filter((choice) => !group.tables.includes(choice.value))}
                onChange={(table: string | null) => {
                  if (table) change((all) => all.map((one) => ({ ...one, tables: one.name === name ? [...one.tables, table] : one.tables.filter((own) => own !== table) })));
                }}
              />
            </div>
          );
        }}
      </SortableList>
      <Button type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={add}>
        {texts.addGroup}
      </Button>
    </section>
  );
}

function withIcon({ icon: _, ...group }: Group, icon: string | undefined): Group {
  return icon === undefined ? group : { ...group, icon };
}
