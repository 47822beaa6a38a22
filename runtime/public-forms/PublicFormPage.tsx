/** A public form as somebody without an account sees it: the form, and nothing else of the app. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Result } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useParams } from 'react-router';
import type { ShownForm } from '#engine/records/public-form.ts';
import { showPublicForm, submitPublicForm } from '../api/public-forms.ts';
import type { RecordAnswer, Values } from '../api/types.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel } from '../app/i18n/index.ts';
import { LocaleSwitch } from '../app/LocaleSwitch.tsx';
import { AppContext, type AppState } from '../app/session.tsx';
import { RecordForm } from '../forms/RecordForm.tsx';
import { useRecordForm } from '../forms/use-record-form.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useDocumentTitle } from '../ui/PageHead.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import './public-forms.css';
import { usePublicFormTexts } from './texts.ts';

/** The app of nobody: one table, which may be filled in. */
function appOf({ app, settings, table }: ShownForm): AppState {
  return {
    definitionsVersion: 0,
    model: { name: 'public', label: app, version: '', settings, navigation: [], home: [], roles: [], tables: { [table.name]: table }, workflows: {}, dashboards: {} },
    access: { [table.name]: { create: true, read: false, update: false, delete: false, export: false, import: false, share: false, transfer: false, merge: false, reveal: false, fields: rightsOf(table) } },
    me: { id: '', departmentId: null, subordinateIds: [], roles: [], level: 0 },
    user: { id: '', name: '', login: '', locale: null, roles: [], department: null, hasPassword: false, secondFactor: false, mustEnrol: false },
  };
}

function rightsOf({ fields }: ShownForm['table']): Record<string, 'write'> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, 'write']));
}

/** What came in is not told back. */
const TAKEN: RecordAnswer = { data: { id: '', version: 0 }, included: {}, access: { update: false, delete: false, share: false, transfer: false, merge: false, fields: {} } };

function Filling({ token, shown, onSent }: { token: string; shown: ShownForm; onSent: () => void }) {
  const texts = usePublicFormTexts();
  const { table, form: definition } = shown;
  const given = definition.public?.values ?? {};
  const create = async (values: Values, key: string): Promise<RecordAnswer> => {
    await submitPublicForm(token, Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(given, name))), key);
    return TAKEN;
  };
  const form = useRecordForm({ table, form: definition, values: given, included: {}, rights: useMemo(() => rightsOf(table), [table]), create });
  const send = async () => {
    if (!form.saving && (await form.save())) onSent();
  };
  return (
    <>
      {form.failure ? <Alert type="error" showIcon title={form.failure} role="alert" /> : null}
      <RecordForm form={form} onSubmit={() => void send()} />
      <Button type="primary" size="large" block loading={form.saving} onClick={() => void send()}>
        {texts.send}
      </Button>
    </>
  );
}

export function PublicFormPage() {
  const texts = usePublicFormTexts();
  const label = useLabel();
  const errorText = useErrorText();
  const { token = '' } = useParams();
  const shown = useQuery({ queryKey: ['public-form', token], queryFn: () => showPublicForm(token), retry: false, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY });
  const app = useMemo(() => (shown.data ? appOf(shown.data) : null), [shown.data]);
  const [state, setState] = useState<'filling' | 'sent'>('filling');
  const round = useRef(0);
  const title = shown.data ? label(shown.data.form.label) : '';
  useDocumentTitle(title);
  return (
    <div className="public-page">
      <main className="public-form" id="content">
        {shown.isPending ? <BlockSkeleton /> : null}
        {shown.isError ? <Result status="warning" title={texts.lost} subTitle={errorText(shown.error)} /> : null}
        {shown.data && app && state === 'sent' ? (
          <Result
            status="success"
            title={shown.data.form.public?.thanks ? label(shown.data.form.public.thanks) : texts.sent}
            extra={shown.data.once ? null : (
              <Button
                onClick={() => {
                  round.current += 1;
                  setState('filling');
                }}
              >
                {texts.again}
              </Button>
            )}
          />
        ) : null}
        {shown.data && app && state === 'filling' && !shown.isError ? (
          <AppContext value={app}>
            <h1>{title}</h1>
            <Filling key={round.current} token={token} shown={shown.data} onSent={() => setState('sent')} />
          </AppContext>
        ) : null}
        {shown.data ? <p className="quiet public-by">{fill(texts.by, { app: label(shown.data.app) })}</p> : null}
      </main>
      <LocaleSwitch />
    </div>
  );
}
