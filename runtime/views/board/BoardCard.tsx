/** One record as a card: its title, some facts, who it belongs to, how long it has stood here. */
import { MoreOutlined, WarningFilled } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { memo } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Included, RecordData, TableAccess } from '../../api/types.ts';
import { fill } from '../../app/i18n/fill.ts';
import { useText } from '../../app/i18n/index.ts';
import { useApp } from '../../app/session.tsx';
import { shortValue, symbolOf } from '../../charts/values.ts';
import { FieldCell } from '../../fields/FieldCell.tsx';
import { useLocale } from '../../app/i18n/index.ts';
import { resolveFieldPath } from '../../model/paths.ts';
import { includedTitle, titleOf } from '../../model/titles.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import type { BoardColumn, BoardSettings } from './board-columns.ts';
import { useBoardTexts } from './texts.ts';

export const LINE = 22;
/** Every card is as high as every other, so that thousands can be scrolled without being measured. */
export function cardHeight({ fields }: BoardSettings): number {
  return 12 + 22 + fields.length * LINE + 6 + 24 + 12;
}

interface BoardCardProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly settings: BoardSettings;
  readonly record: RecordData;
  readonly included: Included;
  /** Where it may go without dragging. */
  readonly targets?: readonly BoardColumn[] | undefined;
  readonly onMove?: ((to: BoardColumn) => void) | undefined;
}

const DAY = 86_400_000;

function BoardCardOf({ table, access, settings, record, included, targets, onMove }: BoardCardProps) {
  const t = useText();
  const texts = useBoardTexts();
  const locale = useLocale();
  const { model } = useApp();
  const { fields, amount, avatar, mark, since } = settings;
  const person = avatar === undefined ? undefined : resolveFieldPath(model, table.name, avatar)?.field;
  const owner = person?.target && typeof record[avatar ?? ''] === 'string' ? includedTitle(included, person.target, String(record[avatar ?? ''])) : undefined;
  const start = since === undefined ? undefined : record[since];
  const days = typeof start === 'string' ? Math.max(0, Math.floor((Date.now() - Date.parse(start)) / DAY)) : undefined;
  const sum = amount === undefined ? undefined : record[amount];
  return (
    <>
      <div className="board-card-title">
        <strong className="ellipsis">{titleOf(table, record, included) || t('field.noTitle')}</strong>
        {mark !== undefined && record[mark] === true ? <WarningFilled className="board-mark" title={texts.marked} aria-label={texts.marked} /> : null}
        {targets && onMove ? (
          <Dropdown trigger={['click']} menu={{ items: [{ key: 'move', type: 'group', label: texts.moveTo, children: targets.map((column) => ({ key: column.id, label: column.text, onClick: ({ domEvent }) => { domEvent.stopPropagation(); onMove(column); } })) }] }}>
            <Button className="board-card-more" type="text" size="small" icon={<MoreOutlined aria-hidden="true" />} aria-label={texts.moveTo} onClick={(event) => event.stopPropagation()} onPointerDown={(event) => event.stopPropagation()} />
          </Dropdown>
        ) : null}
      </div>
      {fields.map((path) => {
        const found = resolveFieldPath(model, table.name, path);
        return (
          <div key={path} className="board-fact ellipsis">
            {found ? <FieldCell field={found.field} value={record[path]} record={record} included={included} masked={found.hops.length === 0 && access.fields[path] === 'masked'} /> : null}
          </div>
        );
      })}
      <div className="board-card-foot">
        {typeof sum === 'number' ? <span className="tabular board-sum">{symbolOf(locale, model.settings.currency)}{shortValue(sum, 'number', { locale, currency: model.settings.currency })}</span> : null}
        <span className="board-space" />
        {days === undefined ? null : (
          <span className="quiet tabular" title={fill(texts.since, { n: days })}>
            {fill(texts.days, { n: days })}
          </span>
        )}
        {owner ? <span title={owner}><Avatar name={owner} size={22} /></span> : null}
      </div>
    </>
  );
}

export const BoardCard = memo(BoardCardOf);
