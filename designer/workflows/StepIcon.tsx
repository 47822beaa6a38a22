/** Icons of triggers and steps, by the name their types give; loaded with the workflow designer only. */
import {
  ApiOutlined, BranchesOutlined, CalculatorOutlined, ClockCircleOutlined, ColumnWidthOutlined, DeleteOutlined, EditOutlined, FilterOutlined, ForkOutlined, FormOutlined, FunctionOutlined, HourglassOutlined, PartitionOutlined, PlusSquareOutlined, RetweetOutlined, SafetyOutlined, SearchOutlined, StopOutlined, ThunderboltOutlined, UserSwitchOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { NodeGroup } from '#engine/workflows/node-type.ts';
import { NODE_TYPES, nodeTypeOf } from '#engine/workflows/nodes/index.ts';
import { TRIGGER_TYPES, triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { useAppearance } from '#runtime/app/appearance.ts';
import { type OptionColor, optionColors } from '#runtime/app/theme.ts';
import { ModelIcon } from '#runtime/ui/ModelIcon.tsx';

const ICONS: Readonly<Record<string, ComponentType<{ 'aria-hidden'?: 'true' }>>> = {
  api: ApiOutlined, branches: BranchesOutlined, calculator: CalculatorOutlined, 'clock-circle': ClockCircleOutlined, columns: ColumnWidthOutlined, delete: DeleteOutlined, edit: EditOutlined, filter: FilterOutlined, fork: ForkOutlined, form: FormOutlined, function: FunctionOutlined, hourglass: HourglassOutlined,
  partition: PartitionOutlined, 'plus-square': PlusSquareOutlined, retweet: RetweetOutlined, safety: SafetyOutlined, search: SearchOutlined, stop: StopOutlined, thunderbolt: ThunderboltOutlined, 'user-switch': UserSwitchOutlined,
};

const COLORS: Readonly<Record<NodeGroup | 'trigger', OptionColor>> = { trigger: 'indigo', logic: 'gray', data: 'teal', people: 'purple', time: 'orange', outside: 'pink' };

export function StepIcon({ icon, group }: { icon: string; group: NodeGroup | 'trigger' }) {
  const { ink, tint } = optionColors(COLORS[group], useAppearance());
  const Icon = Object.hasOwn(ICONS, icon) ? ICONS[icon] : undefined;
  return <span className="step-icon" style={{ color: ink, background: tint }}>{Icon ? <Icon aria-hidden="true" /> : <ModelIcon name={icon} label={icon} />}</span>;
}

export function NodeIcon({ node }: { node: { readonly type: string } }) {
  if (!Object.hasOwn(NODE_TYPES, node.type)) return <StepIcon icon="stop" group="logic" />;
  const { icon, group } = nodeTypeOf(node);
  return <StepIcon icon={icon} group={group} />;
}

export function TriggerIcon({ trigger }: { trigger: { readonly type: string } }) {
  return <StepIcon icon={Object.hasOwn(TRIGGER_TYPES, trigger.type) ? triggerTypeOf(trigger).icon : 'stop'} group="trigger" />;
}
