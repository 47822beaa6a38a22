/** Options in their order: labels, colours, and behind a button what is rarer. Keys of options that are live never change. */
import { DeleteOutlined, EllipsisOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Popover, Select, Switch } from 'antd';
import { useState } from 'react';
import { freeName, moveItem, type Patch, patched } from '#engine/changes/edits.ts';
import type { OptionDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { OPTION_COLORS } from '#runtime/app/theme.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { fill, useTexts } from '../i18n/index.ts';
import { ColorPicker } from '../ui/ColorPicker.tsx';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { SortableList } from '../ui/SortableList.tsx';
import { suggestName } from '../ui/suggest-name.ts';

interface OptionListProps {
  readonly id: string;
  readonly options: readonly OptionDefinition[];
  /** Keys that records may hold already. */
  readonly live: ReadonlySet<string>;
  readonly onChange: (options: readonly OptionDefinition[]) => void;
}

interface OptionMoreProps {
  readonly id: string;
  readonly option: OptionDefinition;
  readonly onChange: (patch: Patch<OptionDefinition>) => void;
  readonly onRemove: () => void;
  /** Records may hold the key: it stays. */
  readonly fixed: boolean;
  readonly taken: readonly string[];
}

function OptionMore({ id, option, onChange, onRemove, fixed, taken }: OptionMoreProps) {
  const { options: texts } = useTexts();
  const [value, setValue] = useState(option.value);
  return (
    <div className="option-more">
      <Setting id={`${id}-value`} label={texts.value}>
        <Input id={`${id}-value`} className="code-input" disabled={fixed} value={value} maxLength={80} onChange={(event) => setValue(event.target.value)} onBlur={() => (value && !taken.includes(value) ? onChange({ value }) : setValue(option.value))} />
      </Setting>
      <Setting id={`${id}-aliases`} label={texts.aliases}>
        <Select id={`${id}-aliases`} mode="tags" open={false} suffixIcon={null} className="full" value={[...(option.aliases ?? [])]} onChange={(aliases: string[]) => onChange({ aliases: aliases.length > 0 ? aliases : undefined })} />
      </Setting>
      <Setting id={`${id}-outcome`} label={texts.outcome}>
        <Select
          id={`${id}-outcome`}
          className="full"
          value={option.outcome ?? ''}
          options={[{ value: '', label: texts.noOutcome }, { value: 'won', label: texts.won }, { value: 'lost', label: texts.lost }]}
          onChange={(next: string) => onChange({ outcome: next === 'won' || next === 'lost' ? next : undefined })}
        />
      </Setting>
      <Setting id={`${id}-retired`} label={texts.retire} inline>
        <Switch id={`${id}-retired`} size="small" checked={option.retired === true} onChange={(on) => onChange({ retired: on || undefined })} />
      </Setting>
      <Button size="small" danger type="text" icon={<DeleteOutlined aria-hidden="true" />} onClick={onRemove}>
        {texts.remove}
      </Button>
    </div>
  );
}

/** Drawn at once; of a longer list the rest is asked for. */
const PAGE = 60;

/** One option a line, its English behind a bar. */
function readLines(text: string): { zh: string; en: string }[] {
  return text.split('\n').flatMap((line) => {
    const [zh = '', en = ''] = line.split(/[|｜\t]/).map((part) => part.trim());
    return zh || en ? [{ zh: zh || en, en: en || zh }] : [];
  });
}

export function OptionList({ id, options, live, onChange }: OptionListProps) {
  const { options: texts } = useTexts();
  const label = useLabel();
  const [lines, setLines] = useState<string | null>(null);
  const set = (index: number, patch: Patch<OptionDefinition>) => onChange(options.map((option, i) => (i === index ? patched(option, patch) : option)));
  const values = options.map((option) => option.value);
  const [most, setMost] = useState(PAGE);
  const rest = Math.max(0, values.length - most);

  const add = async (labels: readonly { zh: string; en: string }[]) => {
    const added = [...options];
    for (const { zh, en } of labels) {
      const taken = added.map((option) => option.value);
      const value = (await suggestName({ 'zh-CN': zh, en }, taken)) || freeName('option', taken);
      added.push({ value, label: { 'zh-CN': zh, en }, color: OPTION_COLORS[added.length % OPTION_COLORS.length] });
    }
    onChange(added);
  };
  const addOne = () => {
    const value = freeName('option', values);
    onChange([...options, { value, label: { 'zh-CN': '新选项', en: 'New option' }, color: OPTION_COLORS[options.length % OPTION_COLORS.length] }]);
    // The new one stands last, so all are drawn.
    setMost(options.length + PAGE);
    // What it is called is typed at once, over the proposal.
    setTimeout(() => {
      const input = document.getElementById(`${id}-${options.length}`);
      if (input instanceof HTMLInputElement) input.select();
    }, 50);
  };
  return (
    <div className="options" id={id}>
      {options.length === 0 ? <p className="quiet">{texts.empty}</p> : null}
      <SortableList ids={rest > 0 ? values.slice(0, most) : values} nameOf={(value) => label(options.find((option) => option.value === value)?.label ?? { 'zh-CN': value, en: value })} onMove={(from, to) => onChange(moveItem(options, from, to))}>
        {(value, handle) => {
          const index = values.indexOf(value);
          const option = options[index];
          if (!option) return null;
          return (
            <div className={option.retired ? 'option-line option-gone' : 'option-line'}>
              {handle}
              <ColorPicker value={option.color} label={texts.color} onChange={(color) => set(index, { color })} />
              <LabelInput id={`${id}-${index}`} value={option.label} onChange={(next) => set(index, { label: next ?? { 'zh-CN': '', en: '' } })} />
              <Popover
                trigger="click"
                placement="bottomRight"
                destroyOnHidden
                title={`${label(option.label)}${option.retired ? ` · ${texts.retired}` : ''}`}
                content={<OptionMore id={`${id}-${index}-more`} option={option} fixed={live.has(option.value)} taken={values} onChange={(patch) => set(index, patch)} onRemove={() => onChange(options.filter((_, i) => i !== index))} />}
              >
                <IconButton size="small" label={texts.more} icon={<EllipsisOutlined aria-hidden="true" />} />
              </Popover>
            </div>
          );
        }}
      </SortableList>
      {rest > 0 ? (
        <Button size="small" type="link" onClick={() => setMost(most + PAGE)}>
          {fill(texts.showMore, { count: rest })}
        </Button>
      ) : null}
      {lines === null ? (
        <div className="option-foot">
          <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={addOne}>
            {texts.add}
          </Button>
          <Button size="small" type="text" onClick={() => setLines('')}>
            {texts.addMany}
          </Button>
        </div>
      ) : (
        <div className="option-many">
          <Input.TextArea autoFocus autoSize={{ minRows: 4, maxRows: 10 }} placeholder={texts.manyHint} aria-label={texts.addMany} value={lines} onChange={(event) => setLines(event.target.value)} />
          <Button
            size="small"
            onClick={() => {
              void add(readLines(lines));
              setLines(null);
            }}
          >
            {texts.add}
          </Button>
        </div>
      )}
    </div>
  );
}
