/** A table: its fields in the middle, the settings of the chosen field (or of the table) beside them. */
import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../draft/draft-context.ts';
import { AddField } from '../fields/AddField.tsx';
import { FieldPanel } from '../fields/FieldPanel.tsx';
import { fill, useTexts } from '../i18n/index.ts';
import { tablePath } from '../paths.ts';
import { NotThere } from '../shell/NotThere.tsx';
import { PaneHead, Panes } from '../shell/Panes.tsx';
import { FieldList } from './FieldList.tsx';
import { TablePanel } from './TablePanel.tsx';
import { TableTabs } from './TableTabs.tsx';

export function TablePage() {
  const { table: name = '' } = useParams();
  const { definitions } = useDraft();
  const table = definitions.tables.find((own) => own.name === name);
  return table ? <TableOf key={name} table={table} /> : <NotThere />;
}

function TableOf({ table }: { table: TableDefinition }) {
  const texts = useTexts();
  const label = useLabel();
  const phone = usePhone();
  const navigate = useNavigate();
  const { field: name } = useParams();
  const [adding, setAdding] = useState(false);
  const [query, setQuery] = useState('');
  const [settings, setSettings] = useState(false);
  const { edit, issues, live } = useDraft();
  const listed = useDeferredValue(table);
  const field = table.fields.find((own) => own.name === name);
  const close = () => {
    setSettings(false);
    void navigate(tablePath(table.name));
  };
  const side = field
    ? { title: label(field.label), content: <FieldPanel key={field.name} table={table} field={field} />, onClose: close }
    : phone && !settings
      ? null
      : { title: texts.table.settings, content: <TablePanel table={table} />, ...(phone && { onClose: close }) };
  return (
    <Panes side={side}>
      <TableTabs table={table} active="fields" />
      <PaneHead
        title={label(table.label)}
        note={fill(texts.shell.fieldsCount, { count: table.fields.length })}
        extra={
          <>
            <Input className="pane-search" allowClear prefix={<SearchOutlined className="quiet" aria-hidden="true" />} placeholder={texts.field.search} aria-label={texts.field.search} value={query} onChange={(event) => setQuery(event.target.value)} />
            {phone ? <Button onClick={() => setSettings(true)}>{texts.table.settings}</Button> : null}
            <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
              {texts.field.add}
            </Button>
          </>
        }
      />
      <FieldList table={listed} selected={field?.name} query={query} edit={edit} issues={issues} live={live} />
      {adding ? <AddField table={table} onClose={() => setAdding(false)} /> : null}
    </Panes>
  );
}
