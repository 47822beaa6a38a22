/** A value of the field itself (its default), edited by the field's own input. */
import { Button } from 'antd';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldTypeName } from '#engine/fields/index.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { FIELD_COMPONENTS } from '#runtime/fields/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import type { EditorProps } from './editor.ts';
import { typeOf } from './field-choices.ts';

/** What edits the result of something computed. */
const RESULT_TYPES: Readonly<Record<string, FieldTypeName>> = { text: 'text', number: 'decimal', boolean: 'boolean', date: 'date', dateTime: 'dateTime', option: 'text' };

function isRule(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'rule' in value;
}

export function ValueEditor({ id, value, onChange, context }: EditorProps) {
  const { settings } = useTexts();
  const { definitions } = useDraft();
  const { name, label, type, options, result, ...rest } = context.values;
  const shared = typeof options === 'string' ? definitions.app.options?.[options] : options;
  const own = String(type) as FieldTypeName;
  const edited = typeOf({ type: own })?.computed ? (RESULT_TYPES[String(result ?? 'number')] ?? 'text') : own;
  const field: FieldModel = { name: String(name), table: context.table, label: (label ?? { 'zh-CN': '', en: '' }) as FieldModel['label'], type: edited, settings: { ...rest, ...(shared ? { options: shared } : {}) } };
  const { Input } = FIELD_COMPONENTS[edited];
  if (isRule(value)) {
    return (
      <div className="rule-line" id={id}>
        <span className="quiet">{settings.computed}</span>
        <Button size="small" type="text" onClick={() => onChange(undefined)}>
          {settings.clear}
        </Button>
      </div>
    );
  }
  return <Input key={edited} id={id} field={field} value={(value ?? null) as Json} record={{}} included={{}} onChange={(next) => onChange(next ?? undefined)} />;
}
