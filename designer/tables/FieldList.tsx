/** The fields of a table in their order: dragged, searched, clicked to be set up. */
import { EyeInvisibleOutlined, WarningOutlined } from '@ant-design/icons';
import { memo, type ReactNode, useDeferredValue, useEffect } from 'react';
import { Link } from 'react-router';
import { moveField } from '#engine/changes/edits.ts';
import type { FieldDefinition, TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import type { Draft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { fieldPath } from '../paths.ts';
import { typeOf } from '../settings/field-choices.ts';
import { SortableList } from '../ui/SortableList.tsx';

interface FieldLineProps {
  readonly table: string;
  readonly field: FieldDefinition;
  readonly isTitle: boolean;
  readonly isNew: boolean;
  readonly selected: boolean;
  readonly wrong: boolean;
  readonly handle: ReactNode;
}

const FieldLine = memo(function FieldLine({ table, field, isTitle, isNew, selected, wrong, handle }: FieldLineProps) {
  const texts = useTexts();
  const label = useLabel();
  const type = typeOf(field);
  return (
    <div className={`field-line${selected ? ' field-selected' : ''}${field.hidden ? ' field-hidden' : ''}`}>
      {handle}
      <Link to={fieldPath(table, field.name)} aria-current={selected ? 'true' : undefined}>
        <span className={field.required ? 'ellipsis required-label' : 'ellipsis'}>{label(field.label)}</span>
        <span className="field-type ellipsis">{type ? label(type.label) : field.type}</span>
        <code className="ellipsis">{field.name}</code>
        <span className="field-marks">
          {isNew ? <span className="mark mark-new">{texts.table.isNew}</span> : null}
          {isTitle ? <span className="mark">{texts.field.isTitle}</span> : null}
          {field.hidden ? <EyeInvisibleOutlined aria-label={texts.field.hidden} /> : null}
          {wrong ? <WarningOutlined className="mark-wrong" aria-label={texts.field.bad} /> : null}
        </span>
      </Link>
    </div>
  );
});

interface FieldListProps extends Pick<Draft, 'edit' | 'issues' | 'live'> {
  readonly table: TableDefinition;
  readonly selected: string | undefined;
  readonly query: string;
}

/** Takes what it needs of the draft as properties: drawn again only when one of them changes, not with every key typed beside it. */
export const FieldList = memo(function FieldList({ table, selected, query, edit, issues, live }: FieldListProps) {
  const texts = useTexts();
  const label = useLabel();
  const wanted = useDeferredValue(query.trim().toLowerCase());
  useEffect(() => {
    if (selected !== undefined) document.querySelector('.field-selected')?.scrollIntoView({ block: 'nearest' });
  }, [selected, table.fields.length]);
  const before = new Set(live.definitions.tables.find((own) => own.name === table.name)?.fields.map((field) => field.name));
  const at = `/tables/${table.name}/fields/`;
  const wrong = new Set(issues.filter((issue) => issue.path.startsWith(at)).map((issue) => table.fields[Number(issue.path.slice(at.length).split('/')[0])]?.name));
  const line = (field: FieldDefinition, handle: ReactNode) => (
    <FieldLine table={table.name} field={field} isTitle={table.titleField === field.name} isNew={!before.has(field.name)} selected={field.name === selected} wrong={wrong.has(field.name)} handle={handle} />
  );
  if (wanted !== '') {
    const fits = (field: FieldDefinition) => {
      const type = typeOf(field);
      return [field.name, field.label['zh-CN'], field.label.en, ...(type ? [type.label['zh-CN'], type.label.en] : [])].some((text) => text.toLowerCase().includes(wanted));
    };
    const found = table.fields.filter(fits);
    return found.length === 0 ? (
      <p className="quiet pane-empty">{texts.field.none}</p>
    ) : (
      <ul className="field-list">
        {found.map((field) => (
          <li key={field.name}>{line(field, null)}</li>
        ))}
      </ul>
    );
  }
  return (
    <SortableList
      className="field-list"
      label={texts.table.fields}
      ids={table.fields.map((field) => field.name)}
      nameOf={(name) => label(table.fields.find((field) => field.name === name)?.label ?? { 'zh-CN': name, en: name })}
      onMove={(from, to) => edit((old) => moveField(old, table.name, from, to))}
    >
      {(name, handle) => {
        const field = table.fields.find((own) => own.name === name);
        return field ? line(field, handle) : null;
      }}
    </SortableList>
  );
});
