/** Where the designer begins: the tables by group, each with what it holds. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ModelIcon } from '#runtime/ui/ModelIcon.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { tablePath } from '../paths.ts';
import { PaneHead, Panes } from '../shell/Panes.tsx';
import { AddTable } from './AddTable.tsx';

function Card({ table }: { table: TableDefinition }) {
  const texts = useTexts();
  const label = useLabel();
  const { live, changes } = useDraft();
  const name = label(table.label);
  const isNew = !live.definitions.tables.some((own) => own.name === table.name);
  const changed = changes.filter((change) => change.table === table.name).length;
  return (
    <Link to={tablePath(table.name)} className="table-card">
      <span className="table-card-icon">
        <ModelIcon name={table.icon} label={name} />
      </span>
      <span className="table-card-text">
        <strong className="ellipsis">{name}</strong>
        <span className="quiet ellipsis">
          {fill(texts.shell.fieldsCount, { count: table.fields.length })} · <code>{table.name}</code>
        </span>
      </span>
      {isNew ? <span className="mark mark-new">{texts.table.isNew}</span> : changed > 0 ? <span className="mark mark-new">{changed}</span> : null}
    </Link>
  );
}

export function OverviewPage() {
  const texts = useTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const [adding, setAdding] = useState(false);
  const { app, tables } = definitions;
  const grouped = new Set(app.navigation.flatMap((group) => group.tables));
  const groups = [
    ...app.navigation.map((group) => ({ key: group.name, title: label(group.label), tables: group.tables.flatMap((name) => tables.find((table) => table.name === name) ?? []) })),
    { key: '', title: texts.tree.ungrouped, tables: tables.filter((table) => !grouped.has(table.name)) },
  ].filter((group) => group.tables.length > 0);
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
      {texts.tree.addTable}
    </Button>
  );
  return (
    <Panes side={null}>
      <PaneHead title={texts.tree.tables} note={fill(texts.shell.tables, { count: tables.length })} extra={add} />
      {tables.length === 0 ? <EmptyState title={texts.table.empty} hint={texts.table.emptyHint} action={add} /> : null}
      {groups.map((group) => (
        <section key={group.key} className="table-group">
          <h2>{group.title}</h2>
          <div className="table-cards">
            {group.tables.map((table) => (
              <Card key={table.name} table={table} />
            ))}
          </div>
        </section>
      ))}
      {adding ? <AddTable onClose={() => setAdding(false)} /> : null}
    </Panes>
  );
}
