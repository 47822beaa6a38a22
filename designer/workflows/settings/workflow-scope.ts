/** What the settings of a trigger or node may speak of: the run's record and the variables known at this place. */
import { createContext, useContext, useMemo } from 'react';
import type { AppModel } from '#engine/model/app-model.ts';
import { parameterValues, type WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { Words } from '#engine/workflows/node-type.ts';
import { recordTable, type Scope, scopeOf, type Variables, variablesAt, variablesOfRun } from '#engine/workflows/scope.ts';

export interface WorkflowScope {
  readonly workflow: WorkflowDefinition;
  readonly model: AppModel;
  readonly words: Words;
  readonly scope: Scope;
  readonly variables: Variables;
  /** The table that a setting's `x-of` names, by itself or over a record variable. */
  readonly tableOf: (of: string | undefined) => string | undefined;
}

export const WorkflowScopeContext = createContext<WorkflowScope | null>(null);

/** `node`: null for the trigger. */
export function useScopeOf(model: AppModel, words: Words, workflow: WorkflowDefinition, node: string | null): WorkflowScope {
  return useMemo(() => {
    const scope = scopeOf(workflow, model.tables);
    const variables = node === null ? variablesOfRun(scope) : variablesAt(scope, node);
    const tableOf = (of: string | undefined): string | undefined => {
      const name = of ?? '$record';
      return Object.hasOwn(model.tables, name) ? name : (recordTable(scope, variables, name) ?? undefined);
    };
    return { workflow, model, words, scope, variables, tableOf };
  }, [model, words, workflow, node]);
}

export function useWorkflowScope(): WorkflowScope {
  const scope = useContext(WorkflowScopeContext);
  if (!scope) throw new Error('useWorkflowScope outside of a workflow');
  return scope;
}

/** A number as it stands or as the parameter it names has it; null where it is worked out otherwise. */
export function knownNumber(workflow: WorkflowDefinition, amount: unknown): number | null {
  if (typeof amount === 'number') return amount;
  const path = typeof amount === 'object' && amount !== null ? (amount as { var?: unknown }).var : undefined;
  const value = typeof path === 'string' && path.startsWith('$params.') ? parameterValues(workflow)[path.slice('$params.'.length)] : undefined;
  return typeof value === 'number' ? value : null;
}
