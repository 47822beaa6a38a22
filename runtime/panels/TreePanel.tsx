/** Records below one another, coloured by an option: who decides, who stands where. */
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type FieldModel, optionsOf } from '#engine/model/app-model.ts';
import { useFewRecords } from '../api/records.ts';
import type { RecordData } from '../api/types.ts';
import { useAppearance } from '../app/appearance.ts';
import { useCreate } from '../app/create-context.ts';
import { useLabel } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { useApp, useTable } from '../app/session.tsx';
import { optionColors } from '../app/theme.ts';
import { FieldCell } from '../fields/FieldCell.tsx';
import { resolveFieldPath } from '../model/paths.ts';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { type PanelProps, panelFilter, pathIn, pointingHere } from './panel.ts';
import { usePanelTexts } from './texts.ts';
import { type Branch, buildTree } from './tree.ts';

const MOST = 100;
/** More roots than these are folded: the panel shows who matters most. */
const ROOTS_SHOWN = 4;

export function TreePanel(props: PanelProps) {
  const { panel, table } = props;
  const texts = usePanelTexts();
  const label = useLabel();
  const create = useCreate();
  const { model } = useApp();
  const { access } = useTable(table.name);
  const [all, setAll] = useState(false);
  const [parent = '', title = table.titleField, caption, role, color] = ['parent', 'title', 'caption', 'role', 'color'].map((key) => pathIn(panel, key));
  const fieldOf = (path: string | undefined): FieldModel | undefined => (path === undefined ? undefined : resolveFieldPath(model, table.name, path)?.field);
  const found = useFewRecords(table.name, { filter: panelFilter(props), fields: [parent, title, caption, role, color].flatMap((path) => path || []), sort: [title], limit: MOST });
  if (found.isPending) return <BlockSkeleton lines={2} />;
  const records = found.data?.data ?? [];
  if (records.length === 0) {
    return (
      <div className="panel-empty">
        <span className="quiet">{texts.emptyTree.replace('{{table}}', label(table.label))}</span>
        {access.create ? (
          <Button size="small" onClick={() => create(pointingHere(props))}>
            {texts.add.replace('{{table}}', label(table.label))}
          </Button>
        ) : null}
      </div>
    );
  }
  const roleField = fieldOf(role);
  const ranks = new Map((roleField ? optionsOf(roleField) : []).map(({ value }, i) => [value, i]));
  const roots = buildTree(records, (record) => (typeof record[parent] === 'string' ? (record[parent] as string) : null), (record) => ranks.get(String(record[role ?? ''])) ?? ranks.size);
  const shown = all ? roots : roots.slice(0, ROOTS_SHOWN);
  const node = (record: RecordData) => (
    <Node table={table.name} record={record} title={{ path: title, field: fieldOf(title) }} caption={{ path: caption, field: fieldOf(caption) }} role={{ path: role, field: roleField }} color={{ path: color, field: fieldOf(color) }} included={found.data?.included ?? {}} />
  );
  return (
    <>
      <Branches branches={shown} node={node} />
      {roots.length > ROOTS_SHOWN ? (
        <Button size="small" type="link" onClick={() => setAll(!all)}>
          {all ? texts.fewer : texts.all.replace('{{n}}', String(records.length))}
        </Button>
      ) : null}
    </>
  );
}

function Branches({ branches, node }: { branches: readonly Branch<RecordData>[]; node: (record: RecordData) => React.ReactNode }) {
  return (
    <ul className="panel-tree">
      {branches.map(({ item, below }) => (
        <li key={item.id}>
          {node(item)}
          {below.length > 0 ? <Branches branches={below} node={node} /> : null}
        </li>
      ))}
    </ul>
  );
}

interface Part {
  readonly path: string | undefined;
  readonly field: FieldModel | undefined;
}
interface NodeProps {
  readonly table: string;
  readonly record: RecordData;
  readonly included: Parameters<typeof FieldCell>[0]['included'];
  readonly title: Part;
  readonly caption: Part;
  readonly role: Part;
  readonly color: Part;
}

function Node({ table, record, included, title, caption, role, color }: NodeProps) {
  const label = useLabel();
  const appearance = useAppearance();
  const cell = ({ path, field }: Part) => (path === undefined || !field ? null : <FieldCell field={field} value={record[path]} record={record} included={included} />);
  const option = color.field && color.path !== undefined ? optionsOf(color.field).find(({ value }) => value === record[color.path ?? '']) : undefined;
  return (
    <div className="panel-node">
      <span className="panel-dot" style={{ background: optionColors(option?.color, appearance).ink }} role="img" aria-label={option && color.field ? `${label(color.field.label)}: ${label(option.label)}` : undefined} title={option && color.field ? `${label(color.field.label)}: ${label(option.label)}` : undefined} aria-hidden={option ? undefined : true} />
      <Link to={recordPagePath(table, record.id)}>{cell(title)}</Link>
      <span className="quiet panel-caption ellipsis">{cell(caption)}</span>
      {cell(role)}
    </div>
  );
}
