/** A record's page as people will see it, drawn by the runtime over a record that is there. */
import { useMemo } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import type { PageDefinition } from '#engine/model/definitions.ts';
import { everythingInChart } from '#engine/charts/chart-paths.ts';
import type { PanelDefinition } from '#engine/panels/definitions.ts';
import { panelTypeOf } from '#engine/panels/index.ts';
import { pathsOf } from '#engine/rules/check.ts';
import { useRecord } from '#runtime/api/records.ts';
import type { RecordAnswer } from '#runtime/api/types.ts';
import { RecordPanels } from '#runtime/panels/index.ts';
import { RecordHeader } from '#runtime/records/RecordHeader.tsx';
import { RelatedList } from '#runtime/records/RelatedList.tsx';
import { Timeline } from '#runtime/records/Timeline.tsx';
import { titleOf } from '#runtime/model/titles.ts';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { BlockSkeleton } from '#runtime/ui/Skeletons.tsx';
import { useTexts } from '../i18n/index.ts';
import { isLivePath } from '../preview/live-paths.ts';
import { useLiveModel } from '../preview/preview-app.ts';

/** What of the page the server can answer now. */
function livePage(page: PageDefinition, table: string, live: ReturnType<typeof useLiveModel>): PageDefinition {
  const knows = (name: string, paths: readonly string[]) => Object.hasOwn(live.tables, name) && paths.every((path) => isLivePath(live, name, path));
  return {
    ...page,
    panels: page.panels?.filter((panel) => knows(panel.table, [panel.field, ...(panelTypeOf(panel)?.paths(panel) ?? []).map(({ path }) => path)]) && everythingOf(panel).every(({ table: of, path }) => knows(of, [path]))),
    header: page.header?.filter((path) => isLivePath(live, table, path)),
    related: page.related
      ?.filter((related) => knows(related.table, [related.field]))
      .map((related) => ({ ...related, columns: related.columns.filter((path) => knows(related.table, [path])), sort: related.sort?.filter((key) => knows(related.table, [key.replace(/^-/, '')])) })),
  };
}

function everythingOf(panel: PanelDefinition): readonly { readonly table: string; readonly path: string }[] {
  const chart = panelTypeOf(panel)?.chart?.(panel);
  return [...(chart ? everythingInChart(chart) : []), ...(panel.filter === undefined ? [] : pathsOf(panel.filter).filter((path) => !path.startsWith('$')).map((path) => ({ table: panel.table, path })))];
}

export function PagePreview({ table, record }: { table: TableModel; record: string }) {
  const texts = useTexts();
  const live = useLiveModel();
  const read = useRecord(table.name, record);
  const shown = useMemo<TableModel>(() => ({ ...table, page: livePage(table.page, table.name, live) }), [table, live]);
  const answer = useMemo<RecordAnswer | undefined>(() => read.data && { ...read.data, access: { ...read.data.access, update: false, delete: false, share: false, transfer: false, merge: false } }, [read.data]);
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  if (!answer) return <BlockSkeleton />;
  const title = titleOf(shown, answer.data, answer.included);
  return (
    <div className="page-preview" inert>
      <RecordHeader table={shown} answer={answer} onDeleted={() => undefined} />
      <RecordPanels parent={{ table: shown, id: record, title }} />
      <div className="page-preview-body">
        <div>
          {(shown.page.related ?? []).map((definition) => (
            <RelatedList key={`${definition.table}.${definition.field}`} definition={definition} parent={{ table: shown, id: record, title }} />
          ))}
        </div>
        <aside aria-label={texts.page.timeline}>
          <Timeline table={shown} id={record} />
        </aside>
      </div>
    </div>
  );
}
