/** People that a workflow can speak of: who set it off, roles, people of the record, people that earlier steps gave. Pure. */
import type { Locale } from '#engine/errors.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import type { Person } from '#engine/workflows/settings.ts';
import { fieldChoices } from '../../settings/field-choices.ts';
import { entriesOf, type VariableEntry } from './variable-entries.ts';
import type { Variables } from '#engine/workflows/scope.ts';

export interface PersonChoice {
  /** The person as JSON: what a list of choices can hold. */
  readonly value: string;
  readonly label: string;
  readonly group: 'starter' | 'roles' | 'record' | 'variables';
}

const HOPS = 2;

export const toChoice = (person: Person): string => JSON.stringify(person);
export const fromChoice = (value: string): Person => JSON.parse(value) as Person;

interface People {
  readonly model: AppModel;
  readonly table: string | null;
  readonly variables: Variables;
  readonly roles: readonly { readonly name: string; readonly label: Readonly<Record<Locale, string>> }[];
  readonly locale: Locale;
  readonly starter: string;
}

export function personChoices({ model, table, variables, roles, locale, starter }: People): PersonChoice[] {
  const ofRecord = table === null ? [] : fieldChoices(model, table, locale, HOPS).filter(({ field }) => field.target === 'user' && !field.hidden);
  const ofVariables: PersonChoice[] = [];
  const add = (entry: VariableEntry, over: readonly string[]): void => {
    const label = [...over, entry.label[locale]];
    if (entry.field?.target === 'user' || (entry.table === 'user' && entry.field === null)) ofVariables.push({ value: toChoice({ path: entry.path }), label: label.join(' · '), group: 'variables' });
    // People of the record that a step gave, and the superior of a person it chose.
    if (entry.field === null || entry.field.target === 'user') for (const inner of over.length < 3 ? (entry.open?.() ?? []) : []) add(inner, label);
  };
  for (const entry of entriesOf(variables, model.tables)) if (entry.path !== '$record' && entry.path !== '$params') add(entry, []);
  return [
    { value: toChoice({ starter: true }), label: starter, group: 'starter' },
    ...ofRecord.map(({ path, label }): PersonChoice => ({ value: toChoice({ path }), label, group: 'record' })),
    ...roles.map((role): PersonChoice => ({ value: toChoice({ role: role.name }), label: role.label[locale], group: 'roles' })),
    ...ofVariables,
  ];
}
