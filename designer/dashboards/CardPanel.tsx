/** Everything that can be set of a card. */
import { DeleteOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useMemo } from 'react';
import { updateCard, updateCardChart } from '#engine/changes/edit-dashboards.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import { type CardDefinition, type DashboardDefinition, GRID_COLUMNS } from '#engine/dashboards/definitions.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { ChartSettings } from '../charts/ChartEditor.tsx';
import { SharedFiltersContext } from '../charts/SharedEditor.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { NameSelect, TableEditor } from '../settings/NameEditors.tsx';
import { useIssues } from '../shell/issues.ts';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { useDashboardDesignerTexts } from './texts.ts';

const DATES: readonly ValueKind[] = ['date', 'dateTime'];
const VALUES: readonly ValueKind[] = ['option', 'reference'];

interface CardPanelProps {
  readonly dashboard: DashboardDefinition;
  readonly card: CardDefinition;
  readonly onRemove: () => void;
}

export function CardPanel({ dashboard, card, onRemove }: CardPanelProps) {
  const texts = useDashboardDesignerTexts();
  const { edit } = useDraft();
  const index = dashboard.cards.indexOf(card);
  const path = `/dashboards/${dashboard.name}/cards/${index}`;
  const set = (patch: Partial<CardDefinition>, key: string) => edit((old) => updateCard(old, dashboard.name, card.name, patch), `${dashboard.name} ${card.name} ${key}`);
  return (
    <div className="settings">
      {card.chart ? <ChartOf dashboard={dashboard} card={card} chart={card.chart} path={`${path}/chart`} /> : null}
      {card.list ? <ListSettings list={card.list} onChange={(list) => set({ list }, 'list')} /> : null}
      {card.text ? (
        <Setting id="card-text" label={texts.markdown}>
          <LabelInput id="card-text" many value={card.text} onChange={(text) => text && set({ text }, 'text')} />
        </Setting>
      ) : null}
      <fieldset className="card-place">
        <legend className="quiet">{texts.place}</legend>
        {(['x', 'y', 'w', 'h'] as const).map((name) => (
          <Setting key={name} id={`card-${name}`} label={texts[name]}>
            <InputNumber
              id={`card-${name}`}
              size="small"
              min={name === 'x' || name === 'y' ? 0 : 1}
              max={name === 'x' ? GRID_COLUMNS - card.w : name === 'w' ? GRID_COLUMNS - card.x : name === 'h' ? 24 : 500}
              precision={0}
              value={card[name]}
              onChange={(value) => value !== null && set({ [name]: value }, name)}
            />
          </Setting>
        ))}
      </fieldset>
      <div className="panel-foot">
        <Button danger icon={<DeleteOutlined aria-hidden="true" />} onClick={onRemove}>
          {texts.remove}
        </Button>
      </div>
    </div>
  );
}

function ChartOf({ dashboard, card, chart, path }: { dashboard: DashboardDefinition; card: CardDefinition; chart: ChartDefinition; path: string }) {
  const texts = useDashboardDesignerTexts();
  const label = useLabel();
  const { edit } = useDraft();
  const issues = useIssues(path);
  const set = (next: ChartDefinition) => edit((old) => updateCardChart(old, dashboard.name, card.name, next), `${dashboard.name} ${card.name} chart`);
  const filters = useMemo(() => (dashboard.filters ?? []).map((filter) => ({ name: filter.name, label: filter.label, kinds: filter.period ? DATES : VALUES })), [dashboard.filters]);
  return (
    <SharedFiltersContext value={filters}>
      <Setting id="card-label" label={texts.cardLabel} required>
        <LabelInput id="card-label" value={chart.label} onChange={(next) => set({ ...chart, label: next ?? { 'zh-CN': '', en: '' } })} />
      </Setting>
      {issues.length > 0 ? <p className="field-problem" role="alert">{[...new Set(issues.map(({ message }) => label(message)))].join(' ')}</p> : null}
      <ChartSettings chart={chart} context={{ table: chart.table, values: chart, path }} onChange={set} />
    </SharedFiltersContext>
  );
}

type ListCard = NonNullable<CardDefinition['list']>;

function ListSettings({ list, onChange }: { list: ListCard; onChange: (list: ListCard) => void }) {
  const texts = useDashboardDesignerTexts();
  const label = useLabel();
  const { model } = useDraft();
  const views = model.tables[list.table]?.views ?? [];
  return (
    <>
      <Setting id="card-list-label" label={texts.cardLabel}>
        <LabelInput
          id="card-list-label"
          value={list.label}
          onChange={(next) => {
            const { label: _old, ...rest } = list;
            onChange(next ? { ...rest, label: next } : rest);
          }}
        />
      </Setting>
      <Setting id="card-table" label={texts.table} required>
        <TableEditor id="card-table" schema={{}} value={list.table} of={undefined} required context={{ table: list.table, values: {}, path: '' }} onChange={(table) => typeof table === 'string' && onChange({ ...list, table, view: model.tables[table]?.views[0]?.name ?? 'all' })} />
      </Setting>
      <Setting id="card-view" label={texts.view} required>
        <NameSelect id="card-view" value={list.view} clearable={false} placeholder={texts.view} options={views.map((view) => ({ value: view.name, label: label(view.label) }))} onChange={(view) => typeof view === 'string' && onChange({ ...list, view })} />
      </Setting>
      <Setting id="card-rows" label={texts.rows}>
        <Select id="card-rows" className="full" value={list.limit ?? 6} options={[3, 4, 5, 6, 8, 10, 15, 20].map((value) => ({ value, label: String(value) }))} onChange={(limit: number) => onChange({ ...list, limit })} />
      </Setting>
    </>
  );
}
