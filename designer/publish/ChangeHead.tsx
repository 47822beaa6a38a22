/** One line of what changes: added, removed or changed, which thing, where it stands. */
import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { DefinitionChange } from '#engine/changes/plan.ts';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { usePublishTexts } from './texts.ts';

const ICONS = { add: <PlusOutlined aria-hidden="true" />, remove: <DeleteOutlined aria-hidden="true" />, change: <EditOutlined aria-hidden="true" /> };

export function ChangeHead({ change, children }: { change: DefinitionChange; children?: ReactNode }) {
  const texts = usePublishTexts();
  const label = useLabel();
  const locale = useLocale();
  return (
    <div className="plan-change-head">
      <span className={`plan-icon plan-${change.action}`} title={texts.action[change.action]}>
        {ICONS[change.action]}
      </span>
      <strong>
        {texts.action[change.action]}
        {locale === 'en' ? ' ' : ''}
        {texts.subject[change.subject]} · {label(change.label)}
      </strong>
      <code>{change.path.replace(/^\/(tables\/)?/, '')}</code>
      {children}
    </div>
  );
}
