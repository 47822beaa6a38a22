/** Conditions, built by hand: react-querybuilder keeps the tree, antd draws it, our field inputs edit the values. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select, Space } from 'antd';
import { createContext, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ActionProps, type CombinatorSelectorProps, type ControlElementsProp, type FieldSelectorProps, type FullField, type NotToggleProps, type OperatorSelectorProps, QueryBuilder, type RuleGroupType, type ValueEditorProps,
} from 'react-querybuilder';
import { type ConditionGroup, type ConditionOperator, type ConditionValue, MANY_VALUED, OPERATORS_BY_KIND, VALUELESS } from '#engine/rules/conditions.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { type ConditionField, conditionFields } from './condition-fields.ts';
import { ConditionVariablesContext } from './condition-variables.ts';
import { ConditionValueInput } from './ConditionValueInput.tsx';
import { operatorKey } from './operator-label.ts';

const FieldsContext = createContext<readonly ConditionField[]>([]);

function useField(path: string): ConditionField | undefined {
  return useContext(FieldsContext).find((field) => field.path === path);
}

function FieldSelector({ value, handleOnChange }: FieldSelectorProps) {
  const { t } = useTranslation();
  const fields = useContext(FieldsContext);
  const { title } = useContext(ConditionVariablesContext);
  const variables = fields.filter((field) => field.variable).map((field) => ({ value: field.path, label: field.label }));
  const own = fields.filter((field) => !field.over && !field.variable).map((field) => ({ value: field.path, label: field.label }));
  const distant = fields.filter((field) => field.over).map((field) => ({ value: field.path, label: field.label }));
  return (
    <Select
      className="condition-field"
      aria-label={t('filter.field')}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('filter.choose')}
      value={value || null}
      options={[{ label: t('filter.field'), options: own }, ...(distant.length > 0 ? [{ label: t('filter.hops'), options: distant }] : []), ...(variables.length > 0 ? [{ label: title, options: variables }] : [])]}
      onChange={handleOnChange}
      popupMatchSelectWidth={260}
    />
  );
}

function OperatorSelector({ value, handleOnChange, field }: OperatorSelectorProps) {
  const { t } = useTranslation();
  const found = useField(field);
  return (
    <Select
      className="condition-operator"
      aria-label={t('filter.operator')}
      value={value ?? null}
      options={(found ? OPERATORS_BY_KIND[found.kind] : []).map((operator) => ({ value: operator, label: t(`operator.${operatorKey(operator, found?.kind)}`) }))}
      onChange={handleOnChange}
      popupMatchSelectWidth={false}
    />
  );
}

function ValueEditor({ field, operator, value, handleOnChange, path }: ValueEditorProps) {
  const found = useField(field);
  if (!found) return null;
  return <ConditionValueInput id={`condition-${path.join('-')}`} field={found} operator={operator as ConditionOperator} value={value as ConditionValue} onChange={handleOnChange} />;
}

function CombinatorSelector({ value, handleOnChange }: CombinatorSelectorProps) {
  const { t } = useTranslation();
  return (
    <Select
      className="condition-combinator"
      aria-label={t('filter.operator')}
      value={value ?? 'and'}
      options={[
        { value: 'and', label: t('filter.matchAll') },
        { value: 'or', label: t('filter.matchAny') },
      ]}
      onChange={handleOnChange}
    />
  );
}

function NotToggle({ checked, handleOnChange }: NotToggleProps) {
  const { t } = useTranslation();
  return (
    <Button size="small" type={checked ? 'primary' : 'text'} aria-pressed={checked === true} onClick={() => handleOnChange(!checked)}>
      {t('filter.not')}
    </Button>
  );
}

function AddRule({ handleOnClick }: ActionProps) {
  const { t } = useTranslation();
  return (
    <Button size="small" type="text" icon={<PlusOutlined aria-hidden="true" />} onClick={(event) => handleOnClick(event)}>
      {t('filter.add')}
    </Button>
  );
}

function AddGroup({ handleOnClick, level }: ActionProps) {
  const { t } = useTranslation();
  // Deeper nesting is more than a person can read back.
  if (level > 1) return null;
  return (
    <Button size="small" type="text" icon={<PlusOutlined aria-hidden="true" />} onClick={(event) => handleOnClick(event)}>
      {t('filter.addGroup')}
    </Button>
  );
}

function Remove({ handleOnClick }: ActionProps) {
  const { t } = useTranslation();
  return <IconButton size="small" label={t('filter.remove')} icon={<CloseOutlined aria-hidden="true" />} onClick={(event) => handleOnClick(event)} />;
}

const CONTROLS: ControlElementsProp<FullField, string> = {
  fieldSelector: FieldSelector,
  operatorSelector: OperatorSelector,
  valueEditor: ValueEditor,
  combinatorSelector: CombinatorSelector,
  notToggle: NotToggle,
  addRuleAction: AddRule,
  addGroupAction: AddGroup,
  removeRuleAction: Remove,
  removeGroupAction: Remove,
};

interface ConditionBuilderProps {
  readonly table: string;
  readonly group: ConditionGroup;
  readonly onChange: (group: ConditionGroup) => void;
}

export function ConditionBuilder({ table, group, onChange }: ConditionBuilderProps) {
  const { model, access } = useApp();
  const locale = useLocale();
  const { fields: variables } = useContext(ConditionVariablesContext);
  const fields = useMemo(() => [...conditionFields(model, access, table, locale), ...variables], [model, access, table, locale, variables]);
  const options = useMemo<FullField[]>(() => fields.map((field) => ({ name: field.path, value: field.path, label: field.label })), [fields]);
  const kindOf = (path: string) => fields.find((field) => field.path === path)?.kind ?? 'none';
  return (
    <FieldsContext value={fields}>
      <QueryBuilder
        query={group as unknown as RuleGroupType}
        onQueryChange={(query: RuleGroupType) => onChange(query as unknown as ConditionGroup)}
        fields={options}
        controlElements={CONTROLS}
        showNotToggle
        resetOnFieldChange
        resetOnOperatorChange={false}
        getOperators={(path: string) => OPERATORS_BY_KIND[kindOf(path)].map((operator) => ({ name: operator, value: operator, label: operator }))}
        getDefaultOperator={(path: string) => OPERATORS_BY_KIND[kindOf(path)][0] ?? '=='}
        getDefaultValue={() => null}
        onAddRule={(rule) => ({ ...rule, value: null })}
        controlClassnames={{ queryBuilder: 'conditions', ruleGroup: 'condition-group', rule: 'condition', header: 'condition-head', body: 'condition-body' }}
        suppressStandardClassnames
      />
    </FieldsContext>
  );
}

/** A change of operator keeps the value only where its shape still fits. */
export function fitValues(group: ConditionGroup): ConditionGroup {
  return {
    ...group,
    rules: group.rules.map((entry) => {
      if ('rules' in entry) return fitValues(entry);
      const { operator, value } = entry;
      const list = Array.isArray(value);
      if (VALUELESS.has(operator)) return { ...entry, value: null };
      if (operator === 'inPeriod') return typeof value === 'object' && value !== null && 'period' in value ? entry : { ...entry, value: null };
      if (typeof value === 'object' && value !== null && 'period' in value) return { ...entry, value: null };
      if (MANY_VALUED.has(operator) && !list && typeof value !== 'object' && value !== null) return { ...entry, value: [value as string] };
      if (!MANY_VALUED.has(operator) && list) return { ...entry, value: (value as readonly (string | number)[])[0] ?? null };
      return entry;
    }),
  };
}

export function EmptyConditions({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  return (
    <Space orientation="vertical">
      <span className="quiet">{t('filter.empty')}</span>
      <Button size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={onAdd}>
        {t('filter.add')}
      </Button>
    </Space>
  );
}
