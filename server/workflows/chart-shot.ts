/** The figures of a chart of a dashboard, with the eyes of an actor, as people read them: a Markdown list in the language of the workspace. */
import type { ChartData, Value } from '#engine/charts/chart-data.ts';
import type { ChartDefinition, MeasureFormat } from '#engine/charts/definitions.ts';
import { sharedValues } from '#engine/dashboards/shared-values.ts';
import type { Locale } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { optionsOf } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { fieldTypeOf, resolvePath } from '#engine/rules/paths.ts';
import { readChart } from '../records/read-chart.ts';
import type { Workspace } from '../workspace.ts';

export interface ChartShot {
  readonly name: string;
  readonly figures: string;
  readonly rows: Json;
  readonly question: Json;
}

/** `chart` is `dashboard.card`; null where there is none. */
export async function chartShot(workspace: Workspace, actor: Actor, chart: string): Promise<ChartShot | null> {
  const [dashboardName = '', cardName = ''] = chart.split('.');
  const { dashboards, settings } = workspace.model;
  const dashboard = Object.hasOwn(dashboards, dashboardName) ? dashboards[dashboardName] : undefined;
  const question = dashboard?.cards.find(({ name }) => name === cardName)?.chart;
  if (!dashboard || !question) return null;
  const data = await readChart(workspace, actor, question, { shared: sharedValues(dashboard, {}, actor.userId) });
  const { locale } = settings;
  return { name: question.label[locale], figures: asList(workspace, question, data, locale), rows: data.rows as unknown as Json, question: question as unknown as Json };
}

/** A title may hold what Markdown would read as something else. */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>#]/g, (mark) => `\\${mark}`).replaceAll(/\s+/g, ' ');

function asList(workspace: Workspace, chart: ChartDefinition, data: ChartData, locale: Locale): string {
  const { tables } = workspace.model;
  const dimensions = (chart.dimensions ?? []).map((dimension) => {
    const resolved = resolvePath(tables, chart.table, dimension.field);
    return { ...dimension, model: typeof resolved === 'object' ? resolved.field : undefined };
  });
  const measures = chart.measures.flatMap((measure, i) => (measure.hidden ? [] : [{ ...measure, i }]));
  const keyText = (key: Json, i: number, isOther: boolean): string => {
    const dimension = dimensions[i];
    if (isOther && i === 0) return locale === 'en' ? 'Other' : '其他';
    if (key === null) return locale === 'en' ? 'Not set' : '未填写';
    const { model } = dimension ?? {};
    const option = model && optionsOf(model).find(({ value }) => value === key);
    if (option) return option.label[locale];
    const target = model && fieldTypeOf(model).target?.(model);
    if (target !== undefined) return data.titles[target]?.[String(key)]?.title ?? String(key);
    if (typeof key === 'string' && dimension?.grain === 'month') return key.slice(0, 7);
    if (dimension?.bands && typeof key === 'number') return bandText(dimension.bands, key);
    return typeof key === 'boolean' ? (locale === 'en' ? (key ? 'Yes' : 'No') : key ? '是' : '否') : String(key);
  };
  return data.rows
    .map(({ keys, values, other }) => {
      const row = dimensions.map((_, i) => keyText(keys[i] ?? null, i, other === true)).join(' · ');
      const numbers = measures.map(({ label, i, format }) => `${plain(label[locale])} ${plain(valueText(values[i] ?? null, format, locale))}`).join(locale === 'en' ? ', ' : '，');
      return `- ${row === '' ? '' : `${plain(row)}${locale === 'en' ? ': ' : '：'}`}${numbers}`;
    })
    .join('\n');
}

function bandText(bands: readonly number[], band: number): string {
  const [from, to] = [bands[band - 1], bands[band]];
  return from === undefined ? `< ${to}` : to === undefined ? `≥ ${from}` : `${from}–${to}`;
}

function valueText(value: Value, format: MeasureFormat | undefined, locale: Locale): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  return format === 'percent' ? value.toLocaleString(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }) : value.toLocaleString(locale, { maximumFractionDigits: 2 });
}
