/** What rules that always or never hold leave behind: a condition that is always met is none, what never comes to pass is left out. */
import type { FormDefinition, GrantDefinition, SectionDefinition, TableDefinition, ViewDefinition } from '../../model/definitions.ts';

type Keys = Readonly<Record<string, unknown>>;

/** Without keys whose rule always holds. */
function without<T extends Keys>(value: T, keys: readonly string[], constant: unknown = true): T {
  return keys.some((key) => value[key] === constant) ? (Object.fromEntries(Object.entries(value).filter(([key, inner]) => !(keys.includes(key) && inner === constant))) as T) : value;
}

const list = <T>(name: string, items: readonly T[] | undefined): Record<string, T[]> => (items && items.length > 0 ? { [name]: [...items] } : {});

export function tidyTable(table: TableDefinition): TableDefinition {
  const { validate, unique, invariants, stamps, forms, views, exports, effects, actions, transferAlong, permissions, indexes, duplicates, follows, shareAlong, page, handOver, ...rest } = table;
  return {
    ...rest,
    fields: table.fields.map((field) => {
      const { default: fallback, validate: checks, ...kept } = without(without(field, ['visible', 'filter']), ['requiredWhen', 'readOnlyWhen'], false);
      const isBlank = fallback !== null && typeof fallback === 'object' && 'rule' in fallback && fallback.rule === null;
      const left = checks?.filter(({ rule }) => rule !== true);
      return { ...kept, ...(fallback !== undefined && !isBlank && { default: fallback }), ...(left && left.length > 0 && { validate: left }) };
    }),
    ...list('indexes', indexes?.filter((columns) => columns.length > 0)),
    ...list('duplicates', duplicates),
    ...list('validate', validate?.filter(({ rule }) => rule !== true)),
    ...list('unique', unique?.filter(({ when }) => when !== false).map((one) => without(one, ['when']))),
    ...list('invariants', invariants?.filter(({ rule }) => rule !== true)),
    ...list('stamps', stamps?.filter(({ when }) => when !== false)),
    ...list('follows', follows),
    ...list('forms', forms?.filter(({ when }) => when !== false).map(tidyForm)),
    ...list('views', views?.filter(({ filter }) => filter !== false).map((view) => without(view as ViewDefinition & Keys, ['filter']))),
    ...(page && { page }),
    ...list('exports', exports?.filter(({ filter }) => filter !== false).map((one) => without(one, ['filter']))),
    ...list('actions', actions?.map((action) => ({ ...action, values: withoutNull(action.values) }))),
    ...list('effects', effects?.filter(({ when, create, update }) => when !== false && (create || Object.keys({ ...update?.values, ...update?.add }).length > 0)).map((effect) => without(effect.create ? { ...effect, create: { ...effect.create, values: withoutNull(effect.create.values) } } : effect, ['when']))),
    ...list('shareAlong', shareAlong),
    ...list('transferAlong', transferAlong?.map((along) => without(along, ['filter']))),
    ...(handOver && handOver.people.length > 0 && { handOver: without(handOver, ['filter']) }),
    ...(permissions && { permissions: Object.fromEntries(Object.entries(permissions).map(([role, grant]) => [role, tidyGrant(grant)])) }),
  };
}

function withoutNull<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function tidyGrant({ also, ...grant }: GrantDefinition): GrantDefinition {
  return { ...grant, ...list('also', also?.filter(({ read }) => (read as unknown) !== false).map((more) => without(more, ['update'], false))) };
}

function tidyForm({ sections, tabs, ...form }: FormDefinition): FormDefinition {
  const tidy = (own: readonly SectionDefinition[] | undefined): SectionDefinition[] | undefined => own?.filter(({ fields, visible }) => visible !== false && fields.some((entry) => typeof entry === 'string')).map((section) => without(section, ['visible']));
  return { ...without(form, ['when']), ...(sections && { sections: tidy(sections) ?? [] }), ...(tabs && { tabs: tabs.map((tab) => ({ ...tab, sections: tidy(tab.sections) ?? [] })).filter((tab) => tab.sections.length > 0) }) };
}
