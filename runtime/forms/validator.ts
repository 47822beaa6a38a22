/** The validator that rjsf asks about schemas: an interpreter, because the page may not compile code. */
import { type Schema, Validator } from '@cfworker/json-schema';
import { type RJSFSchema, type RJSFValidationError, toErrorSchema, type ValidatorType } from '@rjsf/utils';

function check(schema: RJSFSchema, values: unknown) {
  return new Validator(schema as Schema, '2020-12', false).validate(values);
}

function toErrors(schema: RJSFSchema, values: unknown): RJSFValidationError[] {
  return check(schema, values).errors.map(({ keyword, instanceLocation, error }) => ({
    name: keyword,
    property: instanceLocation.replace(/^#/, '').replaceAll('/', '.'),
    message: error,
    stack: error,
  }));
}

export const validator: ValidatorType = {
  validateFormData: (values, schema) => {
    const errors = toErrors(schema, values);
    return { errors, errorSchema: toErrorSchema(errors) };
  },
  isValid: (schema, values) => check(schema, values).valid,
  rawValidation: (schema, values) => ({ errors: toErrors(schema, values) as never[] }),
};
