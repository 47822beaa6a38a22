/**
 * Settings of field types: `labelled` adds the bilingual label that the designer's form shows beside a setting;
 * the readers give a setting its type, or a fallback where the model was built without it.
 */
import type { Label } from '../errors.ts';
import type { FieldModel } from '../model/app-model.ts';

export function labelled(zh: string, en: string): { 'x-label': Label } {
  return { 'x-label': { 'zh-CN': zh, en } };
}

export function numberSetting(field: FieldModel, name: string): number | undefined;
export function numberSetting(field: FieldModel, name: string, fallback: number): number;
export function numberSetting(field: FieldModel, name: string, fallback?: number): number | undefined {
  const value = field.settings[name];
  return typeof value === 'number' ? value : fallback;
}

export function textSetting(field: FieldModel, name: string): string | undefined;
export function textSetting(field: FieldModel, name: string, fallback: string): string;
export function textSetting(field: FieldModel, name: string, fallback?: string): string | undefined {
  const value = field.settings[name];
  return typeof value === 'string' ? value : fallback;
}
