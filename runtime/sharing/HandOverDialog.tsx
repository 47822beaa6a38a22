/** The work of who leaves: what there is, to whom it goes, and how it was shared out. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, DatePicker, Form, Modal, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { HandedOver, HandOverTable, PlannedHandOver } from '#engine/permissions/reports.ts';
import { refreshTable, useFewRecords } from '../api/records.ts';
import { dropPlannedHandOver, handOver, planHandOver, toHandOver } from '../api/sharing.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel } from '../app/i18n/index.ts';
import { isAdministrator, useApp } from '../app/session.tsx';
import { PeopleInput } from '../inbox/PeopleInput.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useSharingTexts } from './texts.ts';

/** `nameOf`: of whom `to` speaks, where it has been shared out. */
function Counts({ tables, approvals = 0, nameOf }: { tables: readonly (HandOverTable & { readonly to?: HandedOver['tables'][number]['to'] })[]; approvals?: number; nameOf?: (id: string) => string }) {
  const texts = useSharingTexts();
  const label = useLabel();
  return (
    <ul className="hand-over-counts">
      {tables.map(({ table, label: name, count, to }) => (
        <li key={table}>
          {label(name)} <strong className="tabular">{count}</strong> {to && nameOf ? <span className="quiet">{Object.entries(to).map(([id, n]) => `${nameOf(id)} ${n}`).join(' · ')}</span> : null}
        </li>
      ))}
      {approvals > 0 ? (
        <li>
          {texts.approvals} <strong className="tabular">{approvals}</strong>
        </li>
      ) : null}
    </ul>
  );
}

function Result({ handed, to }: { handed: HandedOver; to: readonly string[] }) {
  const texts = useSharingTexts();
  const people = useFewRecords('user', { filter: { in: [{ var: 'id' }, [...to]] }, fields: ['name'], limit: 50 });
  return (
    <>
      <Alert type="success" showIcon title={texts.handedOver} />
      <Counts tables={handed.tables} approvals={handed.approvals} nameOf={(id) => String(people.data?.data.find((user) => user.id === id)?.name ?? '…')} />
    </>
  );
}

/** It stands until the day comes, or somebody drops it. */
function Planned({ plan, onDrop }: { plan: PlannedHandOver; onDrop: () => void }) {
  const texts = useSharingTexts();
  const people = useFewRecords('user', { filter: { in: [{ var: 'id' }, [...plan.to]] }, fields: ['name'], limit: 50 });
  const names = plan.to.map((id) => String(people.data?.data.find((user) => user.id === id)?.name ?? '…')).join(texts.comma);
  return (
    <Alert
      type="info"
      showIcon
      title={fill(texts.planned, { date: plan.on, names })}
      description={fill(texts.plannedBy, { name: plan.by })}
      action={<Button size="small" onClick={onDrop}>{texts.dropPlan}</Button>}
    />
  );
}

export function HandOverDialog({ user, name, active, onClose }: { user: string; name: string; active: boolean; onClose: () => void }) {
  const texts = useSharingTexts();
  const app = useApp();
  const errorText = useErrorText();
  const found = useQuery({ queryKey: ['hand-over', user], queryFn: () => toHandOver(user), staleTime: 0 });
  const [to, setTo] = useState<readonly string[]>([]);
  const [disable, setDisable] = useState(active && isAdministrator(app));
  const [on, setOn] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [handed, setHanded] = useState<HandedOver | null>(null);
  const there = found.data;
  const isNothing = there !== undefined && there.tables.length === 0 && there.approvals === 0;

  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      if (on !== null) {
        await planHandOver(user, { to, disable, on });
        setOn(null);
        setTo([]);
        await found.refetch();
        return;
      }
      const done = await handOver(user, { to, disable });
      for (const { table } of [...done.tables, { table: 'user' }]) refreshTable(table);
      setHanded(done);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  const drop = async () => {
    try {
      await dropPlannedHandOver(user);
      await found.refetch();
    } catch (error) {
      setProblem(errorText(error));
    }
  };

  return (
    <Modal
      open
      width={520}
      title={fill(texts.handOverTitle, { name })}
      onCancel={onClose}
      footer={handed ? <Button type="primary" onClick={onClose}>{texts.done}</Button> : [<Button key="cancel" onClick={onClose}>{texts.cancel}</Button>, <Button key="run" type="primary" loading={busy} disabled={to.length === 0 || there === undefined} onClick={() => void run()}>{on === null ? texts.handOver : texts.plan}</Button>]}
    >
      {handed ? (
        <Result handed={handed} to={to} />
      ) : (
        <>
          {problem ? <Alert type="error" showIcon title={problem} role="alert" /> : null}
          {found.isPending ? <Skeleton active paragraph={{ rows: 3 }} title={false} /> : null}
          {found.isError ? <Alert type="error" showIcon title={errorText(found.error)} /> : null}
          {there ? (
            <>
              {there.planned ? <Planned plan={there.planned} onDrop={() => void drop()} /> : null}
              <p className="quiet">{isNothing ? texts.nothingToHandOver : texts.handOverHint}</p>
              <Counts tables={there.tables} approvals={there.approvals} />
              {there.elsewhere.length > 0 ? (
                <details className="hand-over-rest">
                  <summary>{texts.staysWith}</summary>
                  <Counts tables={there.elsewhere} />
                </details>
              ) : null}
              <Form layout="vertical">
                <Form.Item label={texts.receivers} extra={texts.receiversHint}>
                  <PeopleInput id="hand-over-to" several value={to} onChange={setTo} invalid={problem !== null} />
                </Form.Item>
                <Form.Item label={texts.when} extra={texts.whenHint} htmlFor="hand-over-on">
                  <DatePicker id="hand-over-on" className="full" placeholder={texts.atOnce} value={on === null ? null : dayjs(on)} minDate={dayjs().add(1, 'day')} onChange={(next) => setOn(next ? next.format('YYYY-MM-DD') : null)} />
                </Form.Item>
                {active && isAdministrator(app) ? (
                  <Checkbox checked={disable} onChange={(event) => setDisable(event.target.checked)}>
                    {texts.disableFirst}
                  </Checkbox>
                ) : null}
              </Form>
            </>
          ) : null}
        </>
      )}
    </Modal>
  );
}
