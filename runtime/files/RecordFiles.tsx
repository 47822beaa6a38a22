/** Every file around a record: its own, and those of the records its page lists, each group to leaf through. */
import { PaperClipOutlined } from '@ant-design/icons';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { thumbnailUrl } from '../api/files.ts';
import { findRecords, recordKeys } from '../api/records.ts';
import type { FileInfo, RecordAnswer } from '../api/types.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { useApp } from '../app/session.tsx';
import { formatSize } from '../fields/format.ts';
import { titleOf } from '../model/titles.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { FileOpener } from './FileOpener.tsx';
import { sourcesOf } from './file-sources.ts';
import { filesOfRecord } from './files-of-record.ts';
import { useFileTexts } from './texts.ts';

const MOST = 100;

export function RecordFiles({ table, answer }: { table: TableModel; answer: RecordAnswer }) {
  const texts = useFileTexts();
  const label = useLabel();
  const app = useApp();
  const { id } = answer.data;
  const sources = sourcesOf(app, table);
  const found = useQueries({
    queries: sources.map(({ table: { name, titleField }, fields, by }) => {
      const pointing: Rule = { or: by.map((field): Rule => ({ '==': [{ var: field }, id] })) };
      const query = { filter: { and: [pointing, { or: fields.map((field): Rule => ({ notEmpty: [{ var: field.name }] })) }] } as Rule, fields: [titleField, ...fields.map((field) => field.name)], sort: ['-created_at'], limit: MOST };
      return { queryKey: recordKeys.few(name, query), queryFn: ({ signal }: { signal: AbortSignal }) => findRecords(name, query, undefined, signal) };
    }),
  });
  const own = filesOfRecord(table, answer.data, answer.included);
  const groups = sources.map((source, i) => ({ source, page: found[i]?.data })).filter(({ page }) => (page?.data.length ?? 0) > 0);
  if (own.length === 0 && groups.length === 0) return found.some(({ isPending }) => isPending) ? <BlockSkeleton /> : <EmptyState small title={texts.none} hint={texts.noneHint} />;
  return (
    <div className="record-files">
      {own.length > 0 ? <Group title={label(table.label)} lines={own.map((file) => ({ file }))} /> : null}
      {groups.map(({ source, page }) => (
        <Group
          key={source.table.name}
          title={label(source.table.pluralLabel)}
          lines={(page?.data ?? []).flatMap((record) => filesOfRecord(source.table, record, page?.included ?? {}).map((file) => ({ file, of: { path: recordPagePath(source.table.name, record.id), title: titleOf(source.table, record, page?.included ?? {}) } })))}
        />
      ))}
    </div>
  );
}

interface Line {
  readonly file: FileInfo;
  /** The record that holds it, when it is another one. */
  readonly of?: { readonly path: string; readonly title: string };
}

function Group({ title, lines }: { title: string; lines: readonly Line[] }) {
  const locale = useLocale();
  return (
    <section>
      <h2>
        {title} <span className="quiet tabular">{lines.length}</span>
      </h2>
      <FileOpener files={lines.map(({ file }) => file)}>
        {(open) => (
          <ul>
            {lines.map(({ file, of }) => (
              <li key={file.id}>
                {file.image ? <img src={thumbnailUrl(file.id)} alt="" width={32} height={32} className="thumbnail" loading="lazy" /> : <PaperClipOutlined aria-hidden="true" />}
                <button type="button" className="file ellipsis" onClick={() => open(file.id)}>
                  {file.name}
                </button>
                <span className="quiet">{formatSize(file.size, locale)}</span>
                {of?.title ? (
                  <Link to={of.path} className="quiet ellipsis">
                    {of.title}
                  </Link>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </FileOpener>
    </section>
  );
}
