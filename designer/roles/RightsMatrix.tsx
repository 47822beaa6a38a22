/** Tables against actions for one role: rows by preset, the rest by a tick. */
import { Button, Checkbox, Select, Tooltip } from 'antd';
import { patchGrant, setGrant } from '#engine/changes/edit-roles.ts';
import type { GrantDefinition } from '#engine/model/definitions.ts';
import { ROW_PRESETS, type RowPreset, rowPresetOf } from '#engine/permissions/row-presets.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { FilterSentence } from '#runtime/rules/FilterSentence.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { useRoleTexts } from './texts.ts';

const ROW_ACTIONS = ['read', 'update', 'delete'] as const;
const FLAGS = ['create', 'import', 'export', 'transfer', 'share', 'sensitive'] as const;

interface RightsMatrixProps {
  readonly role: string;
  readonly chosen: string | undefined;
  readonly onChoose: (table: string) => void;
}

export function RightsMatrix({ role, chosen, onChoose }: RightsMatrixProps) {
  const texts = useRoleTexts();
  const label = useLabel();
  const { definitions, model, edit } = useDraft();
  const presets = [
    { value: 'none', label: texts.none },
    ...(Object.keys(ROW_PRESETS) as RowPreset[]).map((name) => ({ value: name, label: label(ROW_PRESETS[name].label) })),
    { value: 'custom', label: texts.custom },
  ];
  return (
    <div className="rights-scroll">
      <table className="rights">
        <thead>
          <tr>
            <th scope="col">{texts.table}</th>
            {[...ROW_ACTIONS, ...FLAGS].map((action) => (
              <th key={action} scope="col">
                {texts.actions[action]}
              </th>
            ))}
            <th scope="col">{texts.fields}</th>
          </tr>
        </thead>
        <tbody>
          {definitions.tables.map((table) => {
            const grant: GrantDefinition = table.permissions?.[role] ?? {};
            const change = (patch: Parameters<typeof patchGrant>[1]) => edit((now) => setGrant(now, table.name, role, patchGrant(grant, patch)));
            const built = Object.hasOwn(model.tables, table.name) ? model.tables[table.name] : undefined;
            const limited = Object.keys(grant.fields ?? {}).length;
            return (
              <tr key={table.name} className={chosen === table.name ? 'rights-chosen' : undefined}>
                <th scope="row">
                  <button type="button" className="link-button" onClick={() => onChoose(table.name)}>
                    {label(table.label)}
                  </button>
                </th>
                {ROW_ACTIONS.map((action) => {
                  const preset = rowPresetOf(grant[action]);
                  const rule = grant[action];
                  const sentence = preset === 'custom' && built && rule !== undefined && rule !== true ? <FilterSentence table={built} filter={rule as Rule} /> : null;
                  return (
                    <td key={action}>
                      <Tooltip title={sentence} mouseEnterDelay={0.3} styles={{ root: { maxWidth: 420 } }}>
                        <Select
                          size="small"
                          variant="borderless"
                          popupMatchSelectWidth={false}
                          value={preset}
                          aria-label={`${label(table.label)} ${texts.actions[action]}`}
                          className={preset === 'none' ? 'quiet' : ''}
                          options={presets}
                          onChange={(value) => {
                            if (value === 'custom') onChoose(table.name);
                            else change({ [action]: value === 'none' ? undefined : ROW_PRESETS[value as RowPreset].rows });
                          }}
                        />
                      </Tooltip>
                    </td>
                  );
                })}
                {FLAGS.map((flag) => (
                  <td key={flag} className="rights-flag">
                    <Checkbox checked={grant[flag] === true} aria-label={`${label(table.label)} ${texts.actions[flag]}`} onChange={(event) => change({ [flag]: event.target.checked ? true : undefined })} />
                  </td>
                ))}
                <td>
                  <Button type="link" size="small" onClick={() => onChoose(table.name)}>
                    {limited > 0 ? fill(texts.restricted, { n: limited }) : texts.asTable}
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
