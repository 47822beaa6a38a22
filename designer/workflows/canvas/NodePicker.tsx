/** The kinds of steps, by group, found by name or description: beside the canvas and where a step is put in. */
import { SearchOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { NODE_GROUPS, type NodeType } from '#engine/workflows/node-type.ts';
import { NODE_TYPES, type NodeTypeName } from '#engine/workflows/nodes/index.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { StepIcon } from '../StepIcon.tsx';
import { useWorkflowTexts } from '../texts.ts';

export const DRAGGED = 'application/x-relata-node';

interface NodePickerProps {
  readonly onPick: (type: NodeTypeName) => void;
  /** Items can be dragged onto the canvas. */
  readonly canDrag?: boolean;
  readonly takesFocus?: boolean;
  /** What may not stand here: what waits in a run inside the save, and what sets fields before the save elsewhere. */
  readonly insideSave: boolean;
}

const ALL = Object.entries(NODE_TYPES as Readonly<Record<NodeTypeName, NodeType>>) as readonly (readonly [NodeTypeName, NodeType])[];

export function NodePicker({ onPick, canDrag = false, takesFocus = false, insideSave }: NodePickerProps) {
  const { group, canvas } = useWorkflowTexts();
  const label = useLabel();
  const [query, setQuery] = useState('');
  const search = useRef<InputRef>(null);
  const list = useRef<HTMLDivElement>(null);
  // A popover draws its content before it stands in its place; focus at once would scroll the page there.
  useEffect(() => {
    if (takesFocus) setTimeout(() => search.current?.focus({ preventScroll: true }), 60);
  }, [takesFocus]);
  const wanted = query.trim().toLowerCase();
  const found = ALL.filter(([name, type]) => {
    if (insideSave ? !type.instant : type.insideSave) return false;
    return [name, type.label['zh-CN'], type.label.en, type.description['zh-CN'], type.description.en].some((text) => text.toLowerCase().includes(wanted));
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const here = items.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (here + step < 0) search.current?.focus();
      else items[Math.min(here + step, items.length - 1)]?.focus();
    }
    const [first] = found;
    if (event.key === 'Enter' && here < 0 && first && wanted && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onPick(first[0]);
    }
  };
  return (
    <div className="node-picker" onKeyDown={onKeyDown}>
      <Input ref={search} size="small" allowClear prefix={<SearchOutlined className="quiet" aria-hidden="true" />} placeholder={canvas.search} aria-label={canvas.search} value={query} onChange={(event) => setQuery(event.target.value)} />
      <div className="node-list" ref={list}>
        {found.length === 0 ? <p className="quiet">{canvas.none}</p> : null}
        {NODE_GROUPS.map((name) => {
          const types = found.filter(([, type]) => type.group === name);
          return types.length === 0 ? null : (
            <section key={name}>
              <h3>{group[name]}</h3>
              {types.map(([type, { label: title, description, icon }]) => (
                <button
                  key={type}
                  type="button"
                  className="node-item"
                  title={label(description)}
                  draggable={canDrag}
                  onDragStart={(event: DragEvent) => {
                    event.dataTransfer.setData(DRAGGED, type);
                    event.dataTransfer.effectAllowed = 'copy';
                  }}
                  onClick={() => onPick(type)}
                >
                  <StepIcon icon={icon} group={name} />
                  <span>
                    <strong className="ellipsis">{label(title)}</strong>
                    <span className="quiet ellipsis">{label(description)}</span>
                  </span>
                </button>
              ))}
            </section>
          );
        })}
      </div>
    </div>
  );
}
