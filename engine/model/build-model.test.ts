import { describe, expect, it } from 'vitest';
import { buildModel } from './build-model.ts';
import type { Definitions, TableDefinition } from './definitions.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: Record<string, unknown> = {}) => ({ name, label: label(name), type, ...rest });

function app(tables: Partial<TableDefinition>[], change: Record<string, unknown> = {}): Definitions {
  return {
    app: {
      name: 'test',
      label: label('test'),
      version: '1.0.0',
      navigation: [],
      roles: [{ name: 'owner', label: label('owner'), owner: true }, { name: 'clerk', label: label('clerk') }],
      ...change,
    } as Definitions['app'],
    tables: tables.map((table) => ({ label: label(table.name ?? 't'), titleField: 'name', ...table, fields: [field('name', 'text'), ...(table.fields ?? [])] }) as TableDefinition),
  };
}
const problems = (definitions: Definitions): string[] => buildModel(definitions).issues.map((issue) => `${issue.path} ${issue.code}`);

describe('building a model', () => {
  it('lets the home page name only views that exist', () => {
    const views = [{ name: 'v', label: label('v'), type: 'table', columns: ['name'] }];
    expect(problems(app([{ name: 'a', views }], { home: [{ table: 'a', view: 'v' }] }))).toEqual([]);
    expect(problems(app([{ name: 'a', views }], { home: [{ table: 'a', view: 'gone' }, { table: 'b', view: 'v' }] }))).toEqual(['/app/home/0 unknown_view', '/app/home/1 unknown_view']);
  });

  it('answers all problems at once, each with its path', () => {
    const found = problems(
      app([
        {
          name: 'a',
          fields: [
            field('name', 'text'),
            field('ref', 'reference', { table: 'nowhere' }),
            field('sum', 'formula', { formula: '=1+', result: 'number' }),
            field('state', 'select', { options: 'missing_list' }),
            field('who', 'text', { visible: { '==': [{ var: 'ghost' }, 1] } }),
          ],
          views: [{ name: 'v', label: label('v'), type: 'table', columns: ['ghost'] }],
          forms: [{ name: 'f', label: label('f'), sections: [{ name: 's', label: label('s'), fields: ['ghost'] }] }],
          permissions: { nobody: { read: true }, clerk: { read: { '==': [{ var: 'owner' }, { method: [1] }] } } },
        },
      ]),
    );
    expect(found).toEqual([
      '/tables/a/fields/1/name duplicate_name',
      '/tables/a/fields/4/options unknown_option_list',
      '/tables/a/fields/3/formula value_expected',
      '/tables/a/fields/2/table unknown_table',
      '/tables/a/fields/5/visible/==/0/var unknown_field',
      '/tables/a/forms/0/sections/0/fields/0 unknown_field',
      '/tables/a/views/0/columns unknown_field',
      '/tables/a/permissions/nobody unknown_role',
      '/tables/a/permissions/clerk/read/==/1/method unknown_operator',
    ]);
  });

  it('refuses shapes with a sentence, not a stack', () => {
    for (const hostile of [null, 5, 'x', [], {}, { app: null, tables: [] }] as unknown[]) {
      const definitions = { app: (hostile as { app?: unknown } | null)?.app ?? hostile, tables: [] } as unknown as Definitions;
      const { model, issues } = buildModel(definitions);
      expect(model).toBeNull();
      expect(issues.length).toBeGreaterThan(0);
    }
  });

  it.each(['__proto__', 'constructor', 'Name', 'a-b', '1a', 'drop table', 'a__b', 'owner', 'id', '', 'x'.repeat(60), '名称', "a'"])('refuses the field name %j', (name) => {
    expect(problems(app([{ name: 'a', fields: [field(name, 'text')] }])).length).toBeGreaterThan(0);
  });

  it.each(['user', 'relata_audit', 'select', 'constructor', 'a__b', 'A'])('refuses the table name %j', (name) => {
    expect(problems(app([{ name }])).length).toBeGreaterThan(0);
  });

  it('refuses a formula that reads itself, naming the circle', () => {
    const { issues } = buildModel(app([{ name: 'a', fields: [field('x', 'formula', { formula: '=y+1', result: 'number' }), field('y', 'formula', { formula: '=x+1', result: 'number' })] }]));
    expect(issues).toMatchObject([{ code: 'cycle', message: { en: 'The computation goes in a circle: a.x → a.y → a.x' } }]);
  });

  it('refuses a circle through a roll-up and a reference', () => {
    const { issues } = buildModel(
      app([
        { name: 'parent', fields: [field('total', 'rollup', { table: 'child', field: 'parent', function: 'sum', of: 'share', result: 'number' })] },
        { name: 'child', fields: [field('parent', 'reference', { table: 'parent' }), field('share', 'formula', { formula: '=parent.total/2', result: 'number' })] },
      ]),
    );
    expect(issues.map((issue) => issue.code)).toEqual(['cycle']);
  });

  it('orders formulas by what they read and takes what depends on the day when it is read', () => {
    const { model } = buildModel(
      app([
        {
          name: 'a',
          fields: [
            field('c', 'formula', { formula: '=b*2', result: 'number' }),
            field('b', 'formula', { formula: '=n+1', result: 'number' }),
            field('n', 'integer'),
            field('born', 'date'),
            field('age', 'formula', { formula: '=DATEDIF(born,TODAY(),"year")', result: 'number' }),
            field('old', 'formula', { formula: '=IF(age>60,"yes","no")', result: 'text' }),
          ],
        },
      ]),
    );
    expect(model?.tables.a?.computeOrder).toEqual(['b', 'c']);
    expect(model?.tables.a?.fields.age?.computed?.mode).toBe('query');
    expect(model?.tables.a?.fields.old?.computed?.mode).toBe('query');
  });

  it('refuses what SQL cannot do where SQL must do it', () => {
    const rule = { '==': [{ pinyin: [{ var: 'name' }] }, 'x'] };
    expect(problems(app([{ name: 'a', permissions: { clerk: { read: rule } } }]))).toEqual(['/tables/a/permissions/clerk/read/==/0/pinyin not_in_sql']);
    expect(problems(app([{ name: 'a', fields: [field('p', 'text', { visible: rule })] }]))).toEqual([]);
  });

  it('gives a table without forms and views one of each, and freezes the model', () => {
    const { model } = buildModel(app([{ name: 'a', fields: [field('n', 'integer')] }]));
    expect(model?.tables.a?.forms[0]?.sections?.[0]?.fields).toEqual(['name', 'n']);
    expect(model?.tables.a?.views[0]?.columns).toEqual(['name', 'n']);
    expect(Object.isFrozen(model?.tables.a?.fields.n)).toBe(true);
    expect(Object.getPrototypeOf(model?.tables)).toBeNull();
  });
});
