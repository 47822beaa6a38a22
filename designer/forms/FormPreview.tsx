/** The form drawn by the runtime's own form: as a role, on a phone's width, on a record that is there. Nothing is saved. */
import { Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { FormDefinition } from '#engine/model/definitions.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { useRecord } from '#runtime/api/records.ts';
import type { RecordAnswer } from '#runtime/api/types.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { AppContext, useApp } from '#runtime/app/session.tsx';
import { RecordForm } from '#runtime/forms/RecordForm.tsx';
import { useRecordForm } from '#runtime/forms/use-record-form.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { BlockSkeleton } from '#runtime/ui/Skeletons.tsx';
import { useTexts } from '../i18n/index.ts';
import { noLeaving } from '../preview/no-leaving.ts';
import { roleAccess, useLiveModel } from '../preview/preview-app.ts';
import { RecordChooser } from '../preview/RecordChooser.tsx';

interface FormPreviewProps {
  readonly table: TableModel;
  readonly form: FormDefinition;
}

function Drawn({ table, form, answer }: FormPreviewProps & { readonly answer: RecordAnswer | undefined }) {
  const { access } = useApp();
  const state = useRecordForm({ table, form, record: answer?.data, included: answer?.included ?? {}, rights: access[table.name]?.fields ?? {} });
  return <RecordForm form={state} onSubmit={() => undefined} />;
}

export function FormPreview({ table, form }: FormPreviewProps) {
  const texts = useTexts();
  const label = useLabel();
  const app = useApp();
  const live = useLiveModel();
  const [role, setRole] = useState<string>(form.roles?.[0] ?? app.model.roles.find((own) => own.owner)?.name ?? app.model.roles[0]?.name ?? '');
  const [width, setWidth] = useState<'desk' | 'phone'>('desk');
  const [record, setRecord] = useState<string | null>(null);
  const known = Object.hasOwn(live.tables, table.name);
  const read = useRecord(table.name, known && record !== null ? record : undefined);
  const shown = useMemo(() => ({ ...app, access: roleAccess(app.model, role), me: { ...app.me, roles: [role] } }), [app, role]);
  const sees = shown.access[table.name]?.read || shown.access[table.name]?.create;
  return (
    <div className="form-preview">
      <div className="preview-tools">
        <label>
          <span className="quiet">{texts.form.asRole}</span>
          <Select value={role} aria-label={texts.form.asRole} options={app.model.roles.map((own) => ({ value: own.name, label: label(own.label) }))} onChange={setRole} popupMatchSelectWidth={false} />
        </label>
        {known ? (
          <label className="preview-record">
            <span className="quiet">{texts.form.onRecord}</span>
            <RecordChooser id="preview-record" table={table.name} value={record} onChange={setRecord} />
          </label>
        ) : null}
        <Segmented value={width} options={[{ value: 'desk', label: texts.form.onDesk }, { value: 'phone', label: texts.form.onPhone }]} onChange={setWidth} />
      </div>
      <div className={width === 'phone' ? 'preview-sheet preview-phone' : 'preview-sheet'} onClickCapture={noLeaving}>
        {!sees ? (
          <EmptyState title={texts.form.noRead} />
        ) : read.isError ? (
          <ErrorState error={read.error} onRetry={() => void read.refetch()} />
        ) : record !== null && !read.data ? (
          <BlockSkeleton />
        ) : (
          <AppContext value={shown}>
            <Drawn key={`${role} ${record}`} table={table} form={form} answer={record === null ? undefined : read.data} />
          </AppContext>
        )}
      </div>
      <p className="setting-help">{texts.form.previewHint}</p>
    </div>
  );
}
