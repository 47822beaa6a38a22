/** A chosen variable in words; a click chooses another. */
import { CloseOutlined, FunctionOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useWorkflowTexts } from '../texts.ts';
import type { Wanted } from './variable-entries.ts';
import { entryLabels } from './variable-entries.ts';
import { useVariableEntries, VariableList } from './VariablePicker.tsx';

interface VariableButtonProps {
  readonly wanted: Wanted;
  readonly onPick: (path: string) => void;
  readonly children: ReactNode;
}

/** A button whose click opens the choice of a variable. */
export function VariablePopover({ wanted, onPick, children }: VariableButtonProps) {
  const { editor } = useWorkflowTexts();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      title={wanted.what === 'record' ? editor.record : wanted.what === 'list' ? editor.list : editor.pick}
      content={
        <VariableList
          wanted={wanted}
          onPick={(path) => {
            onPick(path);
            setOpen(false);
          }}
        />
      }
    >
      {children}
    </Popover>
  );
}

export function useVariableWords(wanted: Wanted): (path: string) => string {
  const label = useLabel();
  const entries = useVariableEntries(wanted);
  return (path) => entryLabels(entries, path).map(label).join(' · ');
}

interface VariableChipProps {
  readonly id?: string | undefined;
  readonly path: string | undefined;
  readonly wanted: Wanted;
  readonly placeholder?: string | undefined;
  readonly onPick: (path: string) => void;
  readonly onClear?: (() => void) | undefined;
}

export function VariableChip({ id, path, wanted, placeholder, onPick, onClear }: VariableChipProps) {
  const { editor } = useWorkflowTexts();
  const wordsOf = useVariableWords(wanted);
  return (
    <span className="variable-chip">
      <VariablePopover wanted={wanted} onPick={onPick}>
        <Button id={id} size="middle" icon={<FunctionOutlined aria-hidden="true" />} title={path} className={path ? 'variable-button' : 'variable-button variable-unset'}>
          <span className="ellipsis">{path ? wordsOf(path) : (placeholder ?? editor.pick)}</span>
        </Button>
      </VariablePopover>
      {path && onClear ? <IconButton size="small" label={editor.clear} icon={<CloseOutlined aria-hidden="true" />} onClick={onClear} /> : null}
    </span>
  );
}
