/** The columns of a view in their order, with width and whether they stay in sight. */
import { CloseOutlined, PushpinFilled, PushpinOutlined } from '@ant-design/icons';
import { InputNumber, Select } from 'antd';
import { useMemo } from 'react';
import { moveItem, patched } from '#engine/changes/edits.ts';
import type { TableColumn } from '#engine/views/table.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';
import { pathLabel, resolveFieldPath } from '#runtime/model/paths.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { MAX_WIDTH, MIN_WIDTH } from '#runtime/views/view-columns.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { SortableList } from '../ui/SortableList.tsx';
import type { EditorProps } from './editor.ts';
import { fieldChoices } from './field-choices.ts';

type Written = string | TableColumn;

const HOPS = 2;

/** A column that says nothing beside its path is written as the path. */
function written(column: TableColumn): Written {
  return column.width === undefined && column.pinned === undefined ? column.field : column;
}

function read(value: unknown): TableColumn[] {
  return Array.isArray(value) ? (value as Written[]).map((column) => (typeof column === 'string' ? { field: column } : column)) : [];
}

interface PathSelectProps {
  readonly table: string;
  readonly taken: readonly string[];
  readonly placeholder: string;
  readonly onChoose: (path: string) => void;
}

/** Adds a path: fields of the table first, then those over references. */
export function AddPath({ table, taken, placeholder, onChoose }: PathSelectProps) {
  const locale = useLocale();
  const { settings, tree } = useTexts();
  const { model } = useDraft();
  const groups = useMemo(() => {
    const choices = fieldChoices(model, table, locale, HOPS).filter(({ path, field }) => !field.hidden && resolveFieldPath(model, table, path) && !taken.includes(path));
    const toOptions = (over: boolean) => choices.filter((choice) => choice.over.length > 0 === over).map(({ path, label }) => ({ value: path, label }));
    return [{ label: tree.fields, options: toOptions(false) }, { label: settings.fieldOver, options: toOptions(true) }];
  }, [model, table, locale, taken, settings, tree]);
  return <Select className="full" showSearch={{ optionFilterProp: 'label' }} value={null} placeholder={placeholder} aria-label={placeholder} options={groups} popupMatchSelectWidth={false} onChange={(path: string | null) => (path ? onChoose(path) : undefined)} />;
}

export function usePathName(table: string): (path: string) => string {
  const locale = useLocale();
  const { model } = useDraft();
  return (path) => {
    const found = resolveFieldPath(model, table, path);
    return found ? pathLabel(found, locale) : path;
  };
}

export function ColumnsEditor({ id, value, onChange, context }: EditorProps) {
  const { view } = useTexts();
  const nameOf = usePathName(context.table);
  const columns = read(value);
  const paths = columns.map((column) => column.field);
  const set = (next: readonly TableColumn[]) => onChange(next.map(written));
  return (
    <div className="columns-editor" id={id}>
      <SortableList ids={paths} nameOf={nameOf} onMove={(from, to) => set(moveItem(columns, from, to))}>
        {(path, handle) => {
          const index = paths.indexOf(path);
          const column = columns[index];
          if (!column) return null;
          const change = (patch: Partial<Record<keyof TableColumn, unknown>>) => set(columns.map((own, i) => (i === index ? patched(own, patch as Partial<TableColumn>) : own)));
          return (
            <div className="column-line">
              {handle}
              <span className="ellipsis">{nameOf(path)}</span>
              <InputNumber size="small" controls={false} min={MIN_WIDTH} max={MAX_WIDTH} precision={0} value={column.width ?? null} placeholder={view.auto} aria-label={`${view.width}: ${nameOf(path)}`} onChange={(width) => change({ width: width ?? undefined })} />
              <IconButton size="small" label={view.pinned} aria-pressed={column.pinned === true} icon={column.pinned ? <PushpinFilled aria-hidden="true" /> : <PushpinOutlined aria-hidden="true" />} onClick={() => change({ pinned: column.pinned ? undefined : true })} />
              <IconButton size="small" label={view.removeColumn} icon={<CloseOutlined aria-hidden="true" />} disabled={columns.length === 1} onClick={() => set(columns.filter((_, i) => i !== index))} />
            </div>
          );
        }}
      </SortableList>
      <AddPath table={context.table} taken={paths} placeholder={view.addColumn} onChoose={(path) => set([...columns, { field: path }])} />
    </div>
  );
}
