/** The colour that rules give to a row. Loaded only with views that have such rules: it brings the evaluation of rules along. */
import type { TableModel } from '#engine/model/app-model.ts';
import { holds } from '#engine/rules/evaluate.ts';
import type { Values } from '../../api/types.ts';
import type { AppState } from '../../app/session.tsx';
import { ruleContext, toRuleData } from '../../model/rule-data.ts';
import type { ColorRule } from '../view-extras.ts';

export function colorByRules(app: AppState, table: TableModel, rules: readonly ColorRule[]): (record: Values) => string | undefined {
  const context = ruleContext(app);
  return (record) => {
    const data = toRuleData(table, record);
    return rules.find(({ when }) => holds(when, data, context))?.color;
  };
}
