import { useLocale, useText } from '../../app/i18n/index.ts';
import type { RecordData, Included } from '../../api/types.ts';
import { FieldCell } from '../../fields/FieldCell.tsx';
import { formatNumber } from '../../fields/format.ts';
import type { PathField } from '../../model/paths.ts';
import type { GroupTotal } from './use-group-totals.ts';

interface GroupHeadingProps {
  readonly group: PathField;
  /** The first record of the group. */
  readonly record: RecordData;
  readonly included: Included;
  readonly count: number;
  /** More of the group may follow with the next page. */
  readonly open: boolean;
  /** Of the whole group; undefined until the server has counted. */
  readonly total: GroupTotal | undefined;
  readonly top: number;
  readonly width: number;
}

export const HEADING_HEIGHT = 36;

export function GroupHeading({ group, record, included, count, open, total, top, width }: GroupHeadingProps) {
  const t = useText();
  const locale = useLocale();
  return (
    <div className="grid-group" role="row" style={{ transform: `translateY(${top}px)`, height: HEADING_HEIGHT, width }}>
      <span role="gridcell" className="grid-group-text">
        <FieldCell field={group.field} value={record[group.path]} record={record} included={included} empty={t('record.blank')} />
        <span className="quiet tabular">
          {formatNumber(total?.count ?? count, locale)}
          {!total && open ? '+' : ''}
        </span>
      </span>
      {total?.sums.map(({ column, value }) => (
        <span key={column.path} role="gridcell" className="grid-group-sum tabular" style={{ left: column.left, width: column.width }}>
          <FieldCell field={column.field} value={value} record={record} included={included} />
        </span>
      ))}
    </div>
  );
}
