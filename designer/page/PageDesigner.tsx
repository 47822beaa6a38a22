/** The page of a record: its settings beside the page itself. */
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { Button } from 'antd';
import type { TableDefinition } from '#engine/model/definitions.ts';
import { useFewRecords } from '#runtime/api/records.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { RecordChooser } from '../preview/RecordChooser.tsx';
import { useLiveModel } from '../preview/preview-app.ts';
import { NotThere } from '../shell/NotThere.tsx';
import { Panes } from '../shell/Panes.tsx';
import { TableTabs } from '../tables/TableTabs.tsx';
import { PagePanel } from './PagePanel.tsx';
import { PagePreview } from './PagePreview.tsx';

export function PageDesigner() {
  const { table: name = '' } = useParams();
  const { definitions } = useDraft();
  const table = definitions.tables.find((own) => own.name === name);
  return table ? <PageOf key={name} table={table} /> : <NotThere />;
}

function PageOf({ table }: { table: TableDefinition }) {
  const texts = useTexts();
  const phone = usePhone();
  const live = useLiveModel();
  const { model } = useDraft();
  const [record, setRecord] = useState<string | null>(null);
  const [settings, setSettings] = useState(!phone);
  const known = Object.hasOwn(live.tables, table.name);
  const latest = useFewRecords(table.name, { fields: ['id'], sort: ['-updated_at'], limit: 1 }, known);
  const first = latest.data?.data[0]?.id;
  useEffect(() => setRecord((old) => old ?? first ?? null), [first]);
  const built = Object.hasOwn(model.tables, table.name) ? model.tables[table.name] : undefined;
  return (
    <Panes side={settings ? { title: texts.page.title, content: <PagePanel table={table} />, ...(phone && { onClose: () => setSettings(false) }) } : null}>
      <div className="pane-column">
        <TableTabs table={table} active="page" />
        <div className="chips">
          {known ? (
            <label className="preview-record page-record">
              <span className="quiet">{texts.page.preview}</span>
              <RecordChooser id="page-record" table={table.name} value={record} onChange={setRecord} />
            </label>
          ) : null}
          {phone ? <Button size="small" onClick={() => setSettings(true)}>{texts.shell.settings}</Button> : null}
        </div>
        <div className="pane-scroll page-scroll">
          {built && known && record !== null ? <PagePreview key={record} table={built} record={record} /> : <EmptyState title={known ? texts.page.onRecord : texts.view.newTableHint} hint={texts.page.hint} />}
        </div>
      </div>
    </Panes>
  );
}
