/** Everything that can be set of a view, drawn from the schemas of its type and of all views. */
import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useDeferredValue, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { addView, removeView, updateView } from '#engine/changes/edit-layout.ts';
import { whereUsed } from '#engine/changes/where-used.ts';
import { type TableDefinition, ViewCommonSchema, type ViewDefinition } from '#engine/model/definitions.ts';
import { VIEW_TYPES, type ViewTypeName } from '#engine/views/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { viewPath } from '../paths.ts';
import { SettingsForm } from '../settings/SettingsForm.tsx';
import { useProblem } from '../shell/issues.ts';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { Usage } from '../ui/Usage.tsx';

export function ViewPanel({ table, view }: { table: TableDefinition; view: ViewDefinition }) {
  const texts = useTexts();
  const navigate = useNavigate();
  const { definitions, edit } = useDraft();
  const settled = useDeferredValue(definitions);
  const dependents = useMemo(() => whereUsed(settled, { table: table.name, view: view.name }), [settled, table.name, view.name]);
  const index = table.views?.indexOf(view) ?? -1;
  const type = Object.hasOwn(VIEW_TYPES, view.type) ? VIEW_TYPES[view.type as ViewTypeName] : undefined;
  const context = { table: table.name, values: view, path: `/tables/${table.name}/views/${index}` };
  const problem = useProblem(`${context.path}/label`);
  const set = (name: string, value: unknown) => edit((old) => updateView(old, table.name, view.name, { [name]: value }), `${table.name} ${view.name} ${name}`);
  return (
    <div className="settings">
      <Setting id="view-label" label={texts.view.name} problem={problem} required>
        <LabelInput id="view-label" value={view.label} onChange={(next) => set('label', next ?? { 'zh-CN': '', en: '' })} />
      </Setting>
      {type ? <SettingsForm settings={type.settings} context={context} onChange={set} shows={({ schema }) => schema['x-editor'] === 'columns'} /> : null}
      <SettingsForm settings={ViewCommonSchema} context={context} onChange={set} shows={({ schema }) => schema['x-group'] === 'basic'} />
      {type ? <SettingsForm settings={type.settings} context={context} onChange={set} shows={({ schema }) => schema['x-editor'] !== 'columns'} /> : null}
      <SettingsForm settings={ViewCommonSchema} context={context} onChange={set} shows={({ schema }) => schema['x-group'] === 'access'} />
      <Usage dependents={dependents} title={texts.field.used} empty={texts.field.unused} />
      <div className="panel-foot">
        <Button
          icon={<CopyOutlined aria-hidden="true" />}
          onClick={() => edit((old) => addView(old, table.name, { 'zh-CN': `${view.label['zh-CN']} 副本`, en: `Copy of ${view.label.en}` }, view))}
        >
          {texts.view.copy}
        </Button>
        <Button
          danger
          icon={<DeleteOutlined aria-hidden="true" />}
          onClick={() => {
            edit((old) => removeView(old, table.name, view.name));
            void navigate(viewPath(table.name));
          }}
        >
          {texts.view.remove}
        </Button>
      </div>
    </div>
  );
}
