/** Sharing modes against what is written of a role. */
import { describe, expect, it } from 'vitest';
import { resolveGrants } from './resolve-grants.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const app = { name: 'app', label: label('app'), version: '1.0.0', navigation: [], roles: [{ name: 'boss', label: label('boss'), level: 8 }, { name: 'guest', label: label('guest') }] };
const table = (permissions: object) => ({ name: 'salary', label: label('salary'), titleField: 'name', sharing: 'strict' as const, fields: [], permissions });
const own = { '==': [{ var: 'owner' }, { var: '$me' }] };

describe('a strict table', () => {
  it('denies before it permits: no role reads more than its own records, however it is written', () => {
    const grants = resolveGrants(app, table({ boss: { read: true, update: 'all', share: true, transfer: true, also: [{ label: label('more'), read: true as never }] }, guest: { read: true } }) as never, false);
    expect(grants.boss).toMatchObject({ read: own, update: own, delete: own });
    expect(grants.boss).not.toHaveProperty('also');
    expect(grants.boss).not.toHaveProperty('share');
    expect(grants.boss).not.toHaveProperty('transfer');
    expect(grants.guest).toEqual({ read: own });
  });

  it('lets a role have less', () => {
    expect(resolveGrants(app, table({ boss: { delete: false, update: false } }) as never, false).boss).not.toHaveProperty('update');
  });
});
