import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { PageDefinition } from '#engine/model/definitions.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useFewRecords } from '../api/records.ts';
import { useCreate } from '../app/create-context.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { recordPagePath, tablePath } from '../app/paths.ts';
import { useApp, useTable } from '../app/session.tsx';
import { FieldCell } from '../fields/FieldCell.tsx';
import { formatCount } from '../fields/format.ts';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { pathLabel, resolveFieldPath } from '../model/paths.ts';
import { titleOf } from '../model/titles.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';

export type RelatedDefinition = NonNullable<PageDefinition['related']>[number];

const SHOWN = 20;

interface RelatedListProps {
  readonly definition: RelatedDefinition;
  readonly parent: { readonly table: TableModel; readonly id: string; readonly title: string };
}

/** Records of another table that point here. */
export function RelatedList({ definition, parent }: RelatedListProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const navigate = useNavigate();
  const create = useCreate();
  const { model } = useApp();
  const { table, access } = useTable(definition.table);
  const reference = table?.fields[definition.field];
  const many = reference !== undefined && FIELD_COMPONENTS[reference.type] === FIELD_COMPONENTS.manyToMany;
  const filter: Rule = many ? { contains: [{ var: definition.field }, parent.id] } : { '==': [{ var: definition.field }, parent.id] };
  const columns = definition.columns.flatMap((path) => resolveFieldPath(model, definition.table, path) ?? []);
  const fields = [...new Set([...(table ? [table.titleField] : []), ...columns.map((column) => column.path)])];
  const found = useFewRecords(definition.table, { filter, fields, limit: SHOWN, count: true, sort: definition.sort ?? ['-updated_at'] }, table !== undefined && access.read);
  if (!table || !access.read) return null;
  const title = label(definition.label ?? table.pluralLabel);
  const isRight = (type: keyof typeof FIELD_COMPONENTS) => FIELD_COMPONENTS[type].column.align === 'right';

  return (
    <section className="related">
      <header>
        <h2>
          {title} <span className="quiet tabular">{found.data?.count ? formatCount(found.data.count, locale) : ''}</span>
        </h2>
        {access.create ? (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined aria-hidden="true" />}
            aria-label={t('action.create', { table: title })}
            onClick={() =>
              create({
                table: table.name,
                values: { [definition.field]: many ? [parent.id] : parent.id },
                included: { [parent.table.name]: { [parent.id]: { title: parent.title } } },
              })
            }
          >
            {t('app.create')}
          </Button>
        ) : null}
      </header>
      {found.isPending ? <RowsSkeleton rows={2} columns={4} height={36} /> : null}
      {found.isError && !found.data ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.data.length === 0 ? <p className="quiet related-empty">{t('record.noRelated', { table: title })}</p> : null}
      {found.data && found.data.data.length > 0 ? (
        <div className="related-scroller">
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.path} scope="col" className={isRight(column.field.type) ? 'align-right' : undefined}>
                    {pathLabel(column, locale)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.data.data.map((record) => (
                <tr key={record.id} onClick={() => void navigate(recordPagePath(table.name, record.id))}>
                  {columns.map((column, index) => (
                    <td key={column.path} className={isRight(column.field.type) ? 'align-right' : undefined}>
                      {index === 0 ? (
                        <Link to={recordPagePath(table.name, record.id)} className="ellipsis" onClick={(event) => event.stopPropagation()}>
                          {column.path === table.titleField ? titleOf(table, record, found.data.included) || t('field.noTitle') : <FieldCell field={column.field} value={record[column.path]} record={record} included={found.data.included} empty={t('field.noTitle')} />}
                        </Link>
                      ) : (
                        <FieldCell field={column.field} value={record[column.path]} record={record} included={found.data.included} masked={column.hops.length === 0 && access.fields[column.field.name] === 'masked'} />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {found.data.next ? (
            <Link className="related-all" to={`${tablePath(table.name)}?filter=${encodeURIComponent(JSON.stringify(filter))}`}>
              {t('record.showAll')}
            </Link>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
