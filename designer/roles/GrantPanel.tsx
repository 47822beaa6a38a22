/** One role on one table: which records by rule, and what it may do with each field. */
import { Input, Select } from 'antd';
import { useState } from 'react';
import { patchGrant, setGrant } from '#engine/changes/edit-roles.ts';
import type { FieldRightName, GrantDefinition, TableDefinition } from '#engine/model/definitions.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { RuleInput } from '../settings/RuleEditor.tsx';
import { Setting } from '../ui/Setting.tsx';
import { useRoleTexts } from './texts.ts';

const RIGHTS: readonly FieldRightName[] = ['hidden', 'masked', 'read', 'write'];

export function GrantPanel({ role, table }: { role: string; table: TableDefinition }) {
  const texts = useRoleTexts();
  const label = useLabel();
  const { edit } = useDraft();
  const [search, setSearch] = useState('');
  const grant: GrantDefinition = table.permissions?.[role] ?? {};
  const change = (patch: Parameters<typeof patchGrant>[1]) => edit((now) => setGrant(now, table.name, role, patchGrant(grant, patch)));
  const setRight = (field: string, right: FieldRightName | undefined) => {
    const { [field]: _, ...others } = grant.fields ?? {};
    const fields = right === undefined ? others : { ...others, [field]: right };
    change({ fields: Object.keys(fields).length > 0 ? fields : undefined });
  };
  const found = table.fields.filter((field) => !search || [field.name, field.label['zh-CN'], field.label.en].some((text) => text.toLowerCase().includes(search.toLowerCase())));
  return (
    <div className="grant-panel">
      {(['read', 'update', 'delete'] as const).map((action) => (
        <Setting key={action} id={`rule-${action}`} label={`${texts.actions[action]}: ${texts.rule}`}>
          <RuleInput id={`rule-${action}`} table={table.name} rule={grant[action] === true ? undefined : (grant[action] as Rule | undefined)} onChange={(rule) => change({ [action]: rule })} />
        </Setting>
      ))}
      <h3>{texts.fields}</h3>
      <Input.Search allowClear size="small" value={search} onChange={(event) => setSearch(event.target.value)} placeholder={texts.findField} aria-label={texts.findField} />
      <ul className="field-rights">
        {found.map((field) => (
          <li key={field.name}>
            <span className="ellipsis">{label(field.label)}</span>
            <Select
              size="small"
              value={grant.fields?.[field.name] ?? ''}
              aria-label={`${label(field.label)} ${texts.fields}`}
              options={[{ value: '', label: texts.asTable }, ...RIGHTS.map((right) => ({ value: right, label: texts.right[right] }))]}
              onChange={(right) => setRight(field.name, right === '' ? undefined : (right as FieldRightName))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
