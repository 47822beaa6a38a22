/** Who sees a table's records without anybody saying so: by the levels, as the record above lets them, along with it. */
import { Select } from 'antd';
import type { SharingMode, TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { typeOf } from '../settings/field-choices.ts';
import { useProblem } from '../shell/issues.ts';
import { Setting } from '../ui/Setting.tsx';

const MODES: readonly SharingMode[] = ['private', 'publicRead', 'publicWrite', 'publicDelete', 'strict'];
const NONE = 'none';

interface SharingSettingsProps {
  readonly table: TableDefinition;
  readonly onChange: (patch: Partial<TableDefinition>, key: string) => void;
}

export function SharingSettings({ table, onChange }: SharingSettingsProps) {
  const texts = useTexts().table;
  const label = useLabel();
  const { definitions } = useDraft();
  const problem = useProblem(`/tables/${table.name}/inherits`);
  const targetOf = (field: TableDefinition['fields'][number]): string | undefined => typeOf(field)?.target?.({ ...field, settings: field } as never);
  const parents = table.fields.filter((field) => typeOf(field)?.kind({ ...field, settings: field } as never) === 'reference' && definitions.tables.some(({ name }) => name === targetOf(field) && name !== table.name));
  const heirs = definitions.tables.filter((other) => other.fields.some((field) => field.name === other.inherits && targetOf(field) === table.name));
  return (
    <>
      <Setting id="table-sharing" label={texts.sharing} help={texts.sharingHints[table.sharing ?? NONE]}>
        <Select id="table-sharing" className="full" value={table.sharing ?? NONE} options={[NONE, ...MODES].map((value) => ({ value, label: texts.sharingModes[value as SharingMode | 'none'] }))} onChange={(next: SharingMode | 'none') => onChange({ sharing: next === NONE ? undefined : next }, 'sharing')} />
      </Setting>
      {parents.length > 0 ? (
        <Setting id="table-inherits" label={texts.inherits} help={texts.inheritsHint} problem={problem}>
          <Select id="table-inherits" className="full" allowClear placeholder={texts.inheritsNone} value={table.inherits ?? null} options={parents.map((field) => ({ value: field.name, label: label(field.label) }))} onChange={(next: string | null | undefined) => onChange({ inherits: next ?? undefined }, 'inherits')} />
        </Setting>
      ) : null}
      {heirs.length > 0 ? (
        <Setting id="table-share-along" label={texts.shareAlong} help={texts.shareAlongHint}>
          <Select id="table-share-along" className="full" mode="multiple" value={table.shareAlong ?? []} options={heirs.map((other) => ({ value: other.name, label: label(other.label) }))} onChange={(next: string[]) => onChange({ shareAlong: next.length > 0 ? next : undefined }, 'share along')} />
        </Setting>
      ) : null}
    </>
  );
}
