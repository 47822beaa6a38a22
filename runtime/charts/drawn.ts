/** A chart ready to be drawn: what each key is called and coloured, which numbers make a series. The same for canvas, table, CSV and screen readers. */
import type { ChartData, ChartRow, ExtraColumn, Value } from '#engine/charts/chart-data.ts';
import type { ChartDefinition, DimensionDefinition, MeasureDefinition, MeasureFormat } from '#engine/charts/definitions.ts';
import { chartTypeOf } from '#engine/charts/index.ts';
import type { Locale } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type AppModel, optionsOf } from '#engine/model/app-model.ts';
import type { Appearance } from '../app/theme.ts';
import { chartColor, SERIES_COLORS } from '../app/chart-colors.ts';
import { includedTitle } from '../model/titles.ts';
import { pathLabel, resolveFieldPath } from '../model/paths.ts';
import { sourceField } from '../model/source-field.ts';
import { PROVINCES } from './provinces.ts';
import { chartTexts } from './texts.ts';
import { bandText, grainText, grainTitle, type Style, type Unit } from './values.ts';

export interface Category {
  readonly key: Json;
  readonly other: boolean;
  readonly text: string;
  readonly title: string;
  readonly color: string | undefined;
}

export interface Series {
  readonly name: string;
  readonly text: string;
  readonly color: string;
  readonly format: MeasureFormat | undefined;
  readonly line: boolean;
  readonly values: readonly (number | null)[];
  readonly rows: readonly (ChartRow | undefined)[];
  readonly before?: true;
}

export interface Drawn {
  readonly chart: ChartDefinition;
  readonly data: ChartData;
  readonly style: Style;
  readonly appearance: Appearance;
  /** Along the first dimension. */
  readonly categories: readonly Category[];
  /** Along the second. */
  readonly seconds: readonly Category[];
  /** Along the third, where a pivot has one. */
  readonly thirds: readonly Category[];
  readonly measures: readonly { readonly measure: MeasureDefinition; readonly index: number }[];
  readonly series: readonly Series[];
  readonly extras: readonly ExtraColumn[];
  /** What each dimension is called, where the chart does not say. */
  readonly dimensionLabels: readonly string[];
}

export interface DrawRequest {
  readonly chart: ChartDefinition;
  readonly data: ChartData;
  readonly model: AppModel;
  readonly locale: Locale;
  readonly appearance: Appearance;
  /** The division that the first four or six digits of a region stand for; absent until it is loaded. */
  readonly regionName?: ((digits: string) => string | undefined) | undefined;
}

export function draw({ chart, data, model, locale, appearance, regionName }: DrawRequest): Drawn {
  const unit = chart.unit as Unit | undefined;
  const style: Style = { locale, currency: model.settings.currency, unit };
  const texts = chartTexts(locale);
  const categoriesOf = (place: number): Category[] => {
    const dimension = chart.dimensions?.[place];
    if (!dimension) return [];
    const category = namer({ chart, data, model, style, appearance, regionName, dimension, place });
    const known = (data.axes[place] ?? []).map((key) => category(key));
    return place === 0 && data.rows.some((row) => row.other) ? [...known, { key: null, other: true, text: texts.other, title: texts.other, color: chartColor('gray', appearance) }] : known;
  };
  const categories = categoriesOf(0);
  const seconds = categoriesOf(1);
  const thirds = categoriesOf(2);
  const measures = chart.measures.flatMap((measure, index) => (measure.hidden ? [] : [{ measure, index }]));
  const byKey = new Map(data.rows.map((row) => [rowKey(row.keys, row.other === true), row]));
  const rowOf = (category: Category, second?: Category): ChartRow | undefined => byKey.get(rowKey(second ? [category.key, second.key] : [category.key], category.other));
  const toSeries = (source: { measure: MeasureDefinition; index: number }, place: number, second?: Category): Series => {
    const rows = categories.map((category) => rowOf(category, second));
    return {
      name: source.measure.name,
      text: second ? second.text : source.measure.label[locale],
      color: second?.color ?? (source.measure.color ? chartColor(source.measure.color, appearance) : seriesColor(place, appearance)),
      format: source.measure.format,
      line: source.measure.line === true,
      rows,
      values: rows.map((row) => numeric(row?.values[source.index])),
    };
  };
  const [first] = measures;
  const plain = seconds.length > 0 && first ? seconds.map((second, place) => toSeries(first, place, second)) : measures.map((source, place) => toSeries(source, place));
  const before: Series[] = data.rows.some((row) => row.before) && seconds.length === 0
    ? measures.map((source, place) => {
        const own = toSeries(source, place);
        return { ...own, text: `${own.text} · ${chart.compare === 'year' ? texts.year : texts.before}`, color: chartColor('gray', appearance), values: own.rows.map((row) => numeric(row?.before?.[source.index])), before: true as const };
      })
    : [];
  return { chart, data, style, appearance, categories, seconds, thirds, measures, series: [...plain, ...before], extras: chartTypeOf(chart).extras?.(chart, data) ?? [], dimensionLabels: (chart.dimensions ?? []).map(({ field }) => labelOf(model, chart.table, field, locale)) };
}

/** The field's label; of a part of it (`time.start`), the field's. */
function labelOf(model: AppModel, table: string, path: string, locale: Locale): string {
  const found = resolveFieldPath(model, table, path) ?? resolveFieldPath(model, table, path.split('.').slice(0, -1).join('.'));
  return found ? pathLabel(found, locale) : path;
}

function rowKey(keys: readonly Json[], other: boolean): string {
  return JSON.stringify([other, ...keys]);
}

export function numeric(value: Value | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function seriesColor(place: number, appearance: Appearance): string {
  return chartColor(SERIES_COLORS[place % SERIES_COLORS.length], appearance);
}

interface NameRequest extends Omit<DrawRequest, 'locale'> {
  readonly style: Style;
  readonly dimension: DimensionDefinition;
  readonly place: number;
}

function namer({ chart, data, model, style, appearance, regionName, dimension, place }: NameRequest): (key: Json) => Category {
  const { locale } = style;
  const texts = chartTexts(locale);
  const found = resolveFieldPath(model, chart.table, dimension.field)?.field;
  const field = found && sourceField(model, found);
  const options = field ? optionsOf(field) : [];
  const kind = data.dimensions[place]?.kind ?? 'text';
  const say = (key: Json, text: string, rest: Partial<Category> = {}): Category => ({ key, other: false, text, title: text, color: undefined, ...rest });
  return (key) => {
    if (key === null) return say(key, texts.notSet, { color: chartColor('gray', appearance) });
    if (dimension.grain) return say(key, grainText(String(key), dimension.grain, locale), { title: grainTitle(String(key), dimension.grain, locale) });
    if (dimension.bands) return say(key, bandText(Number(key), dimension.bands, kind, style));
    if (typeof key === 'boolean') return say(key, key ? texts.yes : texts.no);
    // Two digits are only ever the province of a region; a text of one's own is shown as it is.
    if (dimension.leading === 2) return say(key, PROVINCES[locale].get(String(key)) ?? String(key));
    if (dimension.leading) return say(key, regionName?.(String(key)) ?? String(key));
    const option = options.find(({ value }) => value === key);
    if (option) return say(key, option.label[locale], { color: option.color ? chartColor(option.color, appearance) : undefined });
    const title = field?.target === undefined ? undefined : includedTitle(data.titles as Parameters<typeof includedTitle>[0], field.target, String(key));
    return say(key, title ?? String(key));
  };
}
