/** Tables against actions for one role: rows by preset, the rest by a tick. */
import { Button, Checkbox, Select, Tooltip } from 'antd';
import { patchGrant, setGrant } from '#engine/changes/edit-roles.ts';
import type { GrantDefinition } from '#engine/model/definitions.ts';
import { effectiveGrant } from '#engine/permissions/resolve-grants.ts';
import { SCOPE_LABELS, SCOPE_NAMES, type ScopeName, scopeOf } from '#engine/permissions/scopes.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { FilterSentence } from '#runtime/rules/FilterSentence.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { FLAGS, ROW_ACTIONS } from './rights-columns.ts';
import { useRoleTexts } from './texts.ts';

interface RightsMatrixProps {
  readonly role: string;
  readonly chosen: string | undefined;
  readonly onChoose: (table: string) => void;
}

export function RightsMatrix({ role, chosen, onChoose }: RightsMatrixProps) {
  const texts = useRoleTexts();
  const label = useLabel();
  const { definitions, model, edit } = useDraft();
  const own = definitions.app.roles.find((one) => one.name === role);
  if (!own) return null;
  const scopes = [...SCOPE_NAMES.map((name) => ({ value: name, label: label(SCOPE_LABELS[name]) })), { value: 'none', label: texts.none }, { value: 'custom', label: texts.custom }];
  const scopeLabel = (permit: unknown) => scopes.find(({ value }) => value === scopeOf(permit))?.label ?? texts.none;
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
            const effective = effectiveGrant(definitions.app, own, table);
            // Of a role with a level a table that takes part in levels is asked for exceptions only.
            const byLevel = own.level !== undefined && table.sharing !== undefined;
            const limited = Object.keys(grant.fields ?? {}).length;
            return (
              <tr key={table.name} className={chosen === table.name ? 'rights-chosen' : undefined}>
                <th scope="row">
                  <button type="button" className="link-button" onClick={() => onChoose(table.name)}>
                    {label(table.label)}
                  </button>
                </th>
                {ROW_ACTIONS.map((action) => {
                  const rule = grant[action];
                  const shown = rule === undefined && byLevel ? 'level' : scopeOf(rule);
                  const sentence = shown === 'custom' && built ? <FilterSentence table={built} filter={rule as Rule} /> : null;
                  const levelOption = byLevel ? [{ value: 'level', label: fill(texts.byLevel, { scope: scopeLabel(effectiveGrant(definitions.app, own, { ...table, permissions: {} })[action]) }) }] : [];
                  return (
                    <td key={action}>
                      <Tooltip title={sentence} mouseEnterDelay={0.3} styles={{ root: { maxWidth: 420 } }}>
                        <Select
                          size="small"
                          variant="borderless"
                          popupMatchSelectWidth={false}
                          value={shown}
                          aria-label={`${label(table.label)} ${texts.actions[action]}`}
                          className={shown === 'none' || shown === 'level' ? 'quiet' : ''}
                          options={[...levelOption, ...scopes]}
                          onChange={(value) => {
                            if (value === 'custom') onChoose(table.name);
                            else change({ [action]: value === 'level' ? undefined : value === 'none' ? (byLevel ? false : undefined) : value === 'all' ? true : (value as ScopeName) });
                          }}
                        />
                      </Tooltip>
                    </td>
                  );
                })}
                {FLAGS.map((flag) => (
                  <td key={flag} className="rights-flag">
                    <Checkbox checked={Boolean(effective[flag])} aria-label={`${label(table.label)} ${texts.actions[flag]}`} onChange={(event) => change({ [flag]: flagChange(event.target.checked, byLevel) })} />
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

/** Where a level speaks, a tick that is taken away must be said. */
function flagChange(checked: boolean, byLevel: boolean): boolean | undefined {
  return checked ? true : byLevel ? false : undefined;
}
