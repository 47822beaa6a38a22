/** The views of a table: one of them drawn by the runtime with real records, and beside it what can be set. */
import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { addView, defaultView, moveView } from '#engine/changes/edit-layout.ts';
import { freeName } from '#engine/changes/edits.ts';
import type { TableDefinition, ViewDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { viewPath } from '../paths.ts';
import { NotThere } from '../shell/NotThere.tsx';
import { Panes } from '../shell/Panes.tsx';
import { TableTabs } from '../tables/TableTabs.tsx';
import { Chips } from '../ui/Chips.tsx';
import { AddView } from './AddView.tsx';
import { ViewPanel } from './ViewPanel.tsx';
import { ViewPreview } from './ViewPreview.tsx';

export function ViewsPage() {
  const { table: name = '' } = useParams();
  const { definitions } = useDraft();
  const table = definitions.tables.find((own) => own.name === name);
  return table ? <ViewsOf key={name} table={table} /> : <NotThere />;
}

function ViewsOf({ table }: { table: TableDefinition }) {
  const texts = useTexts();
  const label = useLabel();
  const phone = usePhone();
  const navigate = useNavigate();
  const { view: wanted } = useParams();
  const { model, issues, edit } = useDraft();
  const [adding, setAdding] = useState(false);
  const [settings, setSettings] = useState(!phone);
  const views = table.views ?? [];
  const view = views.find((own) => own.name === wanted) ?? views[0];
  const built = Object.hasOwn(model.tables, table.name) ? model.tables[table.name] : undefined;
  const isWrong = (index: number) => issues.some((issue) => issue.path.startsWith(`/tables/${table.name}/views/${index}/`));
  const wrong = view !== undefined && isWrong(views.indexOf(view));
  // While a view has problems its last good form is what can be drawn.
  const drawn = wrong ? built?.views.find((own) => own.name === view?.name) : view;
  const add = (name: Parameters<typeof addView>[2], from?: ViewDefinition) => {
    const made = views.length === 0 ? 'all' : freeName('view', views.map((own) => own.name));
    edit((old) => addView(old, table.name, name, from));
    setAdding(false);
    void navigate(viewPath(table.name, made));
  };
  const addButton = (
    <Button size="small" type="text" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
      {texts.view.add}
    </Button>
  );
  return (
    <Panes side={view && settings ? { title: label(view.label), content: <ViewPanel key={view.name} table={table} view={view} />, ...(phone && { onClose: () => setSettings(false) }) } : null}>
      <div className="pane-column">
        <TableTabs table={table} active="views" />
        {view ? (
          <Chips
            chips={views.map((own, index) => ({ name: own.name, text: label(own.label), to: viewPath(table.name, own.name), wrong: isWrong(index) }))}
            active={view.name}
            first={texts.view.first}
            earlier={texts.form.moveUp}
            later={texts.form.moveDown}
            onMove={(from, to) => edit((old) => moveView(old, table.name, from, to))}
            extra={
              <>
                {addButton}
                {phone ? <Button size="small" onClick={() => setSettings(true)}>{texts.shell.settings}</Button> : null}
              </>
            }
          />
        ) : null}
        {wrong ? <Alert banner type="warning" title={texts.form.problems} /> : null}
        {view === undefined ? (
          <EmptyState title={texts.view.default} hint={texts.view.defaultHint} action={<Button type="primary" onClick={() => add(defaultView(table).label)}>{texts.view.customise}</Button>} />
        ) : built && drawn ? (
          <ViewPreview table={built} view={drawn} />
        ) : (
          <p className="pane-empty quiet">{texts.form.problems}</p>
        )}
      </div>
      {adding ? <AddView table={table} onDone={add} onClose={() => setAdding(false)} /> : null}
    </Panes>
  );
}
