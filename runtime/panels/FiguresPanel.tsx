/** Sums over records of another table; each leads to the list it is made of. What is coloured is so only when there is some of it. */
import { Link } from 'react-router';
import type { Locale } from '#engine/errors.ts';
import { chartOfPanel } from '#engine/panels/figures.ts';
import { useChart } from '../api/charts.ts';
import { useAppearance } from '../app/appearance.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { optionColors } from '../app/theme.ts';
import { listAddress } from '../charts/use-drill.ts';
import { fullValue } from '../charts/values.ts';
import { formatNumber } from '../fields/format.ts';
import { textSetting } from '../fields/settings.ts';
import { resolveFieldPath } from '../model/paths.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { type PanelProps, panelFilter } from './panel.ts';
import { usePanelTexts } from './texts.ts';

/** To the cent, so that it is the number of the field above it. */
function money(value: number, locale: Locale, currency: string): string {
  return formatNumber(value, locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: Number.isInteger(value) ? 0 : 2, maximumFractionDigits: 2 });
}

export function FiguresPanel({ panel, table, parent }: PanelProps) {
  const texts = usePanelTexts();
  const label = useLabel();
  const locale = useLocale();
  const appearance = useAppearance();
  const { model } = useApp();
  const chart = chartOfPanel(panel);
  const numbers = useChart(chart, { filter: { '==': [{ var: panel.field }, parent.id] } });
  if (numbers.isPending) return <BlockSkeleton lines={2} />;
  if (numbers.isError && !numbers.data) return <ErrorState error={numbers.error} onRetry={() => void numbers.refetch()} />;
  // Sums of a field bear its currency; what is computed from it has none of its own.
  const currency = chart.measures.flatMap(({ field }) => {
    const found = field === undefined ? undefined : resolveFieldPath(model, table.name, field)?.field;
    return (found && textSetting(found, 'currency')) ?? [];
  })[0] ?? model.settings.currency;
  return (
    <dl className="panel-figures">
      {chart.measures.map((measure, i) => {
        const value = numbers.data?.rows[0]?.values[i] ?? numbers.data?.totals[i] ?? 0;
        const some = typeof value === 'number' && value > 0;
        return measure.hidden ? null : (
          <div key={measure.name}>
            <dt>{label(measure.label)}</dt>
            <dd>
              <Link
                className="tabular"
                style={measure.color !== undefined && some ? { color: optionColors(measure.color, appearance).ink } : undefined}
                title={texts.showList.replace('{{label}}', label(measure.label))}
                to={listAddress(model, table.name, panelFilter({ panel, parent }, measure.filter))}
              >
                {measure.format === 'money' && typeof value === 'number' ? money(value, locale, currency) : fullValue(value, measure.format, { locale, currency })}
              </Link>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
