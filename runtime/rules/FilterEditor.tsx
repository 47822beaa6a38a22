import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { type ConditionGroup, conditionsToRule, OPERATORS_BY_KIND, ruleToConditions } from '#engine/rules/conditions.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { ConditionBuilder, EmptyConditions, fitValues } from './ConditionBuilder.tsx';
import { conditionFields } from './condition-fields.ts';

interface FilterEditorProps {
  readonly table: TableModel;
  readonly filter: Rule | undefined;
  readonly onApply: (filter: Rule | undefined) => void;
}

const EMPTY: ConditionGroup = { combinator: 'and', rules: [] };

/** The filter of a list. Every complete condition takes effect at once; the list behind is the preview. */
export function FilterEditor({ table, filter, onApply }: FilterEditorProps) {
  const { t } = useTranslation();
  const { model, access } = useApp();
  const locale = useLocale();
  const [group, setGroup] = useState<ConditionGroup | null>(() => ruleToConditions(filter));
  const [applied, setApplied] = useState(() => JSON.stringify(filter));

  const change = (next: ConditionGroup) => {
    const fitting = fitValues(next);
    setGroup(fitting);
    const rule = conditionsToRule(fitting);
    const text = JSON.stringify(rule);
    if (text !== applied) {
      setApplied(text);
      onApply(rule);
    }
  };
  const addFirst = () => {
    const first = conditionFields(model, access, table.name, locale)[0];
    const operator = first && OPERATORS_BY_KIND[first.kind][0];
    if (first && operator) change({ combinator: 'and', rules: [{ field: first.path, operator, value: null }] });
  };

  if (group === null) {
    return (
      <div className="filter-editor">
        <Alert type="info" showIcon title={t('filter.unreadable')} action={<Button size="small" onClick={() => change(EMPTY)}>{t('filter.replace')}</Button>} />
      </div>
    );
  }
  return <div className="filter-editor">{group.rules.length === 0 ? <EmptyConditions onAdd={addFirst} /> : <ConditionBuilder table={table.name} group={group} onChange={change} />}</div>;
}
