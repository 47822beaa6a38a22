import { ArrowRightOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Included, TimelineEntry } from '../api/types.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { useApp } from '../app/session.tsx';
import { FieldCell } from '../fields/FieldCell.tsx';
import { formatTime } from '../fields/format.ts';
import { resolveFieldPath } from '../model/paths.ts';
import { includedTitle } from '../model/titles.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ModelIcon } from '../ui/ModelIcon.tsx';

type RecordEntry = Extract<TimelineEntry, { kind: 'record' }>;
type ChangeEntry = Extract<TimelineEntry, { kind: 'change' }>;

function useName(): (included: Included, id: string | null) => string {
  const { t } = useTranslation();
  return (included, id) => (id === null ? t('record.byEffect') : (includedTitle(included, 'user', id) ?? t('record.byEffect')));
}

function Time({ at }: { at: string }) {
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  return (
    <time className="quiet tabular" dateTime={at}>
      {formatTime(at, locale, timeZone)}
    </time>
  );
}

/** A record that belongs here: a follow-up, a task. */
export function RecordItem({ parent, entry, included }: { parent: TableModel; entry: RecordEntry; included: Included }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { model } = useApp();
  const name = useName()(included, entry.by);
  const table = model.tables[entry.table];
  const titlePath = parent.page.timeline?.find((source) => source.table === entry.table)?.title;
  const titleField = titlePath === undefined ? undefined : resolveFieldPath(model, entry.table, titlePath)?.field;
  const text: ReactNode = typeof entry.content === 'string' ? entry.content : entry.content === null ? null : JSON.stringify(entry.content);
  return (
    <article className="timeline-item timeline-record">
      <span className="timeline-icon">
        <ModelIcon name={table?.icon} label={table ? label(table.label) : '?'} />
      </span>
      <div className="timeline-body">
        <header>
          <Link to={recordPagePath(entry.table, entry.id)}>
            {titleField && entry.title ? <FieldCell field={titleField} value={entry.title} record={entry.record} included={included} /> : entry.title || (table ? label(table.label) : t('field.noTitle'))}
          </Link>
          <span className="timeline-who">
            <Avatar name={name} size={20} /> {name}
          </span>
          <Time at={entry.at} />
        </header>
        {text ? <p className="pre-line">{text}</p> : null}
      </div>
    </article>
  );
}

const ACTION_KEYS = { create: 'record.created', update: 'record.updated', delete: 'record.deleted', restore: 'record.restored', share: 'record.shared', unshare: 'record.unshared', transfer: 'record.transferred', merge: 'record.mergedIn', unmerge: 'record.unmerged' } as const;

/** A change, with what was there before and after. */
export function ChangeItem({ table, entry, included }: { table: TableModel; entry: ChangeEntry; included: Included }) {
  const { t } = useTranslation();
  const label = useLabel();
  const nameOf = useName();
  const name = entry.workflow ? label(entry.workflow) : nameOf(included, entry.by);
  const changes = entry.action === 'update' ? entry.changes.filter((change) => table.fields[change.field] && !table.fields[change.field]?.hidden) : [];
  return (
    <article className="timeline-item">
      <span className="timeline-icon">
        <Avatar name={name} size={20} />
      </span>
      <div className="timeline-body">
        <header>
          <span>{t(ACTION_KEYS[entry.action], { who: name })}</span>
          <Time at={entry.at} />
        </header>
        {entry.note ? <p className="quiet">{label(entry.note)}</p> : null}
        {changes.map((change) => {
          const field = table.fields[change.field];
          if (!field) return null;
          return (
            <div key={change.field} className="timeline-change">
              <span className="quiet">{label(field.label)}</span>
              <span className="timeline-before">
                <FieldCell field={field} value={change.before} record={{}} included={included} empty={t('record.blank')} />
              </span>
              <ArrowRightOutlined className="quiet" aria-label="→" />
              <span className="timeline-after">
                <FieldCell field={field} value={change.after} record={{}} included={included} empty={t('record.blank')} />
              </span>
            </div>
          );
        })}
      </div>
    </article>
  );
}
