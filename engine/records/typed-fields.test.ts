import { describe, expect, it } from 'vitest';
import type { FieldModel } from '../model/app-model.ts';
import { typedFields } from './typed-fields.ts';

describe('what is typed for a field', () => {
  const typed = {} as FieldModel;
  const formula = (...reads: string[]) => ({ computed: { mode: 'stored', kind: 'text', reads } }) as unknown as FieldModel;
  const table = { fields: { name: typed, phone: typed, tidy: formula('name'), both: formula('tidy', 'name', 'phone', 'owner.name') } };

  it('is the field itself, or what its formula reads of this table', () => {
    expect(typedFields(table, 'phone')).toEqual(['phone']);
    expect(typedFields(table, 'tidy')).toEqual(['name']);
    expect(typedFields(table, 'both')).toEqual(['name', 'phone']);
  });
});
