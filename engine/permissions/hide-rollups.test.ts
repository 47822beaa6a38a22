/** P11: what a roll-up gathers is seen by those who may read it, or by all where the definition says so. */
import { describe, expect, it } from 'vitest';
import { requireModel } from '../model/build-model.ts';
import type { Definitions, TableDefinition } from '../model/definitions.ts';
import { accessTo, isKnown } from './authorize.ts';
import type { Actor } from './actor.ts';
import { gathered } from './hide-rollups.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const role = (name: string, level?: number) => ({ name, label: label(name), ...(level !== undefined && { level }) });

function modelOf(permissions: { readonly house?: TableDefinition['permissions']; readonly visit?: TableDefinition['permissions'] }, unscoped = false) {
  const definitions: Definitions = {
    app: { name: 'app', label: label('app'), version: '1.0.0', navigation: [], roles: [role('broker'), role('painter')] },
    tables: [
      {
        name: 'house', label: label('house'), titleField: 'name', ...(permissions.house && { permissions: permissions.house }),
        fields: [
          { name: 'name', label: label('name'), type: 'text' },
          { name: 'visits', label: label('visits'), type: 'rollup', table: 'visit', field: 'house', function: 'sum', of: 'offer', result: 'number', ...(unscoped && { unscoped: true }) },
          { name: 'busy', label: label('busy'), type: 'formula', formula: '=IF(visits>3,"yes","no")', result: 'text' },
          { name: 'busier', label: label('busier'), type: 'formula', formula: '=CONCAT(busy,"!")', result: 'text' },
        ],
      },
      { name: 'visit', label: label('visit'), titleField: 'title', inherits: 'house', ...(permissions.visit && { permissions: permissions.visit }), fields: [{ name: 'title', label: label('title'), type: 'text' }, { name: 'house', label: label('house'), type: 'reference', table: 'house', onDelete: 'cascade' }, { name: 'offer', label: label('offer'), type: 'money' }] },
    ],
  };
  return requireModel(definitions);
}
const actor = (name: string): Actor => ({ userId: 'u', roles: [name], unrestricted: false }) as unknown as Actor;
const known = (model: ReturnType<typeof modelOf>, name: string): string[] => {
  const access = accessTo(model.tables.house as never, actor(name));
  return ['visits', 'busy', 'busier'].filter((field) => isKnown(access, access.table.fields[field] as never));
};

describe('roll-ups and who may read what they gather', () => {
  it('are hidden, with the formulas over them, from a role that reads none of it', () => {
    const model = modelOf({ house: { painter: { read: true }, broker: { read: true } }, visit: { broker: { read: true } } });
    expect(known(model, 'broker')).toEqual(['visits', 'busy', 'busier']);
    expect(known(model, 'painter')).toEqual([]);
  });

  it('are hidden where they gather a roll-up that is itself hidden', () => {
    const named = (name: string, reference: string | null, fields: TableDefinition['fields']): TableDefinition => ({ name, label: label(name), titleField: 'title', permissions: name === 'visit' ? {} : { painter: { read: true } }, fields: [{ name: 'title', label: label('title'), type: 'text' }, ...(reference === null ? [] : [{ name: reference, label: label(reference), type: 'reference', table: reference } as const]), ...fields] });
    const sum = (table: string, field: string, of: string) => ({ name: 'total', label: label('total'), type: 'rollup', table, field, function: 'sum', of, result: 'number' }) as const;
    const tables = [named('street', null, [sum('house', 'street', 'total')]), named('house', 'street', [sum('visit', 'house', 'offer')]), named('visit', 'house', [{ name: 'offer', label: label('offer'), type: 'money' }])];
    const model = requireModel({ app: { name: 'app', label: label('app'), version: '1.0.0', navigation: [], roles: [role('painter')] }, tables });
    const access = accessTo(model.tables.street as never, actor('painter'));
    expect(isKnown(access, access.table.fields.total as never)).toBe(false);
  });

  it('are hidden from a role that does not see the field gathered', () => {
    expect(known(modelOf({ house: { painter: { read: true } }, visit: { painter: { read: true, fields: { offer: 'hidden' } } } }), 'painter')).toEqual([]);
  });

  it('are seen where the definition declares them unscoped, or the table says so of the role', () => {
    expect(known(modelOf({ house: { painter: { read: true } } }, true), 'painter')).toEqual(['visits', 'busy', 'busier']);
    expect(known(modelOf({ house: { painter: { read: true, fields: { busy: 'read' } } } }), 'painter')).toEqual(['busy']);
  });

  it('are hidden on the rows that another grant opens, too', () => {
    const model = modelOf({ house: { painter: { also: [{ label: label('named'), read: { notEmpty: [{ var: 'name' }] } }] } } });
    expect(known(model, 'painter')).toEqual([]);
  });

  it('tell whether they gather all that their reader sees, or more', () => {
    const model = modelOf({ house: { painter: { read: true }, broker: { read: 'own' } }, visit: { painter: { read: { notEmpty: [{ var: 'title' }] } }, broker: { read: true } } });
    const visits = model.tables.house?.fields.visits as never;
    expect([gathered(visits, 'painter', model.tables), gathered(visits, 'broker', model.tables), gathered(visits, 'nobody', model.tables)]).toEqual(['some', 'all', 'nothing']);
  });
});
