/** One new value for many records. Undo puts every record's own old value back. */
import { Checkbox, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { changeRecords, findRecords, refreshTable } from '../../api/records.ts';
import type { TableAccess } from '../../api/types.ts';
import { useLabel } from '../../app/i18n/index.ts';
import { FIELD_COMPONENTS } from '../../fields/index.ts';
import { visibleFields } from '../../model/paths.ts';
import { useErrorText } from '../../ui/ErrorState.tsx';
import { useToast } from '../../ui/toast.tsx';

interface BulkDialogProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const BATCH = 200;

async function readValues(table: string, ids: readonly string[], field: string): Promise<ReadonlyMap<string, Json>> {
  const values = new Map<string, Json>();
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = ids.slice(from, from + BATCH);
    const page = await findRecords(table, { filter: { in: [{ var: 'id' }, [...batch]] }, fields: [field], limit: BATCH });
    for (const record of page.data) values.set(record.id, record[field] ?? null);
  }
  return values;
}

/** Records that had the same value go back in one request. */
function groupByValue(values: ReadonlyMap<string, Json>, ids: readonly string[]): readonly { value: Json; ids: readonly string[] }[] {
  const groups = new Map<string, { value: Json; ids: string[] }>();
  for (const id of ids) {
    const value = values.get(id) ?? null;
    const key = JSON.stringify(value);
    const group = groups.get(key) ?? { value, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export function BulkDialog({ table, access, ids, onClose, onDone }: BulkDialogProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const fields = visibleFields(table, access).filter(
    (field) => access.fields[field.name] === 'write' && !field.readOnly && !field.computed && !field.system && !field.unique && FIELD_COMPONENTS[field.type].Input,
  );
  const [name, setName] = useState<string | undefined>();
  const [value, setValue] = useState<Json>(null);
  const [clear, setClear] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const field = name === undefined ? undefined : table.fields[name];
  const Input = field && FIELD_COMPONENTS[field.type].Input;

  const run = async () => {
    if (!field) return;
    setBusy(true);
    setProblem(null);
    try {
      const before = await readValues(table.name, ids, field.name);
      const { results } = await changeRecords(table.name, { ids, action: 'update', values: { [field.name]: clear ? null : value } });
      const done = results.filter((result) => result.ok).map((result) => result.id);
      const failed = results.filter((result) => !result.ok);
      const reason = failed[0]?.issues?.[0]?.message ?? '';
      if (done.length === 0) {
        setProblem(failed[0]?.issues?.[0]?.message ?? t('error.unknown'));
        return;
      }
      refreshTable(table.name);
      const [waiting] = results.flatMap((result) => result.warnings ?? []);
      if (waiting) toast({ kind: 'warning', text: t('form.warning', { message: waiting.message }) });
      onClose();
      onDone();
      const undo = async () => {
        for (const group of groupByValue(before, done)) await changeRecords(table.name, { ids: group.ids, action: 'update', values: { [field.name]: group.value } });
        refreshTable(table.name);
        toast({ text: t('list.undone') });
      };
      toast({
        kind: failed.length > 0 ? 'warning' : 'success',
        text: failed.length === 0 ? t('list.bulkDone', { ok: done.length }) : t('list.bulkPartly', { ok: done.length, failed: failed.length, reason }),
        action: { label: t('action.undo'), run: () => void undo().catch((error: unknown) => toast({ kind: 'error', text: errorText(error) })) },
      });
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal open title={t('list.bulkEdit')} okText={t('action.apply')} onCancel={onClose} onOk={() => void run()} confirmLoading={busy} okButtonProps={{ disabled: !field || (value === null && !clear) }} width={440}>
      <Form layout="vertical" component="div">
        <Form.Item label={t('list.bulkField')} htmlFor="bulk-field">
          <Select
            id="bulk-field"
            showSearch={{ optionFilterProp: 'label' }}
            value={name ?? null}
            onChange={(next: string | null) => {
              setName(next ?? undefined);
              setValue(null);
              setClear(false);
            }}
            options={fields.map((one) => ({ value: one.name, label: label(one.label) }))}
          />
        </Form.Item>
        {field && Input ? (
          <Form.Item label={t('list.bulkValue')} htmlFor="bulk-value" validateStatus={problem ? 'error' : ''} help={problem}>
            <Input key={field.name} id="bulk-value" field={field} value={value} onChange={setValue} record={{}} included={{}} disabled={clear} invalid={problem !== null} />
          </Form.Item>
        ) : null}
        {field && !field.required ? (
          <Checkbox checked={clear} onChange={(event) => setClear(event.target.checked)}>
            {t('list.bulkClear')}
          </Checkbox>
        ) : null}
      </Form>
    </Modal>
  );
}
