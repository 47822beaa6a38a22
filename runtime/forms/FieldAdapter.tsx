import type { FieldProps } from '@rjsf/utils';
import { FieldCell } from '../fields/FieldCell.tsx';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { useForm } from './form-context.ts';

/** The one rjsf field: it hands over to the input of the field's type. */
export function FieldAdapter({ name, fieldPathId }: FieldProps) {
  const form = useForm();
  const field = form.table.fields[name];
  if (!field) return null;
  const id = fieldPathId.$id;
  const value = form.values[name] ?? null;
  const state = form.states.get(name);
  if (state?.readOnly) {
    return (
      <div id={id} className="computed-input">
        <FieldCell field={field} value={value} record={form.values} included={form.included} room="block" masked={form.rights[name] === 'masked'} empty="–" />
      </div>
    );
  }
  const { Input } = FIELD_COMPONENTS[field.type];
  return (
    <Input
      id={id}
      field={field}
      value={value}
      record={form.values}
      included={form.included}
      disabled={form.disabled}
      invalid={form.problemOf(name) !== undefined}
      describedBy={`${id}-note`}
      onChange={(next) => form.setValue(name, next)}
    />
  );
}
