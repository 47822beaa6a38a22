import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { optionsOf } from '#engine/model/app-model.ts';
import { useAppearance } from '../../app/appearance.ts';
import { useLabel, useText } from '../../app/i18n/index.ts';
import { optionColors } from '../../app/theme.ts';
import { colorOfName } from '../../ui/Avatar.tsx';
import type { CellProps } from '../field-components.ts';

export function OptionTag({ text, color, retired }: { text: string; color?: string | undefined; retired?: boolean | undefined }) {
  const { ink, tint } = optionColors(color, useAppearance());
  return (
    <span className={retired ? 'option option-retired' : 'option'} style={{ color: ink, background: tint }} title={text}>
      {text}
    </span>
  );
}

function useOptionTag() {
  const label = useLabel();
  return (field: CellProps['field'], value: string) => {
    const option = optionsOf(field).find((candidate) => candidate.value === value);
    return <OptionTag key={value} text={option ? label(option.label) : value} color={option?.color} retired={option?.retired} />;
  };
}

export function SelectCell({ field, value }: CellProps) {
  return useOptionTag()(field, String(value));
}

export function MultiSelectCell({ field, value, room }: CellProps) {
  const tag = useOptionTag();
  const values = Array.isArray(value) ? value.map(String) : [];
  return <span className={room === 'line' ? 'tags' : 'tags tags-wrap'}>{values.map((one) => tag(field, one))}</span>;
}

export function TagsCell({ value, room }: CellProps) {
  const values = Array.isArray(value) ? value.map(String) : [];
  return (
    <span className={room === 'line' ? 'tags' : 'tags tags-wrap'}>
      {values.map((one) => (
        <OptionTag key={one} text={one} color={colorOfName(one)} />
      ))}
    </span>
  );
}

export function BooleanCell({ value }: CellProps) {
  const t = useText();
  return value === true ? (
    <CheckOutlined className="yes" aria-label={t('field.yes')} role="img" />
  ) : (
    <CloseOutlined className="no" aria-label={t('field.no')} role="img" />
  );
}
