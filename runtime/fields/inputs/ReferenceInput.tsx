import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useFewRecords } from '../../api/records.ts';
import type { Included, Values } from '../../api/types.ts';
import { useCreate } from '../../app/create-context.ts';
import { useLabel } from '../../app/i18n/index.ts';
import { useApp } from '../../app/session.tsx';
import { targetTable } from '../../model/paths.ts';
import { useOffered } from '../../model/use-offered.ts';
import { includedTitle, rememberTitle, titleOf } from '../../model/titles.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import type { InputProps } from '../field-components.ts';

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly label: React.ReactNode;
}

const FEW = 20;

/** Of people only colleagues who still work here. */
function offered(field: FieldModel, table: { readonly fields: Readonly<Record<string, FieldModel>> }, byChecks: Rule | undefined): Rule | undefined {
  const active: Rule | undefined = (table as { builtIn?: true }).builtIn && table.fields.active ? { '!=': [{ var: 'active' }, false] } : undefined;
  const rules = [field.settings.filter as Rule | undefined, active, byChecks].filter((rule) => rule !== undefined);
  return rules.length > 1 ? { and: rules } : rules[0];
}

/** Titles of values that no answer has named yet are read once. */
function useUnknown(table: string, ids: readonly string[], included: Included): Included | undefined {
  const { model } = useApp();
  const unknown = ids.filter((id) => includedTitle(included, table, id) === undefined);
  const target = model.tables[table];
  const found = useFewRecords(table, { filter: { in: [{ var: 'id' }, unknown] }, limit: FEW, fields: target ? [target.titleField] : [] }, unknown.length > 0 && target !== undefined);
  if (!found.data || !target || unknown.length === 0) return undefined;
  return { [table]: Object.fromEntries(found.data.data.map((record) => [record.id, { title: titleOf(target, record, found.data.included) }])) };
}

function useChoices({ field, record, owner, included }: Pick<InputProps, 'field' | 'record' | 'owner' | 'included'>, chosen: readonly string[], open: boolean) {
  const { t } = useTranslation();
  const { model, access } = useApp();
  const name = targetTable(field) ?? '';
  const target = model.tables[name];
  const [wanted, setWanted] = useState('');
  const settled = useDebounced(wanted.trim(), 200);
  const byChecks = useOffered(field, record, owner, open);
  const filter = target && offered(field, target, byChecks);
  const found = useFewRecords(
    name,
    { search: settled, limit: FEW, fields: target ? [target.titleField] : [], ...(filter !== undefined && { filter }), ...(settled === '' && { sort: ['-updated_at'] }) },
    open && target !== undefined,
  );
  const missing = useUnknown(name, chosen, included);
  const people = target?.builtIn === true;
  const toChoice = (id: string, text: string): Choice => ({
    value: id,
    text,
    label: people ? (
      <span className="person">
        <Avatar name={text} size={20} />
        <span className="ellipsis">{text}</span>
      </span>
    ) : (
      text
    ),
  });
  const offeredChoices = target && found.data ? found.data.data.map((record) => toChoice(record.id, titleOf(target, record, found.data.included) || t('field.noTitle'))) : [];
  const chosenChoices = chosen.map(
    (id) => offeredChoices.find((choice) => choice.value === id) ?? toChoice(id, includedTitle(included, name, id) ?? includedTitle(missing ?? {}, name, id) ?? t('field.hiddenRecord')),
  );
  const notOffered = chosenChoices.filter((choice) => !offeredChoices.includes(choice));
  return {
    name,
    choices: wanted.trim() === '' ? [...notOffered, ...offeredChoices] : offeredChoices,
    chosenChoices,
    canCreate: target !== undefined && !target.builtIn && access[name]?.create === true && !waitsFor(target, field.table, record),
    target,
    wanted,
    setWanted,
    loading: found.isFetching || wanted.trim() !== settled,
  };
}

/** A contact of a customer that is not saved yet: it could not say whose it is. */
function waitsFor(target: TableModel, table: string, record: Values): boolean {
  return typeof record.id !== 'string' && Object.values(target.fields).some((field) => field.required === true && field.target === table);
}

/** Names are read in full, also from a narrow cell. */
const WIDEST_LIST = 300;

export function ReferenceInput(props: InputProps) {
  const { field, value, onChange, id, describedBy, invalid, disabled, inCell, onDone } = props;
  const { t } = useTranslation();
  const label = useLabel();
  const create = useCreate();
  const [open, setOpen] = useState(inCell ?? false);
  const chosen = typeof value === 'string' ? [value] : [];
  const { name, choices, chosenChoices, canCreate, target, wanted, setWanted, loading } = useChoices(props, chosen, open);

  const startNew = () => {
    if (!target) return;
    setOpen(false);
    create({
      table: name,
      values: wanted.trim() ? { [target.titleField]: wanted.trim() } : {},
      onCreated: ({ data }) => {
        rememberTitle(name, data.id, String(data[target.titleField] ?? ''));
        onChange(data.id);
        onDone?.();
      },
    });
  };

  return (
    <Select<string | null, Choice>
      id={id}
      className="full"
      popupMatchSelectWidth={WIDEST_LIST}
      allowClear={!field.required}
      showSearch={{ filterOption: false, onSearch: setWanted }}
      placeholder={t('field.searchRecord')}
      autoFocus={inCell ?? false}
      open={open}
      onOpenChange={setOpen}
      variant={inCell ? 'borderless' : 'outlined'}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      disabled={disabled ?? false}
      loading={open && loading}
      value={typeof value === 'string' ? value : null}
      options={open ? choices : chosenChoices}
      notFoundContent={loading ? <span className="quiet">{t('list.loading')}</span> : <span className="quiet">{t('field.noResult')}</span>}
      popupRender={(menu) => (
        <>
          {menu}
          {canCreate && !inCell ? (
            <button type="button" className="select-create" onMouseDown={(event) => event.preventDefault()} onClick={startNew}>
              ＋ {t('field.createNamed', { table: target ? label(target.label) : '' })} {wanted.trim() ? `“${wanted.trim()}”` : ''}
            </button>
          ) : null}
        </>
      )}
      onChange={(next, option) => {
        // Whoever hears of it may disable this at once, and a disabled list does not close itself.
        setOpen(false);
        if (next && option && !Array.isArray(option)) rememberTitle(name, next, option.text);
        onChange(next ?? null);
        onDone?.();
      }}
    />
  );
}

export function ReferencesInput(props: InputProps) {
  const { value, onChange, id, describedBy, invalid, disabled, inCell } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const { name, choices, loading, setWanted, chosenChoices } = useChoices(props, chosen, open);
  return (
    <Select<string[], Choice>
      id={id}
      mode="multiple"
      className="full"
      showSearch={{ filterOption: false, onSearch: setWanted }}
      placeholder={t('field.searchRecord')}
      autoFocus={inCell ?? false}
      onOpenChange={setOpen}
      variant={inCell ? 'borderless' : 'outlined'}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      disabled={disabled ?? false}
      loading={open && loading}
      value={chosen}
      options={open ? choices : chosenChoices}
      notFoundContent={<span className="quiet">{loading ? t('list.loading') : t('field.noResult')}</span>}
      onChange={(next, options) => {
        for (const option of Array.isArray(options) ? options : [options]) if (option?.text) rememberTitle(name, option.value, option.text);
        onChange(next.length > 0 ? next : null);
      }}
    />
  );
}
