/** What a workflow adds to conditions: variables to ask about, and to compare with. Empty for filters of lists. */
import { type ComponentType, createContext } from 'react';
import type { VariableValue } from '#engine/rules/conditions.ts';
import type { ConditionField } from './condition-fields.ts';

export interface ConditionVariables {
  readonly fields: readonly ConditionField[];
  /** Draws the choice of a variable in place of a value; undefined: a value is typed. */
  readonly Pick?: ComponentType<{ readonly field: ConditionField; readonly value: VariableValue | undefined; readonly onChange: (value: VariableValue | undefined) => void }>;
  readonly title: string;
}

export const ConditionVariablesContext = createContext<ConditionVariables>({ fields: [], title: '' });
