import type { ActionDefinition } from '#engine/model/definitions.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { holds } from '#engine/rules/evaluate.ts';
import type { Values } from '../api/types.ts';
import { useCreate } from '../app/create-context.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { ruleContext, toRuleData } from '../model/rule-data.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';

/** Actions of a table that one may take: those whose target one may create in, and that are offered on this record. */
export function useActions(table: TableModel, record?: Values): { actions: readonly ActionDefinition[]; run: (action: ActionDefinition, id: string) => Promise<void> } {
  const app = useApp();
  const label = useLabel();
  const create = useCreate();
  const toast = useToast();
  const errorText = useErrorText();
  return {
    actions: table.actions.filter((action) => app.access[action.table]?.create && (!record || holds(action.visible, toRuleData(table, record), ruleContext(app)))),
    run: async (action, id) => {
      try {
        const { startAction } = await import('./start-action.ts');
        const { about, ...request } = await startAction(app, table, action, id);
        create({ ...request, title: about ? `${label(action.label)} · ${about}` : label(action.label) });
      } catch (error) {
        toast({ kind: 'error', text: errorText(error) });
      }
    },
  };
}
