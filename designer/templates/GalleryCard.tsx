/** A template in the gallery: what it holds, and what can be done with it here. */
import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tag } from 'antd';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { fill } from '../i18n/index.ts';
import { largerProfiles, type TemplateCard } from './api.ts';
import { useTemplateTexts } from './texts.ts';

export type TemplateAction = 'install' | 'upgrade' | 'grow' | 'uninstall' | 'samples';

interface GalleryCardProps {
  readonly card: TemplateCard;
  readonly disabled: boolean;
  /** The action of this template that waits for an answer. */
  readonly busy: TemplateAction | null;
  /** `profile`: what it grows into. */
  readonly onAction: (action: TemplateAction, profile?: string) => void;
}

const SHOWN = 6;

export function GalleryCard({ card, disabled, busy, onAction }: GalleryCardProps) {
  const texts = useTemplateTexts();
  const label = useLabel();
  const owner = isSystemOwner(useApp());
  const { tables, installed, version } = card;
  const part = card.profiles.find(({ name }) => name === card.profile);
  const larger = largerProfiles(card);
  const button = (action: TemplateAction, text: string, look: { type?: 'primary' | 'text'; danger?: boolean } = {}) => (
    <Button key={action} {...look} disabled={disabled && action !== 'samples'} loading={busy === action} onClick={() => onAction(action)}>
      {text}
    </Button>
  );
  return (
    <li className="template-card">
      <header>
        <h3>{label(card.label)}</h3>
        {installed === null ? <Tag>{fill(texts.available, { version })}</Tag> : <Tag color="green">{fill(texts.installed, { version: installed })}{part ? ` · ${label(part.label)}` : ''}</Tag>}
      </header>
      {card.description ? <p>{label(card.description)}</p> : null}
      <p className="template-tables">
        {tables.slice(0, SHOWN).map((table) => (
          <Tag key={table.name} variant="filled">{label(table.label)}</Tag>
        ))}
        {tables.length > SHOWN ? <span className="quiet">+{tables.length - SHOWN}</span> : null}
      </p>
      <p className="quiet">{fill(texts.holds, { tables: tables.length, records: card.records.toLocaleString() })}</p>
      <footer>
        {installed === null ? button('install', texts.install, { type: 'primary' }) : null}
        {card.upgrade ? button('upgrade', fill(texts.upgrade, { version }), { type: 'primary' }) : null}
        {larger.length > 0 ? (
          <Dropdown trigger={['click']} disabled={disabled} menu={{ items: larger.map(({ name, label: title, description }) => ({ key: name, label: description ? `${label(title)} · ${label(description)}` : label(title) })), onClick: ({ key }) => onAction('grow', key) }}>
            <Button loading={busy === 'grow'}>
              {texts.growTo} <DownOutlined aria-hidden="true" />
            </Button>
          </Dropdown>
        ) : null}
        {owner && installed !== null && card.isEmpty && !card.upgrade && card.records > 0 ? button('samples', texts.samples) : null}
        {installed === null ? null : button('uninstall', texts.uninstall, { type: 'text', danger: true })}
      </footer>
    </li>
  );
}
