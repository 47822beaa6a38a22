/** Users whose view of a table changes: records and fields gained and lost. */
import { Table } from 'antd';
import type { AccessChange } from '#engine/changes/plan.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { definedField } from '../settings/field-choices.ts';
import { usePublishTexts } from './texts.ts';

const FEW = 8;

export function AccessTable({ access }: { access: readonly AccessChange[] }) {
  const texts = usePublishTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const fieldNames = (name: string, names: readonly string[]): string => {
    const table = definitions.tables.find((one) => one.name === name);
    if (table && names.length > FEW && names.length >= table.fields.length) return fill(texts.allFields, { n: names.length });
    const shown = names.slice(0, FEW).map((one) => label((table && definedField(table, one)?.label) ?? { 'zh-CN': one, en: one }));
    return names.length > FEW ? fill(texts.moreFields, { names: shown.join(texts.comma), n: names.length }) : shown.join(texts.comma);
  };
  const told = (table: string, records: number, fields: readonly string[]) =>
    [records > 0 ? fill(texts.recordsN, { n: records.toLocaleString() }) : '', fields.length > 0 ? `${texts.fields}${texts.colon}${fieldNames(table, fields)}` : ''].filter(Boolean).join(texts.semicolon) || '–';
  return (
    <Table
      size="small"
      dataSource={access.map((row) => ({ ...row, key: row.user.id + row.table }))}
      pagination={access.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
      columns={[
        { title: texts.user, render: (_, row) => row.user.name, width: 120 },
        { title: texts.gained, render: (_, row) => told(row.table, row.recordsGained, row.fieldsGained) },
        { title: texts.lost, render: (_, row) => told(row.table, row.recordsLost, row.fieldsLost) },
      ]}
    />
  );
}
