/** A field or a path over references, of kinds that fit. */
import { useMemo } from 'react';
import type { ValueKind } from '#engine/rules/rule.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fieldChoices } from '../settings/field-choices.ts';
import { NameSelect } from '../settings/NameEditors.tsx';

const HOPS = 2;

interface PathSelectProps {
  readonly id: string;
  readonly table: string | undefined;
  readonly value: string | undefined;
  readonly kinds?: readonly ValueKind[];
  readonly placeholder: string;
  readonly clearable?: boolean;
  readonly onChange: (path: string | undefined) => void;
}

export function PathSelect({ id, table, value, kinds, placeholder, clearable = false, onChange }: PathSelectProps) {
  const locale = useLocale();
  const { model } = useDraft();
  const options = useMemo(
    () => (table === undefined ? [] : fieldChoices(model, table, locale, HOPS).filter(({ field, kind }) => !field.hidden && (kinds?.includes(kind) ?? true)).map(({ path, label }) => ({ value: path, label }))),
    [model, table, locale, kinds],
  );
  return <NameSelect id={id} value={value} clearable={clearable} placeholder={placeholder} options={options} onChange={(next) => onChange(next as string | undefined)} />;
}
