/** A chart in its card: title, one line of meaning, what can be done with it, and the drawing. */
import { BarChartOutlined, DownloadOutlined, MoneyCollectOutlined, MoreOutlined, PictureOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Dropdown, type MenuProps, Segmented, Tag, Tooltip } from 'antd';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { ChartData, ChartRow } from '#engine/charts/chart-data.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import { choices } from '#engine/charts/explore.ts';
import { type ChartGiven, downloadChart, tablesOf } from '../api/charts.ts';
import { saveUrl } from '../api/download.ts';
import type { ExportFormat } from '../api/exports.ts';
import { useAppearance } from '../app/appearance.ts';
import { chartInks } from '../app/chart-colors.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { useStored } from '../ui/use-stored.ts';
import { Bone } from '../ui/Skeletons.tsx';
import type { CanvasHandle } from './Canvas.tsx';
import { ChartBody, useDrawn } from './ChartBody.tsx';
import { chartSheet } from './chart-table.ts';
import { useChartTexts } from './texts.ts';
import { drawingOf } from './types.ts';
import { useDrill } from './use-drill.ts';
import { type Opened, useExploration } from './use-exploration.ts';
import type { Unit } from './values.ts';
import './charts.css';

/** How amounts are written on every chart of this browser; a chart's own unit, or by size. */
const UNIT_CHOICES = ['auto', 'one', 'tenThousand', 'hundredMillion'] as const satisfies readonly ('auto' | Unit)[];
const isUnitChoice = (value: unknown): value is (typeof UNIT_CHOICES)[number] => (UNIT_CHOICES as readonly unknown[]).includes(value);

interface ChartCardProps {
  readonly chart: ChartDefinition;
  readonly data: ChartData | undefined;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  readonly given: ChartGiven;
  /** Previews lead nowhere. */
  readonly still?: boolean;
  /** Stands before the menu: what a designer does with a card. */
  readonly extra?: ReactNode;
  readonly bare?: boolean;
}

export function ChartCard({ chart, data, error, onRetry, given, still = false, extra, bare = false }: ChartCardProps) {
  const texts = useChartTexts();
  const label = useLabel();
  const errorText = useErrorText();
  const appearance = useAppearance();
  const [asTable, setAsTable] = useState(false);
  const canvas = useRef<CanvasHandle>(null);
  const explored = useExploration(chart, data, given);
  const [unit, setUnit] = useStored('chart-unit', 'auto', isUnitChoice);
  const drawable = useMemo(() => (unit === 'auto' ? explored.chart : { ...explored.chart, unit }), [explored.chart, unit]);
  const drawn = useDrawn(drawable, explored.data);
  const toList = useDrill(explored.chart, explored.data, given);
  const problem = explored.error ?? error;
  const offered = choices(chart);
  const drill = (row: ChartRow, measure: string, before?: boolean) => {
    const text = drawn?.categories.find(({ key, other }) => !other && key === row.keys[0])?.text ?? '';
    if (!before && explored.open(row, text)) return;
    if (chart.unscoped) toast({ text: texts.unscopedList });
    toList(row, measure, before);
  };
  const drawing = drawingOf(chart.type);
  const title = label(chart.label);
  const isCanvas = drawing !== undefined && 'options' in drawing;
  const { access } = useApp();
  const toast = useToast();
  const mayExport = tablesOf(chart).every((table) => access[table]?.export === true);
  const take = async (format: ExportFormat): Promise<void> => {
    if (!drawn) return;
    try {
      await downloadChart(explored.chart, given, chartSheet(drawn, title), format);
    } catch (refusal) {
      toast({ kind: 'error', text: errorText(refusal) });
    }
  };
  const items: MenuProps['items'] = [
    { key: 'table', icon: asTable ? <BarChartOutlined aria-hidden="true" /> : <TableOutlined aria-hidden="true" />, label: asTable ? texts.chart : texts.table, onClick: () => setAsTable(!asTable) },
    ...(isCanvas && !asTable ? [{ key: 'png', icon: <PictureOutlined aria-hidden="true" />, label: texts.png, onClick: () => saveUrl(`${title}.png`, canvas.current?.picture(chartInks(appearance).ground) ?? '') }] : []),
    ...(drawn?.measures.some(({ measure }) => measure.format === 'money')
      ? [{ key: 'unit', icon: <MoneyCollectOutlined aria-hidden="true" />, label: texts.unit, children: UNIT_CHOICES.map((choice) => ({ key: choice, label: texts.units[choice], ...(choice === unit && { className: 'menu-chosen' }), onClick: () => setUnit(choice) })) }]
      : []),
    ...(mayExport && !still
      ? (['xlsx', 'csv', 'pdf'] as const).map((format) => ({ key: format, icon: <DownloadOutlined aria-hidden="true" />, label: texts[format], onClick: () => void take(format) }))
      : []),
  ];
  return (
    <section className={bare ? 'chart-card chart-card-bare' : 'chart-card'} aria-label={title}>
      <header className="chart-head">
        <div className="chart-titles">
          <h3 className="ellipsis" title={title}>{title}{chart.unscoped ? <Tooltip title={texts.unscopedHint}><Tag className="chart-tag">{texts.unscoped}</Tag></Tooltip> : null}</h3>
          {chart.description ? <p className="chart-meaning ellipsis" title={label(chart.description)}>{label(chart.description)}</p> : null}
        </div>
        {extra}
        {drawn ? (
          <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
            <Button className="chart-menu" type="text" size="small" icon={<MoreOutlined aria-hidden="true" />} aria-label={`${texts.more}: ${title}`} />
          </Dropdown>
        ) : null}
      </header>
      {offered.length > 0 || explored.opened.length > 0 ? (
        <div className="chart-look">
          {explored.opened.length > 0 ? <OpenedPath opened={explored.opened} onClose={explored.closeTo} /> : null}
          {offered.length > 0 ? (
            <Segmented size="small" aria-label={texts.measure} value={explored.measure ?? offered[0]?.name ?? ''} options={offered.map((measure) => ({ value: measure.name, label: label(measure.label) }))} onChange={(name) => explored.choose(name === offered[0]?.name ? null : name)} />
          ) : null}
        </div>
      ) : null}
      <div className="chart-place">
        {problem !== undefined && problem !== null && !drawn ? (
          <div role="alert">
            <EmptyState small title={texts.failed} hint={errorText(problem)} action={onRetry ? <Button size="small" onClick={explored.error === null ? onRetry : explored.retry}>{texts.retry}</Button> : null} />
          </div>
        ) : drawn ? (
          <ChartBody drawn={drawn} asTable={asTable} canvas={canvas} onDrill={still ? () => undefined : drill} />
        ) : (
          <div className="chart-bones" aria-hidden="true">
            {[60, 90, 45, 75, 55].map((height) => (
              <Bone key={height} width="14%" height={height} />
            ))}
          </div>
        )}
      </div>
      {explored.data?.capped ? <p className="chart-note quiet">{texts.capped}</p> : null}
    </section>
  );
}

/** The way back up: all, then each group that was opened. */
function OpenedPath({ opened, onClose }: { opened: readonly Opened[]; onClose: (depth: number) => void }) {
  const texts = useChartTexts();
  const steps = [texts.all, ...opened.map(({ text }) => text)];
  return (
    <nav className="chart-path" aria-label={texts.opened}>
      {steps.map((text, depth) =>
        depth === steps.length - 1 ? (
          <span key={depth} aria-current="step">
            {text}
          </span>
        ) : (
          <button key={depth} type="button" onClick={() => onClose(depth)}>
            {text}
          </button>
        ),
      )}
    </nav>
  );
}
