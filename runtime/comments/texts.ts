/** Texts of comments, in both languages; they load with them. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

const zh = {
  placeholder: '写评论，输入 @ 提到同事', field: '评论', send: '发送', save: '保存', cancel: '取消', hint: '{{key}}+Enter 发送', edit: '修改', delete: '删除', more: '更多操作', nobody: '没有找到能查看此记录的同事',
  changed: '已修改', changedBy: '由 {{who}} 于 {{at}} 修改', someone: '某位同事', deleteTitle: '删除这条评论？', deleteText: '删除后无法恢复。', deleted: '评论已删除',
};
export type CommentTexts = typeof zh;
const en: CommentTexts = {
  placeholder: 'Write a comment, @ to mention', field: 'Comment', send: 'Send', save: 'Save', cancel: 'Cancel', hint: '{{key}}+Enter to send', edit: 'Edit', delete: 'Delete', more: 'More', nobody: 'No such colleague who may read this',
  changed: 'edited', changedBy: 'Edited by {{who}}, {{at}}', someone: 'a colleague', deleteTitle: 'Delete this comment?', deleteText: 'It cannot be brought back.', deleted: 'The comment was deleted',
};
const TEXTS: Readonly<Record<Locale, CommentTexts>> = { 'zh-CN': zh, en };

export function useCommentTexts(): CommentTexts {
  return TEXTS[useLocale()];
}
