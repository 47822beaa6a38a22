import type { FieldModel } from '#engine/model/app-model.ts';

export function numberSetting(field: FieldModel, name: string, fallback: number): number;
export function numberSetting(field: FieldModel, name: string): number | undefined;
export function numberSetting(field: FieldModel, name: string, fallback?: number): number | undefined {
  const value = field.settings[name];
  return typeof value === 'number' ? value : fallback;
}

export function textSetting(field: FieldModel, name: string): string | undefined {
  const value = field.settings[name];
  return typeof value === 'string' ? value : undefined;
}
