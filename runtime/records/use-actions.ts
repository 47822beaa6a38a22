import type { ActionDefinition } from '#engine/model/definitions.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { useCreate } from '../app/create-context.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';

/** Actions of a table that one may take: those whose target one may create in. Whether one is offered on a record is for who shows it there. */
export function useActions(table: TableModel): { actions: readonly ActionDefinition[]; run: (action: ActionDefinition, id: string) => Promise<void> } {
  const app = useApp();
  const label = useLabel();
  const create = useCreate();
  const toast = useToast();
  const errorText = useErrorText();
  return {
    actions: table.actions.filter((action) => app.access[action.table]?.create),
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
