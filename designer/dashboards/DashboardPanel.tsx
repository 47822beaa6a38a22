/** What belongs to a dashboard as a whole: its name, who sees it, whether it is home, the filters its charts share. */
import { CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select, Switch } from 'antd';
import { addDashboard, removeDashboard, setHomeOfRoles, updateDashboard } from '#engine/changes/edit-dashboards.ts';
import { freeName, updateApp } from '#engine/changes/edits.ts';
import type { DashboardDefinition, SharedFilterDefinition } from '#engine/dashboards/definitions.ts';
import { optionsOf } from '#engine/model/app-model.ts';
import { resolvePath } from '#engine/rules/paths.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { PathSelect } from '../charts/PathSelect.tsx';
import { PeriodInput } from '../charts/SmallEditors.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { RolesInput, TableEditor } from '../settings/NameEditors.tsx';
import { IconPicker } from '../ui/IconPicker.tsx';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { useDashboardDesignerTexts } from './texts.ts';

const VALUES: readonly ValueKind[] = ['option', 'reference'];

export function DashboardPanel({ dashboard, onGo }: { dashboard: DashboardDefinition; onGo: (name: string | undefined) => void }) {
  const texts = useDashboardDesignerTexts();
  const { definitions, edit } = useDraft();
  const { name } = dashboard;
  const set = (patch: Partial<Record<keyof DashboardDefinition, unknown>>, key: string) => edit((old) => updateDashboard(old, name, patch as Partial<DashboardDefinition>), `${name} ${key}`);
  const filters = dashboard.filters ?? [];
  const setFilters = (next: readonly SharedFilterDefinition[]) => set({ filters: next.length > 0 ? next : undefined }, 'filters');
  const newFilter = (rest: Omit<SharedFilterDefinition, 'name' | 'label'>, label: SharedFilterDefinition['label'], base: string) => setFilters([...filters, { name: freeName(base, filters.map((own) => own.name)), label, ...rest }]);
  return (
    <div className="settings">
      <Setting id="dashboard-label" label={texts.name} required>
        <LabelInput id="dashboard-label" value={dashboard.label} onChange={(label) => set({ label: label ?? { 'zh-CN': '', en: '' } }, 'label')} />
      </Setting>
      <Setting id="dashboard-description" label={texts.description}>
        <LabelInput id="dashboard-description" many value={dashboard.description} onChange={(description) => set({ description }, 'description')} />
      </Setting>
      <Setting id="dashboard-icon" label={texts.icon}>
        <IconPicker id="dashboard-icon" value={dashboard.icon} name={dashboard.label.en} onChange={(icon) => set({ icon }, 'icon')} />
      </Setting>
      <Setting id="dashboard-roles" label={texts.roles}>
        <RolesInput id="dashboard-roles" value={dashboard.roles ?? []} onChange={(roles) => set({ roles }, 'roles')} />
      </Setting>
      <Setting id="dashboard-home" label={texts.home} inline>
        <Switch id="dashboard-home" size="small" checked={definitions.app.workbench === name} onChange={(on) => edit((old) => updateApp(old, { workbench: on ? name : undefined }))} />
      </Setting>
      <Setting id="dashboard-home-of" label={texts.homeOf}>
        <RolesInput id="dashboard-home-of" value={definitions.app.roles.filter(({ workbench }) => workbench === name).map((role) => role.name)} onChange={(roles) => edit((old) => setHomeOfRoles(old, name, roles ?? []))} />
      </Setting>
      <h3>{texts.filters}</h3>
      <div className="columns-editor">
        {filters.map((filter, index) => (
          <FilterSettings key={filter.name} filter={filter} onChange={(next) => setFilters(filters.map((own, i) => (i === index ? next : own)))} onRemove={() => setFilters(filters.filter((_, i) => i !== index))} />
        ))}
        <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} disabled={filters.some(({ period }) => period)} onClick={() => newFilter({ period: { range: 'thisQuarter' } }, { 'zh-CN': '时段', en: 'Period' }, 'period')}>
          {texts.addPeriod}
        </Button>
        <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} disabled={filters.length >= 8} onClick={() => newFilter({ values: { table: dashboard.cards.find(({ chart }) => chart)?.chart?.table ?? definitions.tables[0]?.name ?? '', field: 'owner' } }, { 'zh-CN': '负责人', en: 'Owner' }, 'owner')}>
          {texts.addValues}
        </Button>
      </div>
      <div className="panel-foot">
        <Button
          icon={<CopyOutlined aria-hidden="true" />}
          onClick={() => {
            const label = { 'zh-CN': fill('{{name}} 副本', { name: dashboard.label['zh-CN'] }), en: fill('Copy of {{name}}', { name: dashboard.label.en }) };
            const made = addDashboard(definitions, label, dashboard);
            edit((old) => addDashboard(old, label, dashboard).definitions);
            onGo(made.name);
          }}
        >
          {texts.copy}
        </Button>
        <Button
          danger
          icon={<DeleteOutlined aria-hidden="true" />}
          onClick={() => {
            edit((old) => removeDashboard(old, name));
            onGo(undefined);
          }}
        >
          {texts.delete}
        </Button>
      </div>
    </div>
  );
}

function FilterSettings({ filter, onChange, onRemove }: { filter: SharedFilterDefinition; onChange: (filter: SharedFilterDefinition) => void; onRemove: () => void }) {
  const texts = useDashboardDesignerTexts();
  const label = useLabel();
  const { model } = useDraft();
  const id = `filter-${filter.name}`;
  const { values } = filter;
  const resolved = values && Object.hasOwn(model.tables, values.table) ? resolvePath(model.tables, values.table, values.field) : undefined;
  const field = typeof resolved === 'object' ? resolved.field : undefined;
  const choices = field ? (field.target === 'user' ? [{ value: '$me', label: texts.mine }] : optionsOf(field).map((option) => ({ value: option.value, label: label(option.label) }))) : [];
  return (
    <div className="chart-part">
      <div className="chart-part-head">
        <span className="chart-part-title">{label(filter.label)}</span>
        <IconButton size="small" label={texts.remove} icon={<DeleteOutlined aria-hidden="true" />} onClick={onRemove} />
      </div>
      <div className="chart-part-body">
        <LabelInput id={`${id}-label`} value={filter.label} onChange={(next) => next && onChange({ ...filter, label: next })} />
        {filter.period ? <PeriodInput value={filter.period} onChange={(period) => onChange({ ...filter, period })} /> : null}
        {values ? (
          <>
            <TableEditor id={`${id}-table`} schema={{}} value={values.table} of={undefined} required context={{ table: values.table, values: {}, path: '' }} onChange={(table) => typeof table === 'string' && onChange({ ...filter, values: { table, field: 'owner' } })} />
            <PathSelect id={`${id}-field`} table={values.table} value={values.field} kinds={VALUES} placeholder={texts.filterField} onChange={(next) => next && onChange({ ...filter, values: { table: values.table, field: next } })} />
            {choices.length > 0 ? (
              <Select
                mode="multiple"
                size="small"
                className="full"
                allowClear
                placeholder={texts.defaults}
                aria-label={texts.defaults}
                value={values.default ?? []}
                options={choices}
                onChange={(next: string[]) => onChange({ ...filter, values: { table: values.table, field: values.field, ...(next.length > 0 && { default: next }) } })}
              />
            ) : null}
          </>
        ) : null}
      </div>
    </div>
  );
}
