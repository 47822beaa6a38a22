/** A comment in the timeline, and for who may, the ways to change it and to take it back. */
import { MessageOutlined, MoreOutlined } from '@ant-design/icons';
import { App, Dropdown, Tooltip } from 'antd';
import { useMemo, useState } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Comment } from '#engine/records/comment.ts';
import { mentionedIn } from '#engine/records/mentions.ts';
import { changeComment, deleteComment, refreshComments } from '../api/comments.ts';
import { isProblem } from '../api/problem.ts';
import type { Included } from '../api/types.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment, formatTime } from '../fields/format.ts';
import { includedTitle } from '../model/titles.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Markdown } from '../ui/Markdown.tsx';
import { useToast } from '../ui/toast.tsx';
import { CommentInput, type Draft } from './CommentInput.tsx';
import { mentionPlugin } from './mention-plugin.ts';
import { toTyped } from './mention-text.ts';
import { useCommentTexts } from './texts.ts';

interface CommentItemProps {
  readonly table: TableModel;
  readonly record: string;
  readonly comment: Comment;
  readonly included: Included;
}

export function CommentItem({ table, record, comment, included }: CommentItemProps) {
  const texts = useCommentTexts();
  const locale = useLocale();
  const { model, user } = useApp();
  const { timeZone } = model.settings;
  const toast = useToast();
  const errorText = useErrorText();
  const { modal } = App.useApp();
  const [draft, setDraft] = useState<Draft | null>(null);
  const nameOf = (id: string): string => includedTitle(included, 'user', id) ?? texts.someone;
  const plugins = useMemo(() => [mentionPlugin(nameOf)], [included, texts]);
  const by = nameOf(comment.by);

  const edit = () => {
    const people = mentionedIn(comment.body).map((id) => ({ id, name: nameOf(id) }));
    setDraft({ text: toTyped(comment.body, people), people });
  };
  const save = async (body: string) => {
    try {
      await changeComment(comment, body);
      setDraft(null);
    } catch (error) {
      // Saved again, it takes the place of what the other one wrote.
      if (isProblem(error, 409)) await refreshComments(table.name, record);
      throw error;
    }
    await refreshComments(table.name, record);
  };
  const remove = () =>
    modal.confirm({
      title: texts.deleteTitle,
      content: texts.deleteText,
      okText: texts.delete,
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await deleteComment(comment);
          toast({ text: texts.deleted });
        } catch (error) {
          toast({ kind: 'error', text: errorText(error) });
        }
        await refreshComments(table.name, record);
      },
    });
  const actions = user.viewedBy
    ? []
    : [...(comment.access.update ? [{ key: 'edit', label: texts.edit, onClick: edit }] : []), ...(comment.access.delete ? [{ key: 'delete', label: texts.delete, danger: true, onClick: remove }] : [])];

  return (
    <article className="timeline-item timeline-record">
      <span className="timeline-icon">
        <MessageOutlined aria-hidden="true" />
      </span>
      <div className="timeline-body">
        <header>
          <span className="timeline-who comment-who">
            <Avatar name={by} size={20} /> {by}
          </span>
          {comment.changedAt !== null ? (
            <Tooltip title={texts.changedBy.replace('{{who}}', nameOf(comment.changedBy ?? '')).replace('{{at}}', formatMoment(comment.changedAt, locale, timeZone))}>
              <span className="quiet comment-hint">{texts.changed}</span>
            </Tooltip>
          ) : null}
          <time className="quiet tabular" dateTime={comment.at}>
            {formatTime(comment.at, locale, timeZone)}
          </time>
          {actions.length > 0 && !draft ? (
            <Dropdown trigger={['click']} menu={{ items: actions }} placement="bottomRight">
              <IconButton size="small" label={texts.more} icon={<MoreOutlined aria-hidden="true" />} />
            </Dropdown>
          ) : null}
        </header>
        {draft ? (
          <CommentInput place={{ table: table.name, id: record }} draft={draft} onDraft={(change) => setDraft((now) => now && change(now))} onSend={save} onCancel={() => setDraft(null)} />
        ) : (
          <div className="comment-text">
            <Markdown text={comment.body} plugins={plugins} />
          </div>
        )}
      </div>
    </article>
  );
}
