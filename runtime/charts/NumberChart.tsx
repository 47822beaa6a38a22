/** Big numbers, each with its change against what it is compared with. */
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { rate } from '#engine/charts/shares.ts';
import { fill } from '../app/i18n/fill.ts';
import { numeric } from './drawn.ts';
import { useChartTexts } from './texts.ts';
import type { DrawnProps } from './types.ts';
import { fullValue, shortValue } from './values.ts';

export function NumberChart({ drawn, onDrill }: DrawnProps) {
  const texts = useChartTexts();
  const { chart, data, measures, style } = drawn;
  const [row] = data.rows;
  if (!row) return null;
  return (
    <div className={measures.length > 1 ? 'chart-numbers chart-numbers-many' : 'chart-numbers'}>
      {measures.map(({ measure, index }) => {
        const value = row.values[index] ?? null;
        const before = numeric(row.before?.[index]);
        const now = numeric(value);
        const change = before === null || now === null ? null : measure.format === 'percent' ? now - before : rate(now - before, Math.abs(before));
        const isBetter = change !== null && change !== 0 && (change > 0) === (chart.better !== 'down');
        const what = chart.compare === 'year' ? texts.year : texts.before;
        return (
          <div key={measure.name} className="chart-number">
            <button type="button" className="chart-number-value tabular" title={fullValue(value, measure.format, style)} onClick={() => onDrill(row, measure.name)}>
              {shortValue(value, measure.format, style)}
            </button>
            {measures.length > 1 ? <span className="quiet chart-number-name">{measure.label[style.locale]}</span> : null}
            {row.before ? (
              <button type="button" className={`chart-change ${change === null || change === 0 ? '' : isBetter ? 'chart-better' : 'chart-worse'}`} title={fullValue(before, measure.format, style)} onClick={() => onDrill(row, measure.name, true)}>
                {change === null ? '–' : change === 0 ? texts.same : (
                  <>
                    {change > 0 ? <ArrowUpOutlined aria-hidden="true" /> : <ArrowDownOutlined aria-hidden="true" />} {fullValue(Math.abs(change), 'percent', style)}
                  </>
                )}
                <span className="quiet"> {fill(texts.change, { what })}</span>
              </button>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}
