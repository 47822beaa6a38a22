import { useApp } from '../app/session.tsx';
import { ReferenceInput, ReferencesInput } from '../fields/inputs/records.ts';

interface PeopleInputProps {
  readonly id: string;
  readonly several?: boolean;
  readonly value: readonly string[];
  readonly onChange: (people: readonly string[]) => void;
  readonly invalid?: boolean;
}

/** Chooses colleagues as a field of that type does. */
export function PeopleInput({ id, several = false, value, onChange, invalid = false }: PeopleInputProps) {
  // A field every workspace has, whose target is people.
  const field = useApp().model.tables.user?.fields.superior;
  if (!field) return null;
  const shared = { id, field, record: {}, included: {}, invalid };
  if (several) return <ReferencesInput {...shared} value={[...value]} onChange={(next) => onChange(Array.isArray(next) ? next.map(String) : [])} />;
  return <ReferenceInput {...shared} value={value[0] ?? null} onChange={(next) => onChange(typeof next === 'string' ? [next] : [])} />;
}
