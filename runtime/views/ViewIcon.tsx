import { BarChartOutlined, BlockOutlined, CalendarOutlined, ProjectOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { type ViewKind, viewKind } from './view-kinds.ts';

const ICONS = { table: UnorderedListOutlined, board: ProjectOutlined, calendar: CalendarOutlined, chart: BarChartOutlined, pivot: BlockOutlined } as const satisfies Record<ViewKind['icon'], unknown>;

export function ViewIcon({ type }: { type: string }) {
  const Icon = ICONS[viewKind(type).icon];
  return <Icon aria-hidden="true" />;
}
