/** Panels of a record's page: which, in what order, and the settings of their types. */
import { useLabel } from '#runtime/app/i18n/index.ts';
import { freeName } from '#engine/changes/edits.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { TableDefinition } from '#engine/model/definitions.ts';
import { PanelCommonSchema, type PanelDefinition } from '#engine/panels/definitions.ts';
import { PANEL_TYPES, panelTypeOf, type PanelTypeName } from '#engine/panels/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { SettingsForm } from '../settings/SettingsForm.tsx';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { Items } from './Items.tsx';

interface PanelsSettingProps {
  readonly table: TableDefinition;
  /** References of other tables that point here. */
  readonly pointing: readonly { readonly table: TableModel; readonly field: FieldModel; readonly text: string }[];
  readonly panels: readonly PanelDefinition[];
  readonly onChange: (panels: readonly PanelDefinition[] | undefined) => void;
}

export function PanelsSetting({ table, pointing, panels, onChange }: PanelsSettingProps) {
  const texts = useTexts();
  const label = useLabel();
  const { model } = useDraft();
  const taken = panels.map(({ name }) => name);
  const choices = (Object.keys(PANEL_TYPES) as PanelTypeName[]).flatMap((type) =>
    pointing.flatMap(({ table: other, field, text }) => {
      const settings = PANEL_TYPES[type].begin(other.name, model.tables);
      if (!settings) return [];
      const item: PanelDefinition = { name: freeName(`${other.name}_${type}`.slice(0, 40), taken), label: { ...other.label }, type, table: other.name, field: field.name, ...settings };
      return [{ key: `${other.name}.${field.name}.${type}`, text: `${label(PANEL_TYPES[type].label)} · ${text}`, item }];
    }),
  );
  return (
    <Setting id="page-panels" label={texts.page.panels}>
      <Items<PanelDefinition> items={panels} titleOf={(panel) => label(panel.label)} onChange={onChange} add={{ text: texts.page.addPanel, choices }}>
        {(panel, change) => {
          const type = panelTypeOf(panel);
          const context = { table: table.name, values: panel, path: `/tables/${table.name}/page/panels/${panels.indexOf(panel)}` };
          const set = (name: string, value: unknown) => change({ [name]: value });
          return (
            <>
              <Setting id={`panel-${panel.name}-label`} label={texts.page.label} required>
                <LabelInput id={`panel-${panel.name}-label`} value={panel.label} onChange={(next) => change({ label: next ?? { 'zh-CN': '', en: '' } })} />
              </Setting>
              {type ? <SettingsForm settings={type.settings} context={context} onChange={set} /> : null}
              <SettingsForm settings={PanelCommonSchema} context={context} onChange={set} shows={({ schema }) => schema['x-group'] === 'basic'} />
            </>
          );
        }}
      </Items>
    </Setting>
  );
}
