/** The permission levels of the workspace: what each allows on tables that take part in levels, and variants made by copying one. */
import { CopyOutlined, DeleteOutlined, UndoOutlined } from '@ant-design/icons';
import { App, Checkbox, InputNumber, Select, Tag } from 'antd';
import { useState } from 'react';
import { removeLevelVariant, restoreLevel, updateLevel, updateLevelVariant } from '#engine/changes/edit-levels.ts';
import type { LevelDefinition, LevelVariantDefinition } from '#engine/model/definitions.ts';
import { LEVEL_LABELS, LEVELS, type Level, OWNER_LEVEL } from '#engine/permissions/levels.ts';
import { levelOf } from '#engine/permissions/resolve-grants.ts';
import { SCOPE_LABELS, SCOPE_NAMES, type ScopeName, scopeOf } from '#engine/permissions/scopes.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { AddLevel } from './AddLevel.tsx';
import { FLAGS, ROW_ACTIONS } from './rights-columns.ts';
import { useRoleTexts } from './texts.ts';

const LIMITED = ['import', 'export'] as const;
type Limited = (typeof LIMITED)[number];
const isLimited = (flag: string): flag is Limited => (LIMITED as readonly string[]).includes(flag);

export function LevelsMatrix() {
  const texts = useRoleTexts();
  const [copied, setCopied] = useState<Level | null>(null);
  const { definitions } = useDraft();
  const variants = definitions.app.levelVariants ?? [];
  return (
    <div className="rights-scroll">
      <table className="rights">
        <thead>
          <tr>
            <th scope="col">{texts.level}</th>
            {[...ROW_ACTIONS, ...FLAGS].map((action) => (
              <th key={action} scope="col">
                {texts.actions[action]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LEVELS.flatMap((level) => [
            <LevelRow key={level} level={level} onCopy={() => setCopied(level)} />,
            ...variants.filter((variant) => variant.level === level).map((variant) => <LevelRow key={variant.name} level={level} variant={variant} />),
          ])}
        </tbody>
      </table>
      <AddLevel level={copied} onClose={() => setCopied(null)} />
    </div>
  );
}

interface LevelRowProps {
  readonly level: Level;
  readonly variant?: LevelVariantDefinition;
  readonly onCopy?: () => void;
}

function LevelRow({ level, variant, onCopy }: LevelRowProps) {
  const texts = useRoleTexts();
  const label = useLabel();
  const { modal } = App.useApp();
  const { definitions, edit } = useDraft();
  const owner = isSystemOwner(useApp());
  const { app } = definitions;
  const says = levelOf(app, level, variant?.name);
  const name = label(variant?.label ?? LEVEL_LABELS[level]);
  const users = app.roles.filter((role) => role.level === level && role.levelVariant === variant?.name);
  const isFixed = level === OWNER_LEVEL || (level === OWNER_LEVEL - 1 && !owner);
  const isChanged = variant === undefined && app.levels?.[String(level)] !== undefined;
  const change = (patch: Partial<LevelDefinition>) => edit((now) => (variant ? updateLevelVariant(now, variant.name, patch) : updateLevel(now, level, patch)));
  const scopes = [...SCOPE_NAMES.map((scope) => ({ value: scope as string, label: label(SCOPE_LABELS[scope]), short: texts.scopes[scope] })), { value: 'none', label: texts.none, short: texts.none }];
  const askRemove = (own: LevelVariantDefinition) =>
    modal.confirm({
      title: fill(texts.removeLevelTitle, { name }),
      content: users.length > 0 ? fill(texts.removeLevelText, { roles: users.map((role) => label(role.label)).join(texts.comma), level: label(LEVEL_LABELS[level]) }) : null,
      okText: texts.removeLevel,
      okButtonProps: { danger: true },
      onOk: () => edit((now) => removeLevelVariant(now, own.name)),
    });
  return (
    <tr>
      <th scope="row">
        <span className={variant ? 'level-variant' : undefined}>{name}</span> {isChanged ? <Tag>{texts.levelChanged}</Tag> : null}
        <span className="level-actions">
        {variant ? (
          <IconButton size="small" label={texts.removeLevel} icon={<DeleteOutlined aria-hidden="true" />} disabled={isFixed} onClick={() => askRemove(variant)} />
        ) : level === OWNER_LEVEL ? null : (
          <>
            <IconButton size="small" label={fill(texts.copyLevel, { name })} icon={<CopyOutlined aria-hidden="true" />} disabled={isFixed} onClick={onCopy} />
            {isChanged ? <IconButton size="small" label={texts.restoreLevel} icon={<UndoOutlined aria-hidden="true" />} disabled={isFixed} onClick={() => edit((now) => restoreLevel(now, level))} /> : null}
          </>
        )}
        </span>
        <div className="quiet level-roles">{users.map((role) => label(role.label)).join(texts.comma)}</div>
      </th>
      {ROW_ACTIONS.map((action) => (
        <td key={action}>
          <Select
            size="small"
            variant="borderless"
            popupMatchSelectWidth={false}
            optionLabelProp="short"
            disabled={isFixed}
            value={scopeOf(says[action]) as string}
            aria-label={`${name} ${texts.actions[action]}`}
            className={scopeOf(says[action]) === 'none' ? 'quiet' : ''}
            options={scopes}
            onChange={(scope) => change({ [action]: scope === 'none' ? false : (scope as ScopeName) })}
          />
        </td>
      ))}
      {FLAGS.map((flag) => (
        <td key={flag} className="rights-flag">
          <Checkbox disabled={isFixed} checked={Boolean(says[flag])} aria-label={`${name} ${texts.actions[flag]}`} onChange={(event) => change({ [flag]: event.target.checked })} />
          {isLimited(flag) && says[flag] ? (
            <InputNumber
              size="small"
              min={1}
              precision={0}
              disabled={isFixed}
              value={typeof says[flag] === 'number' ? says[flag] : null}
              placeholder={texts.noLimit}
              aria-label={`${name} ${texts.actions[flag]} ${texts.rowLimit}`}
              className="level-limit"
              onChange={(rows) => change({ [flag]: rows ?? true })}
            />
          ) : null}
        </td>
      ))}
    </tr>
  );
}
