import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ManualButton } from '#engine/workflows/reports.ts';
import { startWorkflow } from '../api/workflows.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';

/** Presses a button of a workflow for some records: asks first where it says so, tells what came of it. */
export function useWorkflowStart(table: string): (button: ManualButton, records: readonly string[], onStarted?: () => void) => void {
  const { t } = useTranslation();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const { modal } = App.useApp();

  return (button, records, onStarted) => {
    const name = label(button.label);
    const run = async () => {
      try {
        const { started, refused } = await startWorkflow(button.workflow, table, records);
        const [first] = refused;
        if (started === 0 && first) return toast({ kind: 'error', text: t('automation.notStarted', { name, reason: label(first.reason) }) });
        toast(
          first
            ? { kind: 'warning', text: t('automation.partlyStarted', { name, count: started, refused: refused.length, reason: label(first.reason) }) }
            : { text: t(records.length === 1 ? 'automation.started' : 'automation.startedMany', { name, count: started }) },
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
