import { useMemo } from 'react';
import type { FieldModel } from '#engine/model/app-model.ts';
import { AppContext, useApp } from '#runtime/app/session.tsx';
import { FIELD_COMPONENTS } from '#runtime/fields/index.ts';
import { ownerAccess, useLiveModel } from './preview-app.ts';

interface RecordChooserProps {
  readonly id: string;
  readonly table: string;
  readonly value: string | null;
  readonly onChange: (record: string | null) => void;
}

/** One of the records that are really there: the runtime's own reference input, over what is live. */
export function RecordChooser({ id, table, value, onChange }: RecordChooserProps) {
  const app = useApp();
  const live = useLiveModel();
  const shown = useMemo(() => ({ ...app, model: live, access: ownerAccess(live) }), [app, live]);
  const field: FieldModel = { name: 'record', table, label: { 'zh-CN': '记录', en: 'Record' }, type: 'reference', settings: { table }, target: table };
  const { Input } = FIELD_COMPONENTS.reference;
  return (
    <AppContext value={shown}>
      <Input id={id} field={field} value={value} record={{}} included={{}} onChange={(next) => onChange(typeof next === 'string' ? next : null)} />
    </AppContext>
  );
}
