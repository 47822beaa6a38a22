/** A chart in its card: title, one line of meaning, what can be done with it, and the drawing. */
import { BarChartOutlined, DownloadOutlined, MoreOutlined, PictureOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Dropdown, type MenuProps } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import type { ChartData } from '#engine/charts/chart-data.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
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
import { Bone } from '../ui/Skeletons.tsx';
import type { CanvasHandle } from './Canvas.tsx';
import { ChartBody, useDrawn } from './ChartBody.tsx';
import { chartSheet } from './chart-table.ts';
import { useChartTexts } from './texts.ts';
import { drawingOf } from './types.ts';
import { useDrill } from './use-drill.ts';
import './charts.css';

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
  const drawn = useDrawn(chart, data);
  const drill = useDrill(chart, data, given);
  const drawing = drawingOf(chart.type);
  const title = label(chart.label);
  const isCanvas = drawing !== undefined && 'options' in drawing;
  const { access } = useApp();
  const toast = useToast();
  const mayExport = tablesOf(chart).every((table) => access[table]?.export === true);
  const take = async (format: ExportFormat): Promise<void> => {
    if (!drawn) return;
    try {
      await downloadChart(chart, given, chartSheet(drawn, title), format);
    } catch (problem) {
      toast({ kind: 'error', text: errorText(problem) });
    }
  };
  const items: MenuProps['items'] = [
    { key: 'table', icon: asTable ? <BarChartOutlined aria-hidden="true" /> : <TableOutlined aria-hidden="true" />, label: asTable ? texts.chart : texts.table, onClick: () => setAsTable(!asTable) },
    ...(isCanvas && !asTable ? [{ key: 'png', icon: <PictureOutlined aria-hidden="true" />, label: texts.png, onClick: () => saveUrl(`${title}.png`, canvas.current?.picture(chartInks(appearance).ground) ?? '') }] : []),
    ...(mayExport && !still
      ? (['xlsx', 'csv', 'pdf'] as const).map((format) => ({ key: format, icon: <DownloadOutlined aria-hidden="true" />, label: texts[format], onClick: () => void take(format) }))
      : []),
  ];
  return (
    <section className={bare ? 'chart-card chart-card-bare' : 'chart-card'} aria-label={title}>
      <header className="chart-head">
        <div className="chart-titles">
          <h3 className="ellipsis" title={title}>{title}</h3>
          {chart.description ? <p className="chart-meaning ellipsis" title={label(chart.description)}>{label(chart.description)}</p> : null}
        </div>
        {extra}
        {drawn ? (
          <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
            <Button className="chart-menu" type="text" size="small" icon={<MoreOutlined aria-hidden="true" />} aria-label={`${texts.more}: ${title}`} />
          </Dropdown>
        ) : null}
      </header>
      <div className="chart-place">
        {error !== undefined && error !== null && !drawn ? (
          <div role="alert">
            <EmptyState small title={texts.failed} hint={errorText(error)} action={onRetry ? <Button size="small" onClick={onRetry}>{texts.retry}</Button> : null} />
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
      {data?.capped ? <p className="chart-note quiet">{texts.capped}</p> : null}
    </section>
  );
}
