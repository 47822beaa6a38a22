import { CopyOutlined, DeleteOutlined, PartitionOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Panel } from '@xyflow/react';
import { Popover } from 'antd';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { fill } from '../../i18n/index.ts';
import { useWorkflowTexts } from '../texts.ts';

interface CanvasToolsProps {
  /** Nodes selected. */
  readonly count: number;
  /** Something was placed by hand. */
  readonly isPlaced: boolean;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
  readonly onTidy: () => void;
}

export function CanvasTools({ count, isPlaced, onDuplicate, onRemove, onTidy }: CanvasToolsProps) {
  const { canvas } = useWorkflowTexts();
  return (
    <>
      <Panel position="top-right" className="flow-tools">
        <IconButton size="small" label={canvas.tidy} icon={<PartitionOutlined aria-hidden="true" />} disabled={!isPlaced} onClick={onTidy} />
        <Popover trigger="click" placement="bottomRight" title={canvas.keys} content={<ul className="flow-keys">{canvas.keyList.split(' · ').map((line) => <li key={line}>{line}</li>)}</ul>}>
          <IconButton size="small" label={canvas.keys} icon={<QuestionCircleOutlined aria-hidden="true" />} />
        </Popover>
      </Panel>
      {count > 0 ? (
        <Panel position="bottom-center" className="flow-tools">
          <span className="flow-count">{fill(canvas.selected, { n: count })}</span>
          <IconButton size="small" label={canvas.duplicate} shortcut="Ctrl D" icon={<CopyOutlined aria-hidden="true" />} onClick={onDuplicate} />
          <IconButton size="small" label={canvas.remove} shortcut="Delete" icon={<DeleteOutlined aria-hidden="true" />} onClick={onRemove} />
        </Panel>
      ) : null}
    </>
  );
}
