/** Notices as mail: plain text, in the recipient's language, so that nothing in them can be more than text. */
import type { Locale } from '#engine/errors.ts';
import type { RecordRef } from '#engine/workflows/node-type.ts';
import type { OutgoingEmail } from '../outbox/queue.ts';

const LONGEST_SUBJECT = 200;
const INBOX = '/inbox';

const WORDS = {
  'zh-CN': { decide: '请在消息中处理这项审批。', footer: '您可以在“个人设置”中调整通知、免打扰时段和每日汇总。', digest: (count: number) => `今日消息：${count} 条`, late: '（迟到）', more: (count: number) => `……另有 ${count} 条` },
  en: { decide: 'Please decide in your inbox.', footer: 'Notices, quiet hours and the daily digest are set in your profile.', digest: (count: number) => `Your messages: ${count}`, late: ' (late)', more: (count: number) => `… and ${count} more` },
} as const;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_SUBJECT);

export interface MailedNotice {
  readonly title: string;
  readonly body: string | null;
  readonly to: string;
  readonly locale: Locale;
  readonly record: RecordRef | null;
  readonly isApproval: boolean;
}

export function noticeMail({ title, body, to, locale, record, isApproval }: MailedNotice): OutgoingEmail {
  const words = WORDS[locale];
  const text = [body ?? title, ...(isApproval ? [words.decide] : []), words.footer].join('\n\n');
  const link = isApproval || record === null ? INBOX : `/tables/${record.table}/records/${record.id}`;
  return { to, subject: oneLine(title), text, link, locale };
}

export interface DigestLine {
  readonly title: string;
  readonly body: string | null;
  readonly late: boolean;
}

const MOST_LINES = 50;

export function digestMail({ to, locale, lines }: { readonly to: string; readonly locale: Locale; readonly lines: readonly DigestLine[] }): OutgoingEmail {
  const words = WORDS[locale];
  const shown = lines.slice(0, MOST_LINES).map(({ title, body, late }) => `· ${oneLine(title)}${late ? words.late : ''}${body === null ? '' : `\n  ${oneLine(body)}`}`);
  const rest = lines.length > MOST_LINES ? [words.more(lines.length - MOST_LINES)] : [];
  return { to, subject: words.digest(lines.length), text: [...shown, ...rest, '', words.footer].join('\n'), link: INBOX, locale };
}
