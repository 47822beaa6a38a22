import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { type Condition, type ConditionGroup, isConditionGroup, isPeriodValue, isSpecialValue, ruleToConditions, VALUELESS } from '#engine/rules/conditions.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useFewRecords } from '../api/records.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { FieldCell } from '../fields/FieldCell.tsx';
import { includedTitle, titleOf } from '../model/titles.ts';
import { targetTable } from '../model/paths.ts';
import { type ConditionField, conditionFields, valueField } from './condition-fields.ts';
import { SPECIAL_KEYS } from './ConditionValueInput.tsx';
import { operatorKey } from './operator-label.ts';

function RecordTitles({ table, ids }: { table: string; ids: readonly string[] }) {
  const { t } = useTranslation();
  const { model } = useApp();
  const target = model.tables[table];
  const known = ids.map((id) => includedTitle({}, table, id));
  const found = useFewRecords(table, { filter: { in: [{ var: 'id' }, [...ids]] }, fields: target ? [target.titleField] : [], limit: 50 }, target !== undefined && known.some((title) => title === undefined));
  const titles = ids.map((id, index) => {
    const record = found.data?.data.find((one) => one.id === id);
    return known[index] ?? (record && target && found.data ? titleOf(target, record, found.data.included) : t('field.hiddenRecord'));
  });
  return <>{titles.join('、')}</>;
}

function ValueText({ condition, field }: { condition: Condition; field: ConditionField }) {
  const { t } = useTranslation();
  const { value, operator } = condition;
  if (isSpecialValue(value)) return <>{t(SPECIAL_KEYS[value.var])}</>;
  if (isPeriodValue(value)) {
    const { period, days } = value;
    if (period === 'lastDays' || period === 'nextDays' || period === 'olderThanDays') return <>{t(`period.${period}Of`, { n: days ?? 0 })}</>;
    return <>{t(`period.${period}`)}</>;
  }
  const target = targetTable(field.field);
  if (target !== undefined && (field.kind === 'reference' || field.kind === 'list')) {
    return <RecordTitles table={target} ids={Array.isArray(value) ? value.map(String) : [String(value)]} />;
  }
  const edited = valueField(field, operator);
  return <FieldCell field={edited} value={Array.isArray(value) ? [...value] : (value as string | number | boolean | null)} record={{}} included={{}} />;
}

/** Filters read as sentences. */
export function FilterSentence({ table, filter }: { table: TableModel; filter: Rule }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { model, access } = useApp();
  const group = ruleToConditions(filter);
  if (!group) return <span className="filter-sentence">{t('filter.unreadable')}</span>;
  const fields = conditionFields(model, access, table.name, locale);

  const drawCondition = (condition: Condition): ReactNode => {
    const field = fields.find((candidate) => candidate.path === condition.field);
    return (
      <span className="filter-part">
        <strong>{field?.label ?? condition.field}</strong> {t(`operator.${operatorKey(condition.operator, field?.kind)}`)}{' '}
        {field && !VALUELESS.has(condition.operator) ? <ValueText condition={condition} field={field} /> : null}
      </span>
    );
  };
  const drawGroup = (inner: ConditionGroup, outermost: boolean): ReactNode => (
    <>
      {inner.not ? `${t('filter.not')} ` : ''}
      {outermost && !inner.not ? '' : '('}
      {inner.rules.map((entry, index) => (
        <Fragment key={index}>
          {index > 0 ? <span className="quiet"> {t(`filter.${inner.combinator}`)} </span> : null}
          {isConditionGroup(entry) ? drawGroup(entry, false) : drawCondition(entry)}
        </Fragment>
      ))}
      {outermost && !inner.not ? '' : ')'}
    </>
  );
  return <span className="filter-sentence">{drawGroup(group, true)}</span>;
}
