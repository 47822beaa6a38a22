/** One user, by id. */
import Type from 'typebox';
import type { FieldType } from './field-type.ts';
import { acyclicSetting, idReference } from './id-reference.ts';

export const user: FieldType = {
  ...idReference,
  label: { 'zh-CN': '用户', en: 'User' },
  group: 'people',
  settings: Type.Object({ acyclic: acyclicSetting }),
  target: () => 'user',
};
