/** A plan as a page to be read: what changes, for whom, how many records, what cannot convert, what else uses it. */
import { CheckCircleFilled, ExclamationCircleFilled, StopFilled } from '@ant-design/icons';
import { Collapse } from 'antd';
import type { Plan, PlannedChange } from '#engine/changes/plan.ts';
import type { Label } from '#engine/errors.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { Link } from 'react-router';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { issuePath } from '../shell/issues.ts';
import { ChangeCard, ClassTag } from './ChangeCard.tsx';
import { usePublishTexts } from './texts.ts';

const MARKS = { safe: <CheckCircleFilled aria-hidden="true" />, lossy: <ExclamationCircleFilled aria-hidden="true" />, blocked: <StopFilled aria-hidden="true" /> };

interface PlanViewProps {
  readonly plan: Plan;
  readonly onRepair?: (change: PlannedChange) => void;
}

export function PlanView({ plan, onRepair }: PlanViewProps) {
  const texts = usePublishTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const titles = new Map<string, Label>(definitions.tables.map((table) => [table.name, table.label]));
  const groups = new Map<string, PlannedChange[]>();
  for (const { access, ...change } of plan.changes) {
    const of = groups.get(change.table ?? '') ?? [];
    // Who is affected is counted for the table: every change of its rights says the same.
    groups.set(change.table ?? '', [...of, access === undefined || of.some((one) => one.access) ? change : { ...change, access }]);
  }
  const failing = plan.scenarios.filter((scenario) => !scenario.passed);
  return (
    <div className="plan">
      <div className={`plan-summary plan-summary-${plan.class}`} role="status">
        <span className="plan-mark">{MARKS[plan.class]}</span>
        <div>
          <strong>{texts.summary[plan.class]}</strong>
          <p>
            {plan.rowsWritten > 0 ? fill(texts.rows, { count: plan.rowsWritten.toLocaleString(), seconds: plan.seconds }) : texts.noRows}
            {' · '}
            {plan.schema.length > 0 ? fill(texts.schema, { n: plan.schema.length }) : texts.noSchema}
          </p>
        </div>
        <ClassTag value={plan.class} />
      </div>
      {plan.issues.length > 0 ? (
        <section className="plan-issues">
          <h2>{texts.issues}</h2>
          <ul>
            {plan.issues.map((issue) => (
              <li key={issue.path + issue.code + issue.message.en}>
                <Link to={issuePath(definitions, issue)}>{label(issue.message)}</Link> <code>{issue.path}</code>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {[...groups].map(([table, changes]) => (
        <section key={table}>
          <h2>{table === '' ? label(definitions.app.label) : label(titles.get(table) ?? changes[0]?.label ?? { 'zh-CN': table, en: table })}</h2>
          <ul className="plan-changes">
            {changes.map((change) => (
              <ChangeCard key={`${change.action} ${change.path} ${change.properties.map((property) => property.name).join()}`} change={change} onRepair={onRepair} />
            ))}
          </ul>
        </section>
      ))}
      {plan.scenarios.length > 0 ? (
        <section>
          <h2>{texts.scenarios}</h2>
          <ul className="plan-scenarios">
            {(failing.length > 0 ? failing : plan.scenarios).map((scenario) => (
              <li key={scenario.name} className={scenario.passed ? 'quiet' : 'plan-failed'}>
                {label(scenario.label)}: {scenario.passed ? texts.scenarioOk : texts.scenarioFails}
                {scenario.problem ? ` – ${label(scenario.problem)}` : ''}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {plan.schema.length > 0 ? (
        <Collapse
          ghost
          size="small"
          items={[
            {
              key: 'schema',
              label: fill(texts.schema, { n: plan.schema.length }),
              children: (
                <ul className="plan-schema">
                  {plan.schema.map((step) => (
                    <li key={step.kind + step.name}>
                      {texts.steps[step.kind]} <code>{step.name}</code>
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      ) : null}
    </div>
  );
}
