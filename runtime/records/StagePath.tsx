import { CheckOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldModel, optionsOf, type TableModel } from '#engine/model/app-model.ts';
import type { RecordAnswer } from '../api/types.ts';
import { useAppearance } from '../app/appearance.ts';
import { useLabel } from '../app/i18n/index.ts';
import { optionColors } from '../app/theme.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { useToast } from '../ui/toast.tsx';
import { useChange } from './use-change.ts';

interface StagePathProps {
  readonly table: TableModel;
  readonly field: FieldModel;
  readonly answer: RecordAnswer;
}

/** Stages in order; a click moves the record there. If something is missing for that, the form asks for it. */
export function StagePath({ table, field, answer }: StagePathProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const appearance = useAppearance();
  const toast = useToast();
  const change = useChange(table);
  const [asking, setAsking] = useState<string | null>(null);
  const value = answer.data[field.name];
  const stages = optionsOf(field).filter((option) => !option.retired || option.value === value);
  const reached = stages.findIndex((option) => option.value === value);
  const ended = stages[reached]?.outcome !== undefined;
  const writable = answer.access.update && answer.access.fields[field.name] === 'write' && !field.readOnly && !field.computed;

  const move = async (stage: string) => {
    if (stage === value) return;
    const before = value ?? null;
    const refusal = await change(answer, { [field.name]: stage });
    if (refusal) {
      setAsking(stage);
      return;
    }
    const option = stages.find((one) => one.value === stage);
    toast({
      text: t('record.stageChanged', { stage: option ? label(option.label) : stage }),
      action: { label: t('action.undo'), run: () => void change({ ...answer, data: { ...answer.data, version: answer.data.version + 1, [field.name]: stage } }, { [field.name]: before }) },
    });
  };

  return (
    <>
      <ol className="stage-path" aria-label={label(field.label)}>
        {stages.map((option, index) => {
          const { ink } = optionColors(option.color, appearance);
          const here = option.value === value;
          const passed = !ended && index < reached;
          return (
            <li key={option.value} className={here ? 'stage stage-here' : passed ? 'stage stage-passed' : 'stage'} style={here ? { background: ink } : undefined}>
              <button type="button" disabled={!writable} aria-current={here ? 'step' : undefined} title={label(option.label)} onClick={() => void move(option.value)}>
                {passed ? <CheckOutlined /> : null}
                <span className="ellipsis">{label(option.label)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {asking !== null ? (
        <FormDrawer
          title={t('form.edit', { table: label(table.label) })}
          table={table}
          record={answer.data}
          values={{ [field.name]: asking }}
          included={answer.included}
          rights={answer.access.fields}
          onSaved={() => setAsking(null)}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </>
  );
}
