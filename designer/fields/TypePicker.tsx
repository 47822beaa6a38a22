/** All field types by what they are for; found by label in either language or by name. */
import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import type { FieldGroup, FieldType } from '#engine/fields/field-type.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useTexts } from '../i18n/index.ts';

const GROUPS: readonly FieldGroup[] = ['text', 'number', 'choice', 'time', 'people', 'relation', 'computed', 'file', 'other'];
const TYPES = Object.entries(FIELD_TYPES) as [FieldTypeName, FieldType][];

export function TypePicker({ value, onChange }: { value: FieldTypeName | undefined; onChange: (type: FieldTypeName) => void }) {
  const texts = useTexts();
  const label = useLabel();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const fits = ([name, type]: [FieldTypeName, FieldType]) => [name, type.label['zh-CN'], type.label.en].some((text) => text.toLowerCase().includes(wanted));
  const groups = GROUPS.map((group) => ({ group, types: TYPES.filter((entry) => entry[1].group === group && fits(entry)) })).filter(({ types }) => types.length > 0);
  return (
    <div className="type-picker">
      <Input autoFocus allowClear prefix={<SearchOutlined className="quiet" aria-hidden="true" />} placeholder={texts.field.find} aria-label={texts.field.find} value={query} onChange={(event) => setQuery(event.target.value)} />
      <div className="type-groups">
        {groups.length === 0 ? <p className="quiet">{texts.field.noType}</p> : null}
        {groups.map(({ group, types }) => (
          <section key={group}>
            <h3>{texts.group[group]}</h3>
            <div className="type-grid">
              {types.map(([name, type]) => (
                <button key={name} type="button" aria-pressed={value === name} onClick={() => onChange(name)}>
                  {label(type.label)}
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}
