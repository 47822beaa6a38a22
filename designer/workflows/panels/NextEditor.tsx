import { AimOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { Port } from '#engine/workflows/node-type.ts';
import { labelOf } from '#engine/workflows/scope.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useWorkflowTexts } from '../texts.ts';

interface NextEditorProps {
  readonly workflow: WorkflowDefinition;
  readonly ports: readonly Port[];
  readonly targetOf: (port: string) => string | undefined;
  /** May not lead to itself. */
  readonly self: string | null;
  readonly onConnect: (port: string, target: string | undefined) => void;
  readonly onOpen: (name: string) => void;
}

/** Where each way out leads: what dragging a line does, without dragging. */
export function NextEditor({ workflow, ports, targetOf, self, onConnect, onOpen }: NextEditorProps) {
  const { panel } = useWorkflowTexts();
  const label = useLabel();
  const nodes = workflow.nodes.filter((node) => node.name !== self).map((node) => ({ value: node.name, label: node.label ? label(node.label) : `${label(labelOf(node))} · ${node.name}` }));
  if (ports.length === 0) return <p className="quiet">{panel.ends}</p>;
  return (
    <div className="next-editor">
      {ports.map((port) => {
        const target = targetOf(port.name);
        const id = `next-${port.name}`;
        return (
          <div key={port.name} className="next-line">
            <label htmlFor={id} className={`port-name port-${port.kind ?? 'plain'}`}>
              {label(port.label)}
            </label>
            <Select id={id} className="full" allowClear showSearch={{ optionFilterProp: 'label' }} value={target ?? null} placeholder={panel.ends} options={nodes} popupMatchSelectWidth={false} onChange={(next: string | null | undefined) => onConnect(port.name, next ?? undefined)} />
            <IconButton size="small" label={panel.open} icon={<AimOutlined aria-hidden="true" />} disabled={target === undefined} onClick={() => (target === undefined ? undefined : onOpen(target))} />
          </div>
        );
      })}
      {ports.some((port) => port.kind === 'error' && targetOf(port.name) === undefined) ? <p className="setting-help">{panel.noErrorPath}</p> : null}
    </div>
  );
}
