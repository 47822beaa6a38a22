import { describe, expect, it } from 'vitest';
import type { TableModel } from '#engine/model/app-model.ts';
import { filesOfRecord } from './files-of-record.ts';
import { kindName, previewKind } from './preview-kind.ts';

describe('looking at files', () => {
  it('goes by what the bytes are', () => {
    const kind = (type: string, image = false, hasPdfReader = true): string => previewKind({ type, image }, hasPdfReader);
    expect([kind('image/png', true), kind('image/svg+xml'), kind('application/pdf'), kind('application/pdf', false, false), kind('application/octet-stream'), kind('application/xml'), kind('application/zip')]).toEqual(['image', 'none', 'pdf', 'none', 'text', 'text', 'none']);
    expect([kindName({ name: '合同.final.docx', type: 'x/y' }), kindName({ name: 'README', type: 'application/zip' })]).toEqual(['DOCX', 'zip']);
  });
  it('leafs through all files of the record, and none that did not come along', () => {
    const table = { fields: { logo: { name: 'logo', type: 'image' }, note: { name: 'note', type: 'text' }, files: { name: 'files', type: 'attachment' } } } as unknown as TableModel;
    const included = { file: { a: { name: 'a.png', size: 1, type: 'image/png', image: true }, c: { name: 'c.pdf', size: 2, type: 'application/pdf', image: false } } };
    expect(filesOfRecord(table, { logo: ['a'], note: 'b', files: ['c', 'a', 'gone'] }, included).map(({ id, image }) => [id, image])).toEqual([['a', true], ['c', false]]);
  });
});
