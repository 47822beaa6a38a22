import { Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Markdown } from '../../ui/Markdown.tsx';
import type { InputProps } from '../field-components.ts';

export function MarkdownInput({ value, onChange, id, describedBy, invalid, disabled, inCell }: InputProps) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<'write' | 'preview'>('write');
  const text = typeof value === 'string' ? value : '';
  return (
    <div className="markdown-input">
      {inCell ? null : (
        <Segmented<'write' | 'preview'>
          size="small"
          value={mode}
          onChange={setMode}
          options={[
            { value: 'write', label: t('field.write') },
            { value: 'preview', label: t('field.preview') },
          ]}
        />
      )}
      {mode === 'write' ? (
        <Input.TextArea
          id={id}
          autoFocus={inCell ?? false}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          status={invalid ? 'error' : ''}
          disabled={disabled ?? false}
          placeholder={t('field.markdown')}
          autoSize={{ minRows: 4, maxRows: 16 }}
          value={text}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        />
      ) : (
        <Markdown text={text} />
      )}
    </div>
  );
}
