import { Tooltip } from 'antd';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Included, Values } from '../../api/types.ts';
import { FIELD_COMPONENTS } from '../../fields/index.ts';

interface CellEditorProps {
  readonly field: FieldModel;
  readonly value: Json;
  readonly record: Values;
  readonly included: Included;
  readonly problem: string | null;
  readonly onCommit: (value: Json) => void;
  readonly onCancel: () => void;
}

const POPUPS = '.ant-select-dropdown, .ant-picker-dropdown, .ant-cascader-dropdown, .ant-modal-root, .ant-popover';

/** The field's own input in the place of its cell. Enter and leaving commit, Escape gives up. */
export function CellEditor({ field, value, record, included, problem, onCommit, onCancel }: CellEditorProps) {
  const [draft, setDraft] = useState<Json>(value);
  const latest = useRef(draft);
  const place = useRef<HTMLDivElement>(null);
  const finished = useRef(false);
  const { Input } = FIELD_COMPONENTS[field.type];

  const change = (next: Json) => {
    latest.current = next;
    setDraft(next);
  };
  const commit = () => {
    if (finished.current) return;
    finished.current = true;
    if (JSON.stringify(latest.current) === JSON.stringify(value)) onCancel();
    else onCommit(latest.current);
  };
  useEffect(() => {
    if (problem !== null) finished.current = false;
  }, [problem]);

  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      if (!(event.target instanceof Element) || place.current?.contains(event.target) || event.target.closest(POPUPS)) return;
      // Inputs that read their text when they are left must have spoken before the value is taken.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      commit();
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      finished.current = true;
      onCancel();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && !event.nativeEvent.isComposing) {
      if (event.target instanceof HTMLTextAreaElement && event.key === 'Enter' && !event.ctrlKey && !event.metaKey) return;
      if (document.querySelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden)') && event.key === 'Enter') return;
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      commit();
    }
  };

  return (
    <Tooltip open={problem !== null} title={problem} color="var(--ant-color-error)">
      <div ref={place} className="grid-editor" onKeyDown={onKeyDown}>
        <Input
          id={`cell-${field.name}`}
          field={field}
          value={draft}
          onChange={change}
          record={record}
          included={included}
          invalid={problem !== null}
          inCell
          onDone={() => setTimeout(commit)}
        />
      </div>
    </Tooltip>
  );
}
