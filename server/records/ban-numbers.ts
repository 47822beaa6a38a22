/**
 * The ban on resident ID and bank card numbers, where values are about to be written. Every write of a record comes by here:
 * form, cell, bulk, import, API, effects, workflows. What is said of a refused value names the field and nothing else.
 */
import { AppError, childPath, type Issue, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import { bannedText, bannedValue, withoutNumbers } from '#engine/records/number-ban.ts';
import type { WriteSession } from './write-session.ts';

/** Answers what is refused. With `mask` the number is masked in `values`; with `warn` it stays, and the session keeps the warning. */
export function banNumbers(session: WriteSession, table: TableModel, values: Record<string, Json>, path: string): Issue[] {
  const { sensitiveNumbers: mode } = session.model.settings;
  const refused: Issue[] = [];
  for (const [name, value] of Object.entries(values)) {
    const field = table.fields[name];
    // Ids that the server gives are nobody's text.
    const banned = field && !(field.system && field.readOnly) && bannedValue(field, value, childPath(path, name));
    if (!banned) continue;
    session.workspace.log.info({ table: table.name, field: name, by: session.actor.userId, mode }, 'a sensitive number was entered');
    if (mode === 'warn') session.warnings.push(banned.issue);
    else if (mode === 'mask' && banned.masked !== null) {
      values[name] = banned.masked;
      session.warnings.push(banned.issue);
    } else refused.push(banned.issue);
  }
  return refused;
}

/** What is kept beside the records and cannot be masked without breaking it: settings that hold texts of a file. */
export function refuseNumbers({ settings }: AppModel, value: Json, label: Label, path: string): void {
  const refusal = settings.sensitiveNumbers === 'warn' ? null : bannedText(value, label);
  if (refusal !== null) throw new AppError('validation_failed', refusal, [{ path, code: 'sensitive_number', message: refusal }]);
}

/** A text that is no field of a record, as it may be kept: a comment on a decision. */
export function keepText(model: AppModel, text: string, label: Label, path: string): string {
  if (model.settings.sensitiveNumbers === 'mask') return withoutNumbers(text);
  refuseNumbers(model, text, label, path);
  return text;
}
