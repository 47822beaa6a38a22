import { InputNumber, Select, Space } from 'antd';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import { type ConditionOperator, type ConditionValue, COUNTED_PERIODS, isPeriodValue, isSpecialValue, isVariableValue, VALUELESS } from '#engine/rules/conditions.ts';
import type { SpecialName } from '#engine/rules/rule.ts';
import { PERIODS } from '#engine/rules/time.ts';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { targetTable } from '../model/paths.ts';
import { type ConditionField, valueField } from './condition-fields.ts';
import { ConditionVariablesContext } from './condition-variables.ts';

const SPECIAL_KEYS = { $me: 'filter.me', $myDepartment: 'filter.myDepartment', $mySubordinates: 'filter.mySubordinates', $myDepartments: 'filter.myDepartments', $myDepartmentTree: 'filter.myDepartmentTree', $juniors: 'filter.juniors', $openDepartments: 'filter.openDepartments', $asked: 'filter.asked', $today: 'filter.today', $now: 'filter.now' } as const satisfies Record<SpecialName, string>;

/** What may stand instead of a value: oneself where a person is asked for, today where a day is. */
function specialsFor(field: ConditionField, operator: ConditionOperator): readonly SpecialName[] {
  const target = targetTable(field.field);
  if (field.kind === 'reference' && target === 'user') return operator === 'in' || operator === 'notIn' ? ['$mySubordinates'] : ['$me'];
  if (field.kind === 'reference' && target === 'department') return operator === 'in' || operator === 'notIn' ? [] : ['$myDepartment'];
  if (field.kind === 'list' && target === 'user') return operator === 'contains' || operator === 'notContains' ? ['$me'] : [];
  if (field.kind === 'date') return ['$today'];
  if (field.kind === 'dateTime') return ['$now'];
  return [];
}

interface ConditionValueInputProps {
  readonly id: string;
  readonly field: ConditionField;
  readonly operator: ConditionOperator;
  readonly value: ConditionValue;
  readonly onChange: (value: ConditionValue) => void;
}

function PeriodInput({ value, onChange }: Pick<ConditionValueInputProps, 'value' | 'onChange'>) {
  const { t } = useTranslation();
  const period = isPeriodValue(value) ? value : undefined;
  const counted = period !== undefined && COUNTED_PERIODS.has(period.period);
  return (
    <Space.Compact>
      <Select
        className="condition-period"
        aria-label={t('filter.value')}
        value={period?.period ?? null}
        placeholder={t('filter.value')}
        options={PERIODS.map((name) => ({ value: name, label: t(`period.${name}`) }))}
        onChange={(name) => (name ? onChange(COUNTED_PERIODS.has(name) ? { period: name, days: period?.days ?? 30 } : { period: name }) : undefined)}
      />
      {counted ? <InputNumber min={0} max={3650} precision={0} aria-label={t('filter.days')} suffix={t('filter.days')} value={period.days ?? null} onChange={(days) => onChange({ period: period.period, days: days ?? 0 })} /> : null}
    </Space.Compact>
  );
}

export function ConditionValueInput({ id, field, operator, value, onChange }: ConditionValueInputProps) {
  const { t } = useTranslation();
  const { Pick } = useContext(ConditionVariablesContext);
  if (VALUELESS.has(operator)) return null;
  if (operator === 'inPeriod') return <PeriodInput value={value} onChange={onChange} />;
  const specials = specialsFor(field, operator);
  const special = isSpecialValue(value) ? value.var : null;
  const variable = isVariableValue(value) ? value : undefined;
  const edited = valueField(field, operator);
  const { Input } = FIELD_COMPONENTS[edited.type];
  return (
    <span className="condition-value">
      {Pick ? <Pick field={field} value={variable} onChange={(next) => onChange(next ?? null)} /> : null}
      {specials.length > 0 && !variable ? (
        <Select<SpecialName | ''>
          aria-label={t('filter.value')}
          className="condition-special"
          value={special ?? ''}
          options={[{ value: '', label: t('filter.value') }, ...specials.map((name) => ({ value: name, label: t(SPECIAL_KEYS[name]) }))]}
          onChange={(next: SpecialName | '') => onChange(next === '' ? null : { var: next })}
        />
      ) : null}
      {special === null && !variable ? (
        <span className="condition-input">
          <label className="hidden-label" htmlFor={id}>
            {t('filter.value')}
          </label>
          <Input key={`${field.path} ${edited.type}`} id={id} field={edited} value={isPeriodValue(value) || isSpecialValue(value) || isVariableValue(value) ? null : (value as Json)} record={{}} included={{}} onChange={(next) => onChange(next as ConditionValue)} />
        </span>
      ) : null}
    </span>
  );
}

export { SPECIAL_KEYS };
