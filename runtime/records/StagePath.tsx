import { CheckOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldModel, optionsOf, type TableModel } from '#engine/model/app-model.ts';
import type { FormDefinition } from '#engine/model/definitions.ts';
import type { RecordAnswer } from '../api/types.ts';
import { useAppearance } from '../app/appearance.ts';
import { useLabel } from '../app/i18n/index.ts';
import { optionColors } from '../app/theme.ts';
import { useToast } from '../ui/toast.tsx';
import { useChange } from './use-change.ts';

const FormDrawer = lazy(() => import('../forms/FormDrawer.tsx').then((module) => ({ default: module.FormDrawer })));

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
  const [gate, setGate] = useState<{ stage: string; form: FormDefinition } | null>(null);
  const value = answer.data[field.name];
  const stages = optionsOf(field).filter((option) => !option.retired || option.value === value);
  const reached = stages.findIndex((option) => option.value === value);
  const ended = stages[reached]?.outcome !== undefined;
  const writable = answer.access.update && answer.access.fields[field.name] === 'write' && !field.readOnly && !field.computed;

  const stageLabel = (stage: string) => {
    const option = stages.find((one) => one.value === stage);
    return option ? label(option.label) : stage;
  };
  const move = async (stage: string) => {
    if (stage === value) return;
    const before = value ?? null;
    const refusal = await change(answer, { [field.name]: stage });
    if (refusal) {
      const missing = refusal.issues.flatMap((issue) => issue.path.split('/')[1] ?? []).filter((name) => table.fields[name] && name !== field.name);
      const heading = field.label;
      setGate({ stage, form: { name: 'gate', label: heading, sections: [{ name: 'gate', label: heading, fields: [field.name, ...new Set(missing)] }] } });
      return;
    }
    toast({
      text: t('record.stageChanged', { stage: stageLabel(stage) }),
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
                {passed ? <CheckOutlined aria-hidden="true" /> : null}
                <span className="ellipsis">{label(option.label)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {gate ? (
        <Suspense fallback={null}>
          <FormDrawer
            title={t('record.stageConfirm', { stage: stageLabel(gate.stage) })}
            table={table}
            form={gate.form}
            record={answer.data}
            values={{ [field.name]: gate.stage }}
            included={answer.included}
            rights={answer.access.fields}
            onSaved={() => {
              toast({ text: t('record.stageChanged', { stage: stageLabel(gate.stage) }) });
              setGate(null);
            }}
            onClose={() => setGate(null)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
