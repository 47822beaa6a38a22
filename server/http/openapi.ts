/** The OpenAPI 3.1 document, printed from the routes and from the model as the caller may see it. */
import type { Locale } from '#engine/errors.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import type { TrimmedApp } from '../definitions/trim-model.ts';
import type { Endpoint } from './endpoint.ts';

type Document = Record<string, unknown>;

const PROBLEM = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    issues: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } } } },
  },
};

export function openApiDocument(routes: readonly Endpoint[], { model, access }: TrimmedApp, locale: Locale): Document {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operation(route, locale) };
  }
  const schemas: Record<string, unknown> = { Problem: PROBLEM };
  for (const table of Object.values(model.tables)) schemas[table.name] = recordSchema(table, access[table.name]?.fields ?? {}, locale);
  return {
    openapi: '3.1.0',
    info: { title: model.label[locale], version: model.version },
    paths,
    components: { schemas, securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'relata_session' } } },
    security: [{ session: [] }],
  };
}

function operation(route: Endpoint, locale: Locale): Document {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] as string);
  const parameters = [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(route.query ?? {}).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } })),
  ];
  const content = route.upload
    ? { 'multipart/form-data': { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } } }
    : route.body && { 'application/json': { schema: route.body } };
  return {
    summary: route.summary[locale],
    ...(route.public && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(content && { requestBody: { required: true, content } }),
    responses: {
      [String(route.status ?? (route.method === 'delete' ? 204 : 200))]: { description: 'OK' },
      default: { description: 'Problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

function recordSchema(table: TableModel, rights: Readonly<Record<string, string>>, locale: Locale): Document {
  const fields = Object.values(table.fields);
  return {
    type: 'object',
    title: table.label[locale],
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, rights[field.name] !== 'write', locale)])),
    required: fields.filter((field) => field.required).map((field) => field.name),
    additionalProperties: false,
  };
}

function fieldSchema(field: FieldModel, readOnly: boolean, locale: Locale): Document {
  const type = fieldTypeOf(field);
  const fixed = readOnly || field.readOnly === true || type.computed === true;
  return { title: field.label[locale], anyOf: [type.valueSchema(field), { type: 'null' }], ...(field.help && { description: field.help[locale] }), ...(fixed && { readOnly: true }) };
}
