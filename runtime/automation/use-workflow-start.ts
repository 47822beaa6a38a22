import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ManualButton } from '#engine/workflows/reports.ts';
import { startWorkflow } from '../api/workflows.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';

const IN_TIME = { one: 'automation.started', many: 'automation.startedMany', some: 'automation.partlyStarted', none: 'automation.notStarted' } as const;
const AT_ONCE = { one: 'automation.done', many: 'automation.doneMany', some: 'automation.partlyDone', none: 'automation.notDone' } as const;

/** Presses a button of a workflow for some records: asks first where it says so, tells what came of it. */
export function useWorkflowStart(table: string): (button: ManualButton, records: readonly string[], onStarted?: () => void) => void {
  const { t } = useTranslation();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const { modal } = App.useApp();

  return (button, records, onStarted) => {
    const name = label(button.label);
    const told = button.atOnce ? AT_ONCE : IN_TIME;
    const run = async () => {
      try {
        const { started, refused } = await startWorkflow(button.workflow, table, records);
        const [first] = refused;
        if (started === 0 && first) return toast({ kind: 'error', text: t(told.none, { name, reason: label(first.reason) }) });
        toast(
          first
            ? { kind: 'warning', text: t(told.some, { name, count: started, refused: refused.length, reason: label(first.reason) }) }
            : { text: t(records.length === 1 ? told.one : told.many, { name, count: started }) },
        );
        onStarted?.();
      } catch (error) {
        toast({ kind: 'error', text: errorText(error) });
      }
    };
    if (!button.confirm) return void run();
    modal.confirm({ title: label(button.confirm), okText: name, content: records.length > 1 ? t('automation.forMany', { count: records.length }) : null, onOk: run });
  };
}
