/** What the rules that hold on every path call by name: combinations that stand once, invariants, stamps, followed roll-ups, ledgers, lines carried over. */
import { childPath, type Label } from '../errors.ts';
import { type Collector, words } from './uses.ts';

export function integrityUses({ table, add, rule, path, names }: Collector): void {
  const own = (field: string): string => `field:${table.name}.${field}`;
  table.unique?.forEach((unique, i) => {
    const label = words('不可重复的组合', 'a combination that stands once');
    for (const field of unique.fields) path(field, '/unique', label, ['unique', i]);
    rule(unique.when, '/unique', label);
  });
  table.invariants?.forEach((check, i) => rule(check.rule, `/invariants/${i}`, words(`约束“${check.message['zh-CN']}”`, `the invariant "${check.message.en}"`)));
  table.stamps?.forEach((stamp, i) => {
    const label = words('自动写入的值', 'a value the product sets');
    add([own(stamp.field)], '/stamps', label, ['stamps', i]);
    rule(stamp.when, '/stamps', label);
    rule(stamp.value, '/stamps', label);
  });
  table.follows?.forEach((follow, i) => {
    const label = words('跟随汇总的字段', 'a field that follows a roll-up');
    for (const field of [follow.field, follow.rollup]) add([own(field)], '/follows', label, ['follows', i]);
  });
  if (Array.isArray(table.appendOnly)) table.appendOnly.forEach((field, i) => add([own(field)], '/appendOnly', words('只增不改之外的字段', 'fields that may change in a ledger'), ['appendOnly', i]));
  table.actions?.forEach((action, i) => {
    const label: Label = words(`操作“${action.label['zh-CN']}”带过去的明细`, `the lines the action "${action.label.en}" carries over`);
    for (const [name, { from, values }] of Object.entries(action.lines ?? {})) {
      const at = childPath('/actions', action.name);
      const pointer = ['actions', i, 'lines', name];
      add([`field:${action.table}.${name}`, own(from)], at, label, pointer);
      const [source, target] = [names.targetOf(table.name, from), names.targetOf(action.table, name)];
      for (const [field, value] of Object.entries(values)) {
        const assigned = `field:${target}.${field}`;
        add([assigned], at, label, [...pointer, 'values', field]);
        add(names.inRule(source ?? '', value).filter((called) => called !== assigned), at, label, [...pointer, 'values', field]);
      }
    }
  });
}
