/** Properties of a change in the words of the designer: roles, rights, conditions and types as people know them. */
import type { ReactNode } from 'react';
import type { DefinitionChange, Subject } from '#engine/changes/plan.ts';
import type { Label } from '#engine/errors.ts';
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import { FieldCommonSchema, ViewCommonSchema } from '#engine/model/definitions.ts';
import { SCOPE_LABELS, scopeOf } from '#engine/permissions/scopes.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { FilterSentence } from '#runtime/rules/FilterSentence.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { useRoleTexts } from '../roles/texts.ts';
import { definedField } from '../settings/field-choices.ts';
import { usePublishTexts } from './texts.ts';

type Properties = DefinitionChange['properties'];

const CONDITIONS = new Set(['read', 'update', 'delete', 'filter', 'visible', 'when', 'requiredWhen', 'readOnlyWhen']);

/** A right given or taken as a whole, action by action. */
export function expandGrant(properties: Properties): Properties {
  return properties.flatMap((property) => {
    if (property.name !== '') return [property];
    const [was, now] = [property.before ?? {}, property.after ?? {}] as [Record<string, unknown>, Record<string, unknown>];
    return [...new Set([...Object.keys(was), ...Object.keys(now)])].map((name) => ({ name, before: was[name], after: now[name] }));
  });
}

function settingLabel(name: string): Label | undefined {
  const schemas = [FieldCommonSchema, ViewCommonSchema, ...Object.values(FIELD_TYPES).map((type) => type.settings)];
  for (const { properties } of schemas) {
    const schema = (properties as Readonly<Record<string, { 'x-label'?: Label }>>)[name];
    if (schema?.['x-label']) return schema['x-label'];
  }
  return undefined;
}

export function usePropertyName(subject: Subject | undefined): (name: string) => string {
  const label = useLabel();
  const roles = useRoleTexts();
  const texts = useTexts();
  return (name) => {
    if (subject === 'permission') return (roles.actions as Readonly<Record<string, string>>)[name] ?? (name === 'fields' ? roles.fields : name);
    if (name === 'label') return texts.field.label;
    if (name === 'type') return texts.field.type;
    const known = subject === 'field' || subject === 'view' ? settingLabel(name) : undefined;
    return known ? label(known) : name;
  };
}

interface PropertyWordsProps {
  readonly name: string;
  readonly value: unknown;
  readonly table: string | undefined;
  /** Where there are no words for it. */
  readonly otherwise: ReactNode;
}

export function PropertyWords({ name, value, table, otherwise }: PropertyWordsProps) {
  const label = useLabel();
  const texts = usePublishTexts();
  const roles = useRoleTexts();
  const { definitions, model } = useDraft();
  if (value === undefined) return otherwise;
  if (name === 'roles' && Array.isArray(value)) {
    return <>{value.map((role) => label(definitions.app.roles.find((own) => own.name === role)?.label ?? { 'zh-CN': String(role), en: String(role) })).join(texts.comma)}</>;
  }
  if (name === 'type' && typeof value === 'string' && Object.hasOwn(FIELD_TYPES, value)) return <>{label(FIELD_TYPES[value as FieldTypeName].label)}</>;
  if (CONDITIONS.has(name)) {
    const scope = scopeOf(value);
    if (scope !== 'none' && scope !== 'custom') return <>{label(SCOPE_LABELS[scope])}</>;
    const built = table !== undefined && Object.hasOwn(model.tables, table) ? model.tables[table] : undefined;
    return built && typeof value === 'object' && value !== null ? <FilterSentence table={built} filter={value as Rule} /> : otherwise;
  }
  if (name === 'fields' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const own = definitions.tables.find((one) => one.name === table);
    const nameOf = (field: string) => label((own && definedField(own, field)?.label) ?? { 'zh-CN': field, en: field });
    return (
      <ul>
        {Object.entries(value).map(([field, right]) => (
          <li key={field}>
            {nameOf(field)}
            {texts.colon}
            {(roles.right as Readonly<Record<string, string>>)[String(right)] ?? String(right)}
          </li>
        ))}
      </ul>
    );
  }
  return value === true ? <>{texts.yes}</> : otherwise;
}
