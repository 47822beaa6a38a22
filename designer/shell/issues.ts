/** Problems of the draft, by the thing they concern. */
import { useMemo } from 'react';
import type { Issue, Label } from '#engine/errors.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { editorPath } from '../paths.ts';

type ListName = 'fields' | 'forms' | 'views';

export function nameAt(definitions: Definitions, table: string, list: string, index: number): string | undefined {
  const own = definitions.tables.find((candidate) => candidate.name === table);
  const things = own && ['fields', 'forms', 'views'].includes(list) ? own[list as ListName] : undefined;
  return things?.[index]?.name;
}

/** The page of the designer where a problem is mended. */
export function issuePath(definitions: Definitions, issue: Pick<Issue, 'path'>): string {
  return editorPath(issue.path, (table, list, index) => nameAt(definitions, table, list, index));
}

/** What a problem is about, in the words of the definitions: the table, and the field, form or view of it. */
export function issuePlace(definitions: Definitions, issue: Issue): readonly Label[] {
  const [, root, name = '', list = '', key = ''] = issue.path.split('/');
  const workflow = root === 'workflows' ? definitions.workflows?.find((own) => own.name === name) : undefined;
  if (workflow) return [workflow.label];
  const dashboard = root === 'dashboards' ? definitions.dashboards?.find((own) => own.name === name) : undefined;
  if (dashboard) return [dashboard.label];
  const table = root === 'tables' ? definitions.tables.find((own) => own.name === name) : undefined;
  if (!table) return root === 'app' ? [definitions.app.label] : [];
  const things: readonly { readonly label: Label }[] | undefined = ['fields', 'forms', 'views'].includes(list) ? table[list as ListName] : undefined;
  const thing = things?.[Number(key)];
  return thing ? [table.label, thing.label] : [table.label];
}

/** Problems at or below a path into the definitions. */
export function useIssues(path: string): readonly Issue[] {
  const { issues } = useDraft();
  return useMemo(() => issues.filter((issue) => issue.path === path || issue.path.startsWith(`${path}/`)), [issues, path]);
}

/** What is wrong at or below a path, to stand under the input that mends it. */
export function useProblem(path: string): string | undefined {
  const label = useLabel();
  const issues = useIssues(path);
  return issues.length > 0 ? [...new Set(issues.map((issue) => label(issue.message)))].join(' ') : undefined;
}

/** Problems of one thing of a table, which the paths name by its place in the list. */
export function useIssuesOf(table: string, list: ListName, name: string): readonly Issue[] {
  const { definitions } = useDraft();
  const index = definitions.tables.find((own) => own.name === table)?.[list]?.findIndex((thing) => thing.name === name) ?? -1;
  return useIssues(`/tables/${table}/${list}/${index}`);
}
