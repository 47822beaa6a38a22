/** Which field of the chart's table each shared filter of the dashboard is about. */
import { createContext, useContext } from 'react';
import type { Label } from '#engine/errors.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import type { EditorProps } from '../settings/editor.ts';
import { Setting } from '../ui/Setting.tsx';
import { PathSelect } from './PathSelect.tsx';
import { useChartTexts } from './texts.ts';

export interface SharedFilterChoice {
  readonly name: string;
  readonly label: Label;
  readonly kinds: readonly ValueKind[];
}

/** The filters of the dashboard that is edited; elsewhere there are none. */
export const SharedFiltersContext = createContext<readonly SharedFilterChoice[]>([]);

export function SharedEditor({ id, value, onChange, of }: EditorProps) {
  const texts = useChartTexts();
  const label = useLabel();
  const filters = useContext(SharedFiltersContext);
  const shared = (value ?? {}) as Readonly<Record<string, string>>;
  const set = (name: string, path: string | undefined) => {
    const { [name]: _old, ...rest } = shared;
    const next = path === undefined ? rest : { ...rest, [name]: path };
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  if (filters.length === 0) return <p className="quiet">{texts.none}</p>;
  return (
    <div className="columns-editor" id={id}>
      {filters.map((filter) => (
        <Setting key={filter.name} id={`${id}-${filter.name}`} label={label(filter.label)}>
          <PathSelect id={`${id}-${filter.name}`} table={of} value={shared[filter.name]} kinds={filter.kinds} placeholder={texts.none} clearable onChange={(path) => set(filter.name, path)} />
        </Setting>
      ))}
    </div>
  );
}
