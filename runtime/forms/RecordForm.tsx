/** A record's form, drawn by rjsf: our schema in, our layout, one field that hands over to the field inputs. */
import Form from '@rjsf/core';
import { Theme } from '@rjsf/antd';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { useMemo } from 'react';
import { FIELD_TYPES } from '#engine/fields/index.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { FieldAdapter } from './FieldAdapter.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { FormContext } from './form-context.ts';
import { FormIssuesContext } from './form-issues.ts';
import { FormLayout } from './FormLayout.tsx';
import { LinesAheadContext } from './use-lines-ahead.ts';
import type { useRecordForm } from './use-record-form.ts';
import { validator } from './validator.ts';

const FIELDS = { value: FieldAdapter };
const TEMPLATES = { ...Theme.templates, ObjectFieldTemplate: FormLayout, FieldTemplate: FieldFrame };
/** Values are ours to fill in; rjsf would put empty objects and lists where nothing was typed. */
const NO_DEFAULTS = { arrayMinItems: { populate: 'never' }, emptyObjectFields: 'skipDefaults', allOf: 'skipDefaults' } as const;

function toSchema(fields: readonly FieldModel[]): RJSFSchema {
  return { type: 'object', properties: Object.fromEntries(fields.map((field) => [field.name, FIELD_TYPES[field.type].valueSchema(field)])) };
}

function toUiSchema(fields: readonly FieldModel[]): UiSchema {
  return Object.fromEntries(fields.map((field) => [field.name, { 'ui:field': 'value', 'ui:fieldReplacesAnyOrOneOf': true }]));
}

export function RecordForm({ form, onSubmit }: { form: ReturnType<typeof useRecordForm>; onSubmit: () => void }) {
  const { fields, problems, state } = form;
  const schema = useMemo(() => toSchema(fields), [fields]);
  const uiSchema = useMemo(() => toUiSchema(fields), [fields]);
  return (
    <FormContext value={state}>
      <LinesAheadContext value={form.ahead}>
      <FormIssuesContext value={problems}>
        <Form
          className="record-form"
          tagName="div"
          schema={schema}
          uiSchema={uiSchema}
          validator={validator}
          formData={state.values}
          fields={FIELDS}
          templates={TEMPLATES}
          widgets={Theme.widgets ?? {}}
          // Problems come from our field types, the rules and the server, all in one map; FieldFrame shows them.
          noValidate
          showErrorList={false}
          noHtml5Validate
          experimental_defaultFormStateBehavior={NO_DEFAULTS}
          idPrefix={`form-${state.table.name}`}
          onSubmit={onSubmit}
        >
          <span />
        </Form>
      </FormIssuesContext>
      </LinesAheadContext>
    </FormContext>
  );
}
