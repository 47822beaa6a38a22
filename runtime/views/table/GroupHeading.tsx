import { useText } from '../../app/i18n/index.ts';
import type { RecordData, Included } from '../../api/types.ts';
import { FieldCell } from '../../fields/FieldCell.tsx';
import type { PathField } from '../../model/paths.ts';

interface GroupHeadingProps {
  readonly group: PathField;
  /** The first record of the group. */
  readonly record: RecordData;
  readonly included: Included;
  readonly count: number;
  /** More of the group may follow with the next page. */
  readonly open: boolean;
  readonly top: number;
}

export const HEADING_HEIGHT = 36;

export function GroupHeading({ group, record, included, count, open, top }: GroupHeadingProps) {
  const t = useText();
  return (
    <div className="grid-group" role="row" style={{ transform: `translateY(${top}px)`, height: HEADING_HEIGHT }}>
      <span role="gridcell" className="grid-group-text">
        <FieldCell field={group.field} value={record[group.path]} record={record} included={included} empty={t('record.blank')} />
        <span className="quiet tabular">
          {count}
          {open ? '+' : ''}
        </span>
      </span>
    </div>
  );
}
