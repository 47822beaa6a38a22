/** Dashboards in the designer: one of them drawn by the runtime, and beside it what can be set of it or of the chosen card. */
import { PlusOutlined, SettingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Route, Routes, useNavigate, useParams, useSearchParams } from 'react-router';
import { addCard, addDashboard, dashboardOf, moveDashboard, removeCard } from '#engine/changes/edit-dashboards.ts';
import type { DashboardDefinition } from '#engine/dashboards/definitions.ts';
import type { Label } from '#engine/errors.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { DESIGNER } from '../paths.ts';
import { LargerScreen, PaneHead, Panes } from '../shell/Panes.tsx';
import { AskLabel } from '../ui/AskLabel.tsx';
import { Chips } from '../ui/Chips.tsx';
import { AddCard } from './AddCard.tsx';
import { CardPanel } from './CardPanel.tsx';
import { cardName, DashboardCanvas } from './DashboardCanvas.tsx';
import { DashboardPanel } from './DashboardPanel.tsx';
import { useDashboardDesignerTexts } from './texts.ts';

const DASHBOARDS = `${DESIGNER}/dashboards`;
const dashboardPath = (name: string | undefined): string => (name === undefined ? DASHBOARDS : `${DASHBOARDS}/${name}`);

export function DashboardsPage() {
  return (
    <Routes>
      <Route index element={<One />} />
      <Route path=":name" element={<One />} />
    </Routes>
  );
}

function One() {
  const { name } = useParams();
  const texts = useDashboardDesignerTexts();
  const navigate = useNavigate();
  const { definitions, edit } = useDraft();
  const [adding, setAdding] = useState(false);
  const dashboards = definitions.dashboards ?? [];
  const dashboard = dashboards.find((own) => own.name === name) ?? dashboards[0];
  const add = (label: Label) => {
    const made = addDashboard(definitions, label);
    edit((old) => addDashboard(old, label).definitions);
    setAdding(false);
    void navigate(dashboardPath(made.name));
  };
  const ask = adding ? <AskLabel title={texts.add} label={texts.name} onDone={add} onClose={() => setAdding(false)} /> : null;
  if (!dashboard) {
    return (
      <div className="pane-column">
        <PaneHead title={texts.title} />
        <EmptyState title={texts.empty} hint={texts.emptyHint} action={<Button type="primary" onClick={() => setAdding(true)}>{texts.add}</Button>} />
        {ask}
      </div>
    );
  }
  return (
    <>
      <Dashboard key={dashboard.name} dashboard={dashboard} dashboards={dashboards} onAdd={() => setAdding(true)} />
      {ask}
    </>
  );
}

function Dashboard({ dashboard, dashboards, onAdd }: { dashboard: DashboardDefinition; dashboards: readonly DashboardDefinition[]; onAdd: () => void }) {
  const texts = useDashboardDesignerTexts();
  const all = useTexts();
  const label = useLabel();
  const phone = usePhone();
  const toast = useToast();
  const navigate = useNavigate();
  const { edit, undo, issues, definitions } = useDraft();
  const [params, setParams] = useSearchParams();
  const [choosing, setChoosing] = useState(false);
  const wanted = params.get('card');
  // A problem names a card by its place, a click by its name.
  const card = dashboard.cards.find(({ name }) => name === wanted) ?? (wanted !== null && /^\d+$/.test(wanted) ? dashboard.cards[Number(wanted)] : undefined);
  const select = (name: string | undefined) => setParams(name === undefined ? {} : { card: name }, { replace: true });
  const isWrong = (name: string) => issues.some(({ path }) => path.startsWith(`/dashboards/${name}/`) || path === `/dashboards/${name}`);
  const table = dashboard.cards.findLast(({ chart }) => chart)?.chart?.table;
  const side = card
    ? { title: cardName(card, label), content: <CardPanel key={card.name} dashboard={dashboard} card={card} onRemove={() => {
        edit((old) => removeCard(old, dashboard.name, card.name));
        select(undefined);
        toast({ text: texts.removed, action: { label: texts.undo, run: undo } });
      }} />, onClose: () => select(undefined) }
    : phone ? null : { title: texts.settings, content: <DashboardPanel key={dashboard.name} dashboard={dashboard} onGo={(name) => void navigate(dashboardPath(name))} /> };
  return (
    <Panes side={side}>
      <div className="pane-column dashboard-designer">
        <PaneHead
          title={texts.title}
          extra={
            <>
              {card ? <Button icon={<SettingOutlined aria-hidden="true" />} onClick={() => select(undefined)}>{texts.settings}</Button> : null}
              <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setChoosing(true)}>{texts.addCard}</Button>
            </>
          }
        />
        <Chips
          chips={dashboards.map((own) => ({ name: own.name, text: label(own.label), to: dashboardPath(own.name), wrong: isWrong(own.name) }))}
          active={dashboard.name}
          first={texts.order}
          earlier={all.form.moveUp}
          later={all.form.moveDown}
          onMove={(from, to) => edit((old) => moveDashboard(old, from, to))}
          extra={<Button size="small" type="text" icon={<PlusOutlined aria-hidden="true" />} onClick={onAdd}>{texts.add}</Button>}
        />
        {phone ? <LargerScreen /> : <p className="quiet dashboard-hint">{texts.drag}</p>}
        {dashboard.cards.length === 0 ? (
          <EmptyState title={texts.noCards} hint={texts.noCardsHint} action={<Button onClick={() => setChoosing(true)}>{texts.addCard}</Button>} />
        ) : (
          <DashboardCanvas dashboard={dashboard} selected={card?.name} onSelect={select} />
        )}
      </div>
      {choosing ? (
        <AddCard
          table={table}
          onClose={() => setChoosing(false)}
          onAdd={(made, size) => {
            const { name } = addCard(definitions, dashboard.name, made, size);
            edit((old) => (dashboardOf(old, dashboard.name) ? addCard(old, dashboard.name, made, size).definitions : old));
            setChoosing(false);
            select(name);
          }}
        />
      ) : null}
    </Panes>
  );
}
