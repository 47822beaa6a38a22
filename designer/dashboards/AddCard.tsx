/** What a new card shows: a kind of chart, a list, a text, the inbox. */
import { AuditOutlined, BellOutlined, FontSizeOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Modal } from 'antd';
import type { ReactNode } from 'react';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import { CHART_TYPES, type ChartTypeName } from '#engine/charts/index.ts';
import type { CardDefinition } from '#engine/dashboards/definitions.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { ChartTypeIcon } from '#runtime/charts/ChartTypeIcon.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { useDashboardDesignerTexts } from './texts.ts';

type NewCard = Partial<Pick<CardDefinition, 'chart' | 'list' | 'text' | 'inbox'>>;
type Size = { readonly w: number; readonly h: number };

interface AddCardProps {
  /** The table of the cards that are there, so that the next one begins near them. */
  readonly table: string | undefined;
  readonly onAdd: (card: NewCard, size: Size) => void;
  readonly onClose: () => void;
}

const SMALL = { w: 3, h: 3 };
const MIDDLE = { w: 6, h: 7 };
const COUNT = { name: 'count', label: { 'zh-CN': '数量', en: 'Count' }, function: 'count' as const };

/** A chart that can be drawn at once: records by their first options, or by month. */
function firstChart(type: ChartTypeName, { tables, app }: Definitions, wanted: string | undefined): ChartDefinition | undefined {
  const table = tables.find(({ name }) => name === wanted) ?? tables[0];
  if (!table) return undefined;
  const options = table.fields.filter((field) => Array.isArray(field.options) || (typeof field.options === 'string' && app.options?.[field.options]));
  const [least] = CHART_TYPES[type].dimensions;
  const fields = [...options.filter((field) => !field.hidden).map((field) => ({ field: field.name })), { field: 'created_at', grain: 'month' as const }, { field: 'owner' }];
  const dimensions = fields.slice(0, least);
  const [measures] = CHART_TYPES[type].measures;
  return {
    name: 'chart',
    label: { 'zh-CN': `${table.label['zh-CN']}`, en: table.label.en },
    type,
    table: table.name,
    ...(dimensions.length > 0 && { dimensions }),
    measures: measures > 1 ? [COUNT, { name: 'people', label: { 'zh-CN': '人数', en: 'People' }, function: 'countDistinct', field: 'owner', line: true }] : [COUNT],
  };
}

export function AddCard({ table, onAdd, onClose }: AddCardProps) {
  const texts = useDashboardDesignerTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const first = definitions.tables.find(({ name }) => name === table) ?? definitions.tables[0];
  const tile = (key: string, icon: ReactNode, text: string, hint: string, add: () => void) => (
    <button key={key} type="button" className="chart-type" title={hint} onClick={add}>
      {icon}
      <span>{text}</span>
    </button>
  );
  return (
    <Modal open title={texts.addCard} footer={null} onCancel={onClose} width={560}>
      <h3 className="quiet">{texts.chart}</h3>
      <div className="chart-types">
        {(Object.keys(CHART_TYPES) as ChartTypeName[]).map((type) =>
          tile(type, <ChartTypeIcon type={type} />, label(CHART_TYPES[type].label), label(CHART_TYPES[type].hint), () => {
            const chart = firstChart(type, definitions, table);
            if (chart) onAdd({ chart }, CHART_TYPES[type].dimensions[1] === 0 ? SMALL : MIDDLE);
          }),
        )}
      </div>
      <h3 className="quiet">{texts.which}</h3>
      <div className="chart-types">
        {first ? tile('list', <UnorderedListOutlined aria-hidden="true" />, texts.list, texts.list, () => onAdd({ list: { table: first.name, view: first.views?.[0]?.name ?? 'all' } }, { w: 4, h: 7 })) : null}
        {tile('text', <FontSizeOutlined aria-hidden="true" />, texts.text, texts.text, () => onAdd({ text: { 'zh-CN': '**说明**', en: '**Note**' } }, { w: 4, h: 3 }))}
        {tile('approvals', <AuditOutlined aria-hidden="true" />, texts.approvals, texts.approvals, () => onAdd({ inbox: 'approvals' }, { w: 4, h: 5 }))}
        {tile('notices', <BellOutlined aria-hidden="true" />, texts.notices, texts.notices, () => onAdd({ inbox: 'notices' }, { w: 4, h: 5 }))}
      </div>
    </Modal>
  );
}
