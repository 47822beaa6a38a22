/** A condition: read as a sentence, edited in place by the runtime's condition builder. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { Rule } from '#engine/rules/rule.ts';
import { FilterEditor } from '#runtime/rules/FilterEditor.tsx';
import { FilterSentence } from '#runtime/rules/FilterSentence.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import type { EditorProps } from './editor.ts';

interface RuleInputProps {
  readonly table: string | undefined;
  readonly rule: Rule | undefined;
  readonly onChange: (rule: Rule | undefined) => void;
  readonly id?: string;
}

export function RuleInput({ table: name, rule, onChange, id }: RuleInputProps) {
  const { settings } = useTexts();
  const { model } = useDraft();
  const [open, setOpen] = useState(false);
  const table = name === undefined ? undefined : model.tables[name];
  // The builder keeps half-made conditions of its own; it begins anew when the rule was changed elsewhere, by undo for one.
  const written = useRef(JSON.stringify(rule));
  const round = useRef(0);
  if (JSON.stringify(rule) !== written.current) {
    written.current = JSON.stringify(rule);
    round.current += 1;
  }
  if (!table) return <p className="quiet">{settings.firstTable}</p>;
  if (!open) {
    return (
      <div className="rule-line" id={id}>
        {rule === undefined ? null : <FilterSentence table={table} filter={rule} />}
        <Button size="small" type={rule === undefined ? 'dashed' : 'text'} icon={rule === undefined ? <PlusOutlined aria-hidden="true" /> : null} onClick={() => setOpen(true)}>
          {rule === undefined ? settings.addRule : settings.edit}
        </Button>
      </div>
    );
  }
  return (
    <div className="rule-box" id={id}>
      <FilterEditor
        key={`${table.name} ${round.current}`}
        table={table}
        filter={rule}
        onApply={(next) => {
          written.current = JSON.stringify(next);
          onChange(next);
        }}
      />
      <div className="rule-foot">
        <Button size="small" type="text" disabled={rule === undefined} onClick={() => onChange(undefined)}>
          {settings.clear}
        </Button>
        <Button size="small" onClick={() => setOpen(false)}>
          {settings.done}
        </Button>
      </div>
    </div>
  );
}

export function RuleEditor({ id, value, onChange, of }: EditorProps) {
  return <RuleInput id={id} table={of} rule={value as Rule | undefined} onChange={onChange} />;
}
