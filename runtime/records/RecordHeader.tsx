import { DeleteOutlined, EditOutlined, EyeOutlined, FormOutlined, KeyOutlined, LinkOutlined, MergeCellsOutlined, MoreOutlined, PrinterOutlined, QuestionCircleOutlined, SafetyOutlined, ShareAltOutlined, SwapOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Typography } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import { HAND_OVER_LEVEL } from '#engine/permissions/levels.ts';
import { holds } from '#engine/rules/evaluate.ts';
import { printRecord } from '../api/exports.ts';
import { refreshLevelChanges } from '../api/level-changes.ts';
import { useFewRecords } from '../api/records.ts';
import { makeSignInLink } from '../api/session.ts';
import { viewAs } from '../api/sharing.ts';
import type { RecordAnswer } from '../api/types.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { MERGE_PARAM, recordPagePath } from '../app/paths.ts';
import { isAdministrator, isSystemOwner, useApp } from '../app/session.tsx';
import { RecordButtons } from '../automation/RecordButtons.tsx';
import { FieldCell } from '../fields/FieldCell.tsx';
import { mayMerge } from '../merging/may-merge.ts';
import { pathLabel, resolveFieldPath } from '../model/paths.ts';
import { ruleContext, toRuleData } from '../model/rule-data.ts';
import { mergeIncluded, titleOf } from '../model/titles.ts';
import { publicFormsAbout } from '../public-forms/public-forms.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { ModelIcon } from '../ui/ModelIcon.tsx';
import { useToast } from '../ui/toast.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { StagePath } from './StagePath.tsx';
import { useActions } from './use-actions.ts';
import { useDelete } from './use-delete.tsx';
import { useTellWarnings } from './use-tell-warnings.ts';

const ShareDialog = lazy(() => import('../sharing/index.ts').then((module) => ({ default: module.ShareDialog })));
const TransferDialog = lazy(() => import('../sharing/index.ts').then((module) => ({ default: module.TransferDialog })));
const WhyDialog = lazy(() => import('../sharing/index.ts').then((module) => ({ default: module.WhyDialog })));
const FormLinksDialog = lazy(() => import('../public-forms/FormLinksDialog.tsx').then((module) => ({ default: module.FormLinksDialog })));
const HandOverDialog = lazy(() => import('../sharing/index.ts').then((module) => ({ default: module.HandOverDialog })));
const FormDrawer = lazy(() => import('../forms/FormDrawer.tsx').then((module) => ({ default: module.FormDrawer })));

const LevelChanges = lazy(() => import('../account/LevelChanges.tsx').then((module) => ({ default: module.LevelChanges })));
const RecordMerge = lazy(() => import('../merging/index.ts').then((module) => ({ default: module.RecordMerge })));
const ResetFactorDialog = lazy(() => import('../account/ResetFactorDialog.tsx').then((module) => ({ default: module.ResetFactorDialog })));

interface RecordHeaderProps {
  readonly table: TableModel;
  readonly answer: RecordAnswer;
  readonly onDeleted: () => void;
}

/** Facts that stand in other records are read along a reference, which the record itself does not carry. */
function useFacts(table: TableModel, { data, included }: RecordAnswer) {
  const { model } = useApp();
  const paths = table.page.header ?? [];
  const distant = paths.filter((path) => path.includes('.'));
  const found = useFewRecords(table.name, { filter: { '==': [{ var: 'id' }, data.id] }, fields: distant, limit: 1 }, distant.length > 0);
  return {
    facts: paths.flatMap((path) => resolveFieldPath(model, table.name, path) ?? []),
    values: { ...found.data?.data[0], ...data },
    included: mergeIncluded(found.data?.included, included),
  };
}

export function RecordHeader({ table, answer, onDeleted }: RecordHeaderProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const toast = useToast();
  const errorText = useErrorText();
  const { modal } = App.useApp();
  const app = useApp();
  const [editing, setEditing] = useState(false);
  const [dialog, setDialog] = useState<'share' | 'transfer' | 'why' | 'form' | 'handOver' | 'merge' | null>(null);
  const twin = useSearchParams()[0].get(MERGE_PARAM);
  const [resetting, setResetting] = useState(false);
  const { actions: all, run } = useActions(table);
  const actions = all.filter((action) => holds(action.visible, toRuleData(table, answer.data), ruleContext(app)));
  const tellWarnings = useTellWarnings();
  const { deleteOne } = useDelete(table);
  const { facts, values, included } = useFacts(table, answer);
  const { access, data } = answer;
  const name = titleOf(table, data, answer.included) || t('field.noTitle');
  // Users are part of the product, whatever app runs on it.
  const isUser = table.builtIn === true && table.name === 'user';
  const mayInvite = isUser && isSystemOwner(app);
  const mayViewAs = isUser && isAdministrator(app) && data.id !== app.me.id;
  const mayHandOver = isUser && app.me.level >= HAND_OVER_LEVEL && data.id !== app.me.id;
  const forms = publicFormsAbout(app, table.name);
  const stage = table.page.stage ? table.fields[table.page.stage] : undefined;
  useHotkeys(access.update ? { e: () => setEditing(true) } : {}, { covered: false });

  const invite = async () => {
    try {
      const url = await makeSignInLink(data.id);
      modal.success({ title: t('record.signInLink'), content: <><p className="quiet">{t('record.signInLinkHint', { name })}</p><Typography.Paragraph copyable className="sign-in-url">{new URL(url, window.location.origin).href}</Typography.Paragraph></> });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    }
  };

  const lookThrough = async () => {
    try {
      await viewAs(data.id);
      // Everything that was read belongs to one's own view.
      window.location.assign('/');
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    }
  };

  const items = [
    ...(access.share ? [{ key: 'share', icon: <ShareAltOutlined aria-hidden="true" />, label: t('action.share'), onClick: () => setDialog('share') }] : []),
    ...(access.transfer ? [{ key: 'transfer', icon: <SwapOutlined aria-hidden="true" />, label: t('action.transfer'), onClick: () => setDialog('transfer') }] : []),
    ...(mayMerge(table, access) ? [{ key: 'merge', icon: <MergeCellsOutlined aria-hidden="true" />, label: t('action.mergeWith'), onClick: () => setDialog('merge') }] : []),
    ...(forms.length > 0 ? [{ key: 'form', icon: <FormOutlined aria-hidden="true" />, label: t('action.publicForm'), onClick: () => setDialog('form') }] : []),
    ...(mayHandOver ? [{ key: 'handOver', icon: <SwapOutlined aria-hidden="true" />, label: t('action.handOver'), onClick: () => setDialog('handOver') }] : []),
    ...(mayViewAs ? [{ key: 'viewAs', icon: <EyeOutlined aria-hidden="true" />, label: t('record.viewAs'), onClick: () => void lookThrough() }] : []),
    ...(table.builtIn ? [] : [{ key: 'why', icon: <QuestionCircleOutlined aria-hidden="true" />, label: t('record.why'), onClick: () => setDialog('why') }]),
    ...(mayInvite ? [{ key: 'reset-factor', icon: <SafetyOutlined aria-hidden="true" />, label: t('action.resetFactor'), onClick: () => setResetting(true) }] : []),
    ...(mayInvite ? [{ key: 'invite', icon: <KeyOutlined aria-hidden="true" />, label: t('record.signInLink'), onClick: () => void invite() }] : []),
    {
      key: 'link',
      icon: <LinkOutlined aria-hidden="true" />,
      label: t('record.copyLink'),
      onClick: () => void navigator.clipboard.writeText(`${window.location.origin}${recordPagePath(table.name, data.id)}`).then(() => toast({ text: t('action.copied') })),
    },
    {
      key: 'print',
      icon: <PrinterOutlined aria-hidden="true" />,
      label: t('action.print'),
      onClick: () => void printRecord(table.name, data.id).catch((error: unknown) => toast({ kind: 'error', text: errorText(error) })),
    },
    ...(access.delete ? [{ key: 'delete', icon: <DeleteOutlined aria-hidden="true" />, danger: true, label: t('action.delete'), onClick: () => deleteOne(data.id, name, onDeleted) }] : []),
  ];

  return (
    <div className="record-head">
      {isUser && isAdministrator(app) ? <Suspense fallback={null}><LevelChanges user={data.id} /></Suspense> : null}
      <div className="record-title">
        <Avatar name={name} size={40} square />
        <h1>{name}</h1>
        <div className="record-tools">
          {access.update ? (
            <Button icon={<EditOutlined aria-hidden="true" />} onClick={() => setEditing(true)}>
              {t('action.edit')}
            </Button>
          ) : null}
          <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
            <IconButton label={t('action.more')} icon={<MoreOutlined aria-hidden="true" />} />
          </Dropdown>
        </div>
      </div>
      <div className="record-actions">
        {actions.map((action, index) => (
          <Button key={action.name} type={index === 0 ? 'primary' : 'default'} icon={<ModelIcon name={action.icon} label={label(action.label)} />} onClick={() => void run(action, data.id)}>
            {label(action.label)}
          </Button>
        ))}
        <RecordButtons table={table.name} id={data.id} />
      </div>
      {stage && access.fields[stage.name] ? <StagePath table={table} field={stage} answer={answer} /> : null}
      {facts.length > 0 ? (
        <dl className="key-facts" aria-label={t('record.keyFacts')}>
          {facts.map((fact) => (
            <div key={fact.path}>
              <dt>{pathLabel(fact, locale)}</dt>
              <dd>
                <FieldCell field={fact.field} value={values[fact.path]} record={values} included={included} masked={access.fields[fact.path] === 'masked'} empty="–" />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <Suspense fallback={null}>
        {dialog === 'share' ? <ShareDialog table={table} ids={[data.id]} name={name} onClose={() => setDialog(null)} /> : null}
        {dialog === 'transfer' ? <TransferDialog table={table} ids={[data.id]} name={name} onClose={() => setDialog(null)} onDone={() => undefined} /> : null}
        {dialog === 'handOver' ? <HandOverDialog user={data.id} name={name} active={data.active !== false} onClose={() => setDialog(null)} /> : null}
        {dialog === 'form' ? <FormLinksDialog forms={forms} about={{ record: data.id, name }} onClose={() => setDialog(null)} /> : null}
        {mayMerge(table, access) && (dialog === 'merge' || twin !== null) ? <RecordMerge table={table} answer={answer} twin={twin} onClose={() => setDialog(null)} /> : null}
        {dialog === 'why' ? <WhyDialog table={table.name} id={data.id} onClose={() => setDialog(null)} /> : null}
      </Suspense>
      {resetting ? (
        <Suspense fallback={null}>
          <ResetFactorDialog userId={data.id} name={name} onClose={() => setResetting(false)} />
        </Suspense>
      ) : null}
      {editing ? (
        <Suspense fallback={null}>
          <FormDrawer
            title={t('form.edit', { table: label(table.label) })}
            table={table}
            record={data}
            included={answer.included}
            rights={access.fields}
            onSaved={(saved) => {
              setEditing(false);
              if (!tellWarnings(saved)) toast({ text: t('form.saved') });
              if (isUser) void refreshLevelChanges();
            }}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
