/** Records side by side: which one stays, and of each field in which they differ which value. On a phone one below the other. */
import { Radio, Tooltip } from 'antd';
import type { TableModel } from '#engine/model/app-model.ts';
import type { MergeCandidate, MergePreview } from '../api/merges.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { FieldCell } from '../fields/FieldCell.tsx';
import { titleOf } from '../model/titles.ts';
import { defaultSource, isBlank, possibleSurvivors, sortFields } from './choices.ts';
import { useMergeTexts } from './texts.ts';

/** Of a field whose values stand side by side: all of them. */
export const EVERY = '*';

interface MergeColumnsProps {
  readonly table: TableModel;
  readonly preview: MergePreview;
  readonly survivor: string;
  readonly onSurvivor: (id: string) => void;
  /** By field, where something was chosen. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly onChoose: (field: string, id: string) => void;
}

const letterOf = (index: number): string => String.fromCharCode(65 + index);

export function MergeColumns(props: MergeColumnsProps) {
  const texts = useMergeTexts();
  const { table, preview, survivor, onSurvivor } = props;
  const { differing, single, same } = sortFields(preview);
  const possible = possibleSurvivors(preview);
  const columns = { gridTemplateColumns: `minmax(96px, 150px) repeat(${preview.records.length}, minmax(0, 1fr))`, minWidth: 110 + 176 * preview.records.length };
  return (
    <div className="merge-columns">
      <div className="merge-line merge-heads" role="radiogroup" aria-label={texts.stays} style={columns}>
        <span className="merge-label" />
        {preview.records.map((record, index) => {
          const { id } = record.data;
          const name = titleOf(table, record.data, record.included) || id;
          const points = (preview.moves[id] ?? []).reduce((sum, { count }) => sum + count, 0);
          return (
            <label key={id} className={id === survivor ? 'merge-head merge-stays' : 'merge-head'}>
              <span className="merge-who">
                <Radio checked={id === survivor} disabled={!possible.includes(record)} onChange={() => onSurvivor(id)} aria-label={fill(texts.stay, { name })} />
                <span className="merge-letter" aria-hidden="true">{letterOf(index)}</span>
                <a href={recordPagePath(table.name, id)} target="_blank" rel="noreferrer" title={texts.open}>{name}</a>
              </span>
              <span className={id === survivor ? 'merge-state' : 'quiet merge-state'}>{id === survivor ? texts.stays : texts.goes}</span>
              <span className="quiet merge-points">{points > 0 ? fill(texts.points, { n: points }) : texts.pointsNone}</span>
            </label>
          );
        })}
      </div>
      {differing.length === 0 ? <p className="quiet merge-agree">{texts.nothingDiffers}</p> : null}
      {differing.map((field) => <MergeLine key={field.name} {...props} field={field} columns={columns} />)}
      {single.length > 0 ? (
        <details className="merge-same">
          <summary>{fill(texts.single, { n: single.length })}</summary>
          {single.map((field) => <MergeLine key={field.name} {...props} field={field} columns={columns} />)}
        </details>
      ) : null}
      {same.length > 0 ? (
        <details className="merge-same">
          <summary>{fill(texts.same, { n: same.length })}</summary>
          <SameFields table={table} records={preview.records} fields={same} />
        </details>
      ) : null}
    </div>
  );
}

interface MergeLineProps extends MergeColumnsProps {
  readonly field: MergePreview['fields'][number];
  readonly columns: { readonly gridTemplateColumns: string; readonly minWidth: number };
}

function MergeLine({ table, preview, survivor, chosen, onChoose, field: { name, united }, columns }: MergeLineProps) {
  const texts = useMergeTexts();
  const label = useLabel();
  const field = table.fields[name];
  if (!field) return null;
  const stays = preview.records.find(({ data }) => data.id === survivor);
  const mayChoose = stays?.access.fields[name] === 'write';
  const source = chosen[name] ?? (united ? EVERY : defaultSource(preview, name, survivor));
  return (
    <div className="merge-line" role="radiogroup" aria-label={label(field.label)} style={columns}>
      <span className="merge-label">
        <Tooltip title={mayChoose ? null : texts.locked}>{label(field.label)}</Tooltip>
        {united ? (
          <label className="merge-every">
            <Radio checked={source === EVERY} disabled={!mayChoose} onChange={() => onChoose(name, EVERY)} />
            {texts.all}
          </label>
        ) : null}
      </span>
      {preview.records.map(({ data, included, access }, index) => {
        const isTaken = source === data.id || (source === EVERY && !isBlank(data[name]));
        return (
          <label key={data.id} className={isTaken ? 'merge-cell merge-taken' : 'merge-cell'}>
            <Radio checked={source === data.id} disabled={!mayChoose || access.fields[name] === 'masked'} onChange={() => onChoose(name, data.id)} />
            <span className="merge-letter" aria-hidden="true">{letterOf(index)}</span>
            <span className="merge-value">
              <FieldCell field={field} value={data[name]} record={data} included={included} room="block" masked={access.fields[name] === 'masked'} empty={texts.empty} />
            </span>
          </label>
        );
      })}
    </div>
  );
}

function SameFields({ table, records, fields }: { readonly table: TableModel; readonly records: readonly MergeCandidate[]; readonly fields: MergePreview['fields'] }) {
  const label = useLabel();
  const [first] = records;
  if (!first) return null;
  return (
    <dl className="merge-same-list">
      {fields.map(({ name }) => {
        const field = table.fields[name];
        return field ? (
          <div key={name}>
            <dt>{label(field.label)}</dt>
            <dd>
              <FieldCell field={field} value={first.data[name]} record={first.data} included={first.included} masked={first.access.fields[name] === 'masked'} />
            </dd>
          </div>
        ) : null;
      })}
    </dl>
  );
}
