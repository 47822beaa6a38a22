/** Levels of a workspace: what is kept of a change, and which level a role follows. */
import { describe, expect, it } from 'vitest';
import { buildModel } from '../model/build-model.ts';
import type { Definitions, TableDefinition } from '../model/definitions.ts';
import { effectiveGrant } from '../permissions/resolve-grants.ts';
import { beyondDesignRights } from './design-rights.ts';
import { diffDefinitions } from './diff-definitions.ts';
import { addLevelVariant, removeLevelVariant, restoreLevel, updateLevel, updateLevelVariant } from './edit-levels.ts';
import { addRole, updateRole } from './edit-roles.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const deal: TableDefinition = { name: 'deal', label: label('deal'), titleField: 'name', sharing: 'private', fields: [{ name: 'name', label: label('name'), type: 'text' }] };
const start: Definitions = {
  app: { name: 'app', label: label('app'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true }, { name: 'clerk', label: label('clerk'), level: 4 }] },
  tables: [deal],
};
const grantOf = ({ app }: Definitions, role: string) => effectiveGrant(app, app.roles.find(({ name }) => name === role) as never, deal);

describe('levels of a workspace', () => {
  it('keep what differs from the built-in level and nothing else', () => {
    const less = updateLevel(updateLevel(start, 4, { export: false, read: 'own' }), 4, { read: 'department' });
    expect(less.app.levels).toEqual({ '4': { export: false } });
    expect(grantOf(less, 'clerk')).toMatchObject({ export: false, read: 'department' });
    expect(restoreLevel(less, 4).app).toEqual(start.app);
  });

  it('have variants, which roles follow until they are removed', () => {
    const store = updateLevelVariant(addLevelVariant(start, { name: 'store', label: label('store'), level: 4 }), 'store', { read: 'all', import: 10 });
    const followed = updateRole(store, 'clerk', { levelVariant: 'store' });
    expect(grantOf(followed, 'clerk')).toMatchObject({ read: 'all', import: 10, update: 'department' });
    expect(grantOf(followed, 'clerk')).not.toHaveProperty('label');
    // A copy: what the built-in level becomes later is not its business.
    expect(grantOf(updateLevel(followed, 4, { update: 'own' }), 'clerk')).toMatchObject({ update: 'department' });
    expect(buildModel(followed).issues).toEqual([]);
    expect(removeLevelVariant(followed, 'store').app).toEqual(start.app);
  });

  it('are copied with a role', () => {
    const followed = updateRole(addLevelVariant(start, { name: 'store', label: label('store'), level: 4 }), 'clerk', { levelVariant: 'store' });
    expect(addRole(followed, 'twin', label('twin'), 'clerk').app.roles.at(-1)).toEqual({ name: 'twin', label: label('twin'), level: 4, levelVariant: 'store' });
  });

  it('refuse a role whose variant is of another level, and a rule in place of a scope', () => {
    const wrong = updateRole(addLevelVariant(start, { name: 'store', label: label('store'), level: 3 }), 'clerk', { levelVariant: 'store' });
    expect(buildModel(wrong).issues.map(({ path, code }) => ({ path, code }))).toEqual([{ path: '/app/roles/clerk/levelVariant', code: 'unknown_level' }]);
    expect(buildModel(updateLevel(start, 4, { read: { '==': [{ var: 'owner' }, 'x'] } as never })).issues[0]).toMatchObject({ path: '/app/levels/4/read', code: 'unknown_scope' });
  });

  it('are told in a plan by their names', () => {
    const after = addLevelVariant(updateLevel(start, 4, { export: false }), { name: 'store', label: label('store'), level: 2 });
    expect(diffDefinitions(start, after).map(({ subject, action, path }) => `${action} ${subject} ${path}`)).toEqual(['change level /app/levels/4', 'add level /app/levelVariants/store']);
  });

  it('of 8, and exporting below 4, are for a system owner to change, in a variant too', () => {
    const administrator = { unrestricted: false, level: 8, roles: ['admin'] };
    const refused = (after: Definitions) => beyondDesignRights(administrator, start, after).map(({ code }) => code);
    expect(refused(updateLevel(start, 4, { export: false }))).toEqual([]);
    expect(refused(updateLevel(start, 8, { delete: false }))).toEqual(['above_own_level']);
    expect(refused(updateLevel(start, 2, { export: true }))).toEqual(['above_own_level']);
    expect(refused(updateLevelVariant(addLevelVariant(start, { name: 'low', label: label('low'), level: 2 }), 'low', { export: true }))).toEqual(['above_own_level']);
    expect(refused(addLevelVariant(start, { name: 'high', label: label('high'), level: 8 }))).toEqual(['above_own_level']);
  });
});
