/** Which of the common settings say something for a type; asked of the type's contract, never of its name. */
import type { FieldType } from '#engine/fields/field-type.ts';

export function settingFits(type: FieldType, setting: string): boolean {
  const typed = type.computed !== true;
  switch (setting) {
    case 'unique':
    case 'index':
      return type.storage === 'columns';
    case 'required':
    case 'requiredWhen':
    case 'readOnlyWhen':
      return typed;
    case 'readOnly':
      return typed;
    case 'default':
      return typed && type.group !== 'file' && type.storage !== 'children';
    case 'validate':
      return typed;
    case 'searchable':
      return type.searchText !== undefined;
    case 'encrypted':
      return type.encryptable === true;
    default:
      return true;
  }
}
