/** The validator that rjsf asks: our field types and rules behind its interface, with an interpreter instead of compiled code. */
import { type Schema, Validator } from '@cfworker/json-schema';
import { type RJSFSchema, type RJSFValidationError, toErrorSchema, type ValidatorType } from '@rjsf/utils';
import type { Values } from '../api/types.ts';
import type { FormProblem } from './form-values.ts';

function toError({ path, message }: FormProblem): RJSFValidationError {
  const [, name = ''] = path.split('/');
  return { name: 'value', property: `.${name}`, message, stack: message };
}

export function createValidator(find: (values: Values) => readonly FormProblem[]): ValidatorType {
  const check = (schema: RJSFSchema, values: unknown) => new Validator(schema as Schema, '2020-12').validate(values);
  return {
    validateFormData: (values) => {
      const errors = find((values ?? {}) as Values).map(toError);
      return { errors, errorSchema: toErrorSchema(errors) };
    },
    isValid: (schema, values) => check(schema, values).valid,
    rawValidation: (schema, values) => ({ errors: check(schema, values).errors as never[] }),
  };
}
