/** Texts of public forms, in both languages; they load with them. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

const zh = {
  title: '公开表单', about: '发给“{{name}}”的表单', hint: '拿到链接的人无需登录即可填写一条“{{table}}”，看不到系统里的任何内容。提交的记录归您负责。', form: '表单', days: '有效期', forDays: '{{n}} 天', once: '只能提交一次', make: '生成链接',
  made: '链接已生成，只显示这一次', copy: '复制链接', copied: '已复制', scan: '或让对方扫描二维码', another: '再生成一个', present: '有效的链接', none: '还没有有效的链接', until: '至 {{date}}', used: '已提交 {{n}} 次', onceOnly: '仅一次', end: '收回', ended: '链接已收回，不能再填写',
  send: '提交', sent: '已提交，谢谢！', again: '再填一份', failed: '没有提交', lost: '打不开这份表单', by: '由 {{app}} 提供',
};
export type PublicFormTexts = typeof zh;
const en: PublicFormTexts = {
  title: 'Public form', about: 'A form for “{{name}}”', hint: 'Whoever has the link fills in one “{{table}}” without signing in and sees nothing of what is kept here. What comes in is yours.', form: 'Form', days: 'Good for', forDays: '{{n}} days', once: 'Can be sent once only', make: 'Make a link',
  made: 'Here is the link; it is shown this once', copy: 'Copy the link', copied: 'Copied', scan: 'or let them scan the code', another: 'Make another', present: 'Links that are good', none: 'No links yet', until: 'until {{date}}', used: 'answered {{n}} times', onceOnly: 'once', end: 'Take back', ended: 'The link was taken back',
  send: 'Send', sent: 'Sent. Thank you!', again: 'Fill in another', failed: 'Not sent', lost: 'This form cannot be opened', by: 'Provided by {{app}}',
};
const TEXTS: Readonly<Record<Locale, PublicFormTexts>> = { 'zh-CN': zh, en };

export function usePublicFormTexts(): PublicFormTexts {
  return TEXTS[useLocale()];
}
