/** Rules that colour a row, the first that holds first. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { moveItem } from '#engine/changes/edits.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { fill, useTexts } from '../i18n/index.ts';
import { ColorPicker } from '../ui/ColorPicker.tsx';
import { SortableList } from '../ui/SortableList.tsx';
import type { EditorProps } from './editor.ts';
import { RuleInput } from './RuleEditor.tsx';

interface ColorRule {
  readonly when: Rule;
  readonly color: string;
}

export function ColorsEditor({ id, value, onChange, context }: EditorProps) {
  const { view, page } = useTexts();
  const rules = Array.isArray(value) ? (value as ColorRule[]) : [];
  const set = (next: readonly ColorRule[]) => onChange(next.length > 0 ? next : undefined);
  const change = (index: number, patch: Partial<ColorRule>) => set(rules.map((rule, i) => (i === index ? { ...rule, ...patch } : rule)));
  const ids = rules.map((_, index) => String(index));
  return (
    <div className="columns-editor" id={id}>
      <SortableList ids={ids} nameOf={(at) => fill(page.item, { n: Number(at) + 1 })} onMove={(from, to) => set(moveItem(rules, from, to))}>
        {(at, handle) => {
          const index = Number(at);
          const rule = rules[index];
          if (!rule) return null;
          return (
            <div className="color-line">
              {handle}
              <ColorPicker label={view.colorBy} value={rule.color} onChange={(color) => change(index, { color: color ?? 'gray' })} />
              <RuleInput table={context.table} rule={rule.when === true ? undefined : rule.when} onChange={(when) => change(index, { when: when ?? true })} />
              <IconButton size="small" label={view.removeColor} icon={<DeleteOutlined aria-hidden="true" />} onClick={() => set(rules.filter((_, i) => i !== index))} />
            </div>
          );
        }}
      </SortableList>
      <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={() => set([...rules, { when: true, color: 'red' }])}>
        {view.addColor}
      </Button>
    </div>
  );
}
