/** Mail leaves by SMTP. The outside of the server: tests bring a mailer of their own. */
import { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import type { Label } from '#engine/errors.ts';

export interface MailMessage {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** `later`: it may pass. `refused`: the server will not take this message, however often it is asked. */
export type MailOutcome = { readonly kind: 'sent' } | { readonly kind: 'later' | 'refused'; readonly problem: Label };

export interface Mailer {
  send(message: MailMessage): Promise<MailOutcome>;
}

const CONNECT_MS = 8_000;
/** All in all, below the lease of a delivery. */
const TOTAL_MS = 20_000;
const ADDRESS = /^[^\s<>,;:"@]{1,64}@[^\s<>,;:"@]{1,190}$/;

export function isMailAddress(text: string): boolean {
  return ADDRESS.test(text);
}

export function createSmtpMailer({ url, from }: { readonly url: string; readonly from: string }): Mailer {
  const transport = nodemailer.createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: CONNECT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.replace(/>.*$/, '').split('@').at(-1) ?? 'relata';
  return {
    async send({ id, to, subject, text }) {
      if (!isMailAddress(to)) return { kind: 'refused', problem: { 'zh-CN': `“${to}”不是邮箱地址`, en: `"${to}" is not an e-mail address` } };
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<never>((_done, fail) => {
        timer = setTimeout(() => fail(new Error('timeout')), TOTAL_MS);
      });
      // Read only when the server has asked for it: what ends the connection after that may have come too late to stop the message.
      let isOnItsWay = false;
      const content = Readable.from(
        (function* () {
          isOnItsWay = true;
          yield Buffer.from(text);
        })(),
      );
      try {
        await Promise.race([transport.sendMail({ from, to: { name: '', address: to }, subject, text: content, messageId: `<${id}@${domain}>`, headers: { 'Auto-Submitted': 'auto-generated' } }), tooLong]);
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(error, isOnItsWay);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function outcomeOf(error: unknown, isOnItsWay: boolean): MailOutcome {
  const { responseCode, response, code, message } = error as { responseCode?: number; response?: string; code?: string; message?: string };
  const words = (response ?? code ?? message ?? '').slice(0, 300);
  // Signing in is wrong for all mail, not for this message: it is mended in the settings and tried again.
  if (responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH') return { kind: 'refused', problem: { 'zh-CN': `邮件服务器拒收：${words}`, en: `The mail server refused it: ${words}` } };
  if (responseCode === undefined && isOnItsWay) {
    return { kind: 'later', problem: { 'zh-CN': `连接在邮件服务器确认之前中断，邮件可能已送达（${words}）`, en: `The connection ended before the mail server confirmed; it may have arrived (${words})` } };
  }
  return { kind: 'later', problem: { 'zh-CN': `邮件服务器暂时不可用：${words}`, en: `The mail server is not available: ${words}` } };
}
