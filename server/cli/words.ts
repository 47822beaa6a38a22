/** What the commands say, in the language of the terminal. */
import type { Issue, Label, Locale } from '#engine/errors.ts';

export interface Terminal {
  readonly locale: Locale;
  /** One line. */
  say(text: Label): void;
}

export const words = (zh: string, en: string): Label => ({ 'zh-CN': zh, en });

/** `LANG=zh_CN.UTF-8`; LC_ALL and LC_MESSAGES go before it, as everywhere. */
export function localeOfTerminal(env: NodeJS.ProcessEnv): Locale {
  return /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh-CN' : 'en';
}

export function sayIssues(terminal: Terminal, issues: readonly Issue[]): void {
  for (const { path, message } of issues) terminal.say(words(`  ${path}：${message['zh-CN']}`, `  ${path}: ${message.en}`));
}
