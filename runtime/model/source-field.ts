import type { AppModel, FieldModel } from '#engine/model/app-model.ts';
import { resolveFieldPath } from './paths.ts';

/** A value taken from elsewhere (a look-up, the largest of the children's amounts) looks as it does there. */
export function sourceField(model: AppModel, field: FieldModel): FieldModel {
  if (!field.computed) return field;
  // A formula that gives an option is drawn as a choice among them.
  if (field.computed.kind === 'option' && Array.isArray(field.settings.options)) return { ...field, type: 'select' };
  const { path, of, table, function: how } = field.settings;
  if (how === 'count') return field;
  const source =
    typeof path === 'string' ? resolveFieldPath(model, field.table, path) : typeof of === 'string' && typeof table === 'string' ? resolveFieldPath(model, table, of) : undefined;
  return source?.field ?? field;
}
