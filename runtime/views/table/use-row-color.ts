/** The colour of a row: of the first rule that holds, else of the option it has in the view's colour field. */
import { type CSSProperties, useEffect, useMemo, useState } from 'react';
import { optionsOf, type TableModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import type { Values } from '../../api/types.ts';
import { useAppearance } from '../../app/appearance.ts';
import { useApp } from '../../app/session.tsx';
import { optionColors } from '../../app/theme.ts';
import { resolveFieldPath } from '../../model/paths.ts';
import { sourceField } from '../../model/source-field.ts';
import { colorPath, colorRules } from '../view-extras.ts';

type ColorOf = (record: Values) => string | undefined;

const styles = new Map<string, CSSProperties>();

/** The same object for the same colour, so that a row is not drawn again for it. */
function rowStyle(color: string, appearance: ReturnType<typeof useAppearance>): CSSProperties {
  const key = `${color} ${appearance}`;
  let style = styles.get(key);
  if (!style) {
    const { ink, tint } = optionColors(color, appearance);
    style = { '--row-ink': ink, '--row-tint': tint } as CSSProperties;
    styles.set(key, style);
  }
  return style;
}

export function useRowColor(table: TableModel, view: ViewDefinition): (record: Values) => CSSProperties | undefined {
  const app = useApp();
  const appearance = useAppearance();
  const rules = colorRules(view);
  const [byRules, setByRules] = useState<{ readonly of: ViewDefinition; readonly colorOf: ColorOf } | null>(null);
  useEffect(() => {
    if (colorRules(view).length === 0) return;
    let current = true;
    void import('./color-by-rules.ts').then(({ colorByRules }) => {
      if (current) setByRules({ of: view, colorOf: colorByRules(app, table, colorRules(view)) });
    });
    return () => {
      current = false;
    };
  }, [app, table, view]);
  const colors = useMemo(() => {
    const path = colorPath(view);
    const found = path === undefined ? undefined : resolveFieldPath(app.model, table.name, path);
    return found && path !== undefined ? { path, of: new Map(optionsOf(sourceField(app.model, found.field)).map((option) => [option.value, option.color])) } : null;
  }, [app.model, table, view]);
  const ruled = byRules?.of === view && rules.length > 0 ? byRules.colorOf : undefined;
  return useMemo(
    () => (record) => {
      const color = ruled?.(record) ?? (colors ? colors.of.get(String(record[colors.path])) : undefined);
      return color === undefined ? undefined : rowStyle(color, appearance);
    },
    [ruled, colors, appearance],
  );
}
