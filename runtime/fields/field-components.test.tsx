/** Contract of the screen side: every registered type draws every one of its valid examples, as a cell and as an input. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToReadableStream } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { beforeAll, describe, expect, test } from 'vitest';
import { initReactI18next } from 'react-i18next';
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import type { FieldType } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel } from '#engine/model/app-model.ts';
import { i18n } from '../app/i18n/index.ts';
import { en } from '../app/i18n/en.ts';
import { AppContext } from '../app/session.tsx';
import { FieldCell } from './FieldCell.tsx';
import { FIELD_COMPONENTS } from './index.ts';

const label = { 'zh-CN': '字段', en: 'Field' };
const model: AppModel = { name: 'app', label, version: '1.0.0', settings: { timeZone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN', sensitiveNumbers: 'block', secondFactor: 'optional', fiscalYearStart: 1, ownerDepartment: 'keep' }, navigation: [], home: [], roles: [], tables: {}, workflows: {}, dashboards: {} };
const app = {
  model, access: {}, definitionsVersion: 1, me: { id: 'u', departmentId: null, subordinateIds: [], roles: [], level: 0 },
  user: { id: 'u', name: 'U', login: 'u', locale: null, roles: [], department: null, hasPassword: true, secondFactor: false, mustEnrol: false },
};

async function draw(element: React.ReactNode): Promise<string> {
  let thrown: unknown;
  const stream = await renderToReadableStream(
    <QueryClientProvider client={new QueryClient()}>
      <AppContext value={app}>
        <MemoryRouter>{element}</MemoryRouter>
      </AppContext>
    </QueryClientProvider>,
    {
      onError: (error) => {
        thrown = error;
      },
    },
  );
  await stream.allReady;
  if (thrown !== undefined) throw thrown;
  return new Response(stream).text();
}

beforeAll(async () => {
  await i18n.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: en } } });
});

describe.each(Object.keys(FIELD_TYPES) as FieldTypeName[])('%s', (name) => {
  const type: FieldType = FIELD_TYPES[name];
  const field: FieldModel = { name: 'field', table: 'table', label, type: name, settings: type.examples.settings ?? {} };

  test('draws its examples in cells', async () => {
    for (const value of type.examples.valid) {
      for (const room of ['line', 'block'] as const) {
        expect(await draw(<FieldCell field={field} value={value} record={{}} included={{}} room={room} />)).not.toBe('');
      }
    }
    expect(await draw(<FieldCell field={field} value={null} record={{}} included={{}} />)).toBe('');
  });

  test('draws its examples in an input, and an empty one', async () => {
    const { Input } = FIELD_COMPONENTS[name];
    for (const value of [null, ...type.examples.valid]) {
      await expect(draw(<Input id="x" field={field} value={value} record={{}} included={{}} onChange={() => undefined} />)).resolves.toBeTypeOf('string');
    }
  });
});
