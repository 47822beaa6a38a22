/** Whom to share with: colleagues, departments and roles in one list that is searched while typing. */
import { Select } from 'antd';
import { useState } from 'react';
import type { Grantee } from '../api/sharing.ts';
import { useFewRecords } from '../api/records.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { useSharingTexts } from './texts.ts';

const FEW = 50;
const keyOf = ({ kind, id }: Grantee): string => `${kind}:${id}`;

interface GranteeInputProps {
  readonly id: string;
  readonly value: readonly Grantee[];
  readonly onChange: (value: readonly Grantee[]) => void;
  readonly invalid: boolean;
}

export function GranteeInput({ id, value, onChange, invalid }: GranteeInputProps) {
  const texts = useSharingTexts();
  const label = useLabel();
  const { model, me } = useApp();
  const [wanted, setWanted] = useState('');
  const search = useDebounced(wanted.trim(), 200);
  const people = useFewRecords('user', { search, limit: FEW, fields: ['name', 'title'], filter: { and: [{ '!=': [{ var: 'active' }, false] }, { '!=': [{ var: 'id' }, me.id] }] }, ...(search === '' && { sort: ['name'] }) }, true);
  const departments = useFewRecords('department', { search, limit: FEW, fields: ['name'], ...(search === '' && { sort: ['name'] }) }, true);
  const roles = model.roles.filter((role) => !role.owner && (search === '' || label(role.label).toLowerCase().includes(search.toLowerCase())));
  const group = (title: string, kind: Grantee['kind'], entries: readonly { id: string; name: string }[]) => ({
    label: title,
    options: entries.map((entry) => ({ value: keyOf({ kind, id: entry.id }), label: entry.name })),
  });
  const options = [
    group(texts.people, 'user', (people.data?.data ?? []).map((record) => ({ id: record.id, name: String(record.name ?? '') }))),
    group(texts.departments, 'department', (departments.data?.data ?? []).map((record) => ({ id: record.id, name: String(record.name ?? '') }))),
    group(texts.roles, 'role', roles.map((role) => ({ id: role.name, name: label(role.label) }))),
  ].filter((one) => one.options.length > 0);
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      className="full"
      autoFocus
      showSearch={{ filterOption: false, onSearch: setWanted }}
      placeholder={texts.withHint}
      status={invalid ? 'error' : ''}
      loading={people.isFetching}
      value={value.map(keyOf)}
      options={options}
      onChange={(keys) => {
        setWanted('');
        onChange(keys.map((key) => ({ kind: key.slice(0, key.indexOf(':')) as Grantee['kind'], id: key.slice(key.indexOf(':') + 1) })));
      }}
    />
  );
}
