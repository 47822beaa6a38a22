/** One department, by id. */
import Type from 'typebox';
import type { FieldType } from './field-type.ts';
import { acyclicSetting, idReference } from './id-reference.ts';

export const department: FieldType = {
  ...idReference,
  label: { 'zh-CN': '部门', en: 'Department' },
  group: 'people',
  settings: Type.Object({ acyclic: acyclicSetting }),
  target: () => 'department',
};
