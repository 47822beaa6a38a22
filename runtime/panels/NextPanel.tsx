/** The record whose date comes first: what, when, who, and the way to get it done. */
import { Button } from 'antd';
import { Link } from 'react-router';
import { useFewRecords } from '../api/records.ts';
import { useCreate } from '../app/create-context.ts';
import { useLabel } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { useApp, useTable } from '../app/session.tsx';
import { listAddress } from '../charts/use-drill.ts';
import { FieldCell } from '../fields/FieldCell.tsx';
import { dayOf } from '../fields/format.ts';
import { resolveFieldPath } from '../model/paths.ts';
import { useActions } from '../records/use-actions.ts';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { type PanelProps, panelFilter, pathIn, pointingHere } from './panel.ts';
import { usePanelTexts } from './texts.ts';

export function NextPanel(props: PanelProps) {
  const { panel, table } = props;
  const texts = usePanelTexts();
  const label = useLabel();
  const create = useCreate();
  const { model } = useApp();
  const { access } = useTable(table.name);
  const { actions, run } = useActions(table);
  const [date, title, person] = ['date', 'title', 'person'].map((key) => pathIn(panel, key));
  const filter = panelFilter(props);
  const found = useFewRecords(table.name, { filter, fields: [date, title, person].filter((path) => path !== undefined), sort: [date ?? 'created_at'], limit: 1, count: true });
  if (found.isPending) return <BlockSkeleton lines={2} />;
  const record = found.data?.data[0];
  if (!record || !found.data) {
    return (
      <div className="panel-empty">
        <span className="quiet">{texts.none}</span>
        {access.create ? (
          <Button size="small" type="primary" onClick={() => create(pointingHere(props))}>
            {texts.plan}
          </Button>
        ) : null}
      </div>
    );
  }
  const { included, count } = found.data;
  const cell = (path: string | undefined) => {
    const resolved = path === undefined ? undefined : resolveFieldPath(model, table.name, path);
    return resolved && path !== undefined ? <FieldCell field={resolved.field} value={record[path]} record={record} included={included} room="block" /> : null;
  };
  const late = isPast(record[date ?? ''], dayOf(new Date(), model.settings.timeZone));
  const complete = actions.find(({ name }) => name === panel.complete);
  const others = (count?.value ?? 1) - 1;
  return (
    <div className="panel-next">
      <Link className="panel-what" to={recordPagePath(table.name, record.id)}>
        {cell(title) ?? label(table.label)}
      </Link>
      <div className={late ? 'panel-when panel-late' : 'panel-when'}>
        {cell(date)} {late ? <span className="panel-mark">{texts.overdue}</span> : null}
      </div>
      <div>{cell(person)}</div>
      <div className="panel-actions">
        {complete ? (
          <Button size="small" type="primary" onClick={() => void run(complete, record.id)}>
            {label(complete.label)}
          </Button>
        ) : null}
        {others > 0 ? <Link to={listAddress(model, table.name, filter)}>{texts.more.replace('{{n}}', String(others))}</Link> : null}
      </div>
    </div>
  );
}

/** A moment by the clock, a day by the day. */
export function isPast(value: unknown, today: string, now = Date.now()): boolean {
  if (typeof value !== 'string') return false;
  return value.length === 10 ? value < today : Date.parse(value) < now;
}
