/** What matters most of other tables, in one look, above a record's details. A panel whose table one may not read is not there. */
import type { ComponentType } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import { PANEL_TYPES, type PanelTypeName } from '#engine/panels/index.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { FiguresPanel } from './FiguresPanel.tsx';
import { NextPanel } from './NextPanel.tsx';
import type { PanelProps } from './panel.ts';
import { TreePanel } from './TreePanel.tsx';

const PANELS: Readonly<Record<PanelTypeName, ComponentType<PanelProps>>> = { next: NextPanel, figures: FiguresPanel, tree: TreePanel };

export function RecordPanels({ parent }: { parent: { readonly table: TableModel; readonly id: string; readonly title: string } }) {
  const label = useLabel();
  const { model, access } = useApp();
  const shown = (parent.table.page.panels ?? []).flatMap((panel) => {
    const table = model.tables[panel.table];
    return table && access[panel.table]?.read && Object.hasOwn(PANEL_TYPES, panel.type) ? [{ panel, table, Panel: PANELS[panel.type as PanelTypeName] }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <div className="record-panels">
      {shown.map(({ panel, table, Panel }) => (
        <section key={panel.name} className="record-panel">
          <h2>{label(panel.label)}</h2>
          <Panel panel={panel} table={table} parent={parent} />
        </section>
      ))}
    </div>
  );
}
