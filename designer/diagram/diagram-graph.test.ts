import { expect, test } from 'vitest';
import { requireModel } from '#engine/model/build-model.ts';
import { layOut, linksOf } from './diagram-graph.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const model = requireModel({
  app: { name: 'a', label: label('a'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('o'), owner: true }] },
  tables: [
    { name: 'customer', label: label('c'), titleField: 'name', fields: [{ name: 'name', label: label('n'), type: 'text' }, { name: 'parent', label: label('p'), type: 'reference', table: 'customer' }] },
    {
      name: 'quote', label: label('q'), titleField: 'name',
      fields: [
        { name: 'name', label: label('n'), type: 'text' }, { name: 'customer', label: label('c'), type: 'reference', table: 'customer' },
        { name: 'lines', label: label('l'), type: 'lines', table: 'line', field: 'quote' }, { name: 'friends', label: label('f'), type: 'manyToMany', table: 'customer' },
      ],
    },
    { name: 'line', label: label('l'), titleField: 'name', fields: [{ name: 'name', label: label('n'), type: 'text' }, { name: 'quote', label: label('q'), type: 'reference', table: 'quote' }] },
  ],
});

test('references, lines and many-to-many are links of their kind; system fields and the way back from lines are none', () => {
  expect(linksOf(model).map(({ from, to, kind }) => `${from}>${to} ${kind}`)).toEqual(['customer>customer one', 'quote>customer one', 'quote>line lines', 'quote>customer many']);
});

test('cards stand apart from each other; users and departments are left out', () => {
  const { cards } = layOut(model);
  expect(cards.map((card) => card.table.name).sort()).toEqual(['customer', 'line', 'quote']);
  for (const a of cards) for (const b of cards) expect(a === b || Math.abs(a.x - b.x) >= 220 || Math.abs(a.y - b.y) >= Math.min(a.height, b.height), `${a.table.name} ${b.table.name}`).toBe(true);
});
