/** `relata reseal`: after a new key was put before the old one in RELATA_ENCRYPTION_KEY. */
import { reseal } from '../vault/reseal.ts';
import type { Workspace } from '../workspace.ts';
import { type Terminal, words } from './words.ts';

export async function resealCommand(workspace: Workspace, forget: boolean, terminal: Terminal): Promise<boolean> {
  const { key, sealed, unreadable, others } = await reseal(workspace, { by: 'system', forget });
  terminal.say(words(`✓ ${sealed} 个值用密钥 ${key} 重新加密`, `✓ ${sealed} values are encrypted anew with the key ${key}`));
  if (unreadable > 0) terminal.say(words(`✗ ${unreadable} 个值没有密钥能解开，保持原样`, `✗ ${unreadable} values open with no key at hand, and stay as they are`));
  if (unreadable === 0 || forget) terminal.say(words('旧密钥已不再需要；以前的备份仍需要它', 'The old key is needed no more, except by older backups'));
  else terminal.say(words(`仍需要密钥 ${others.join('、')}；确实丢失时加 --forget`, `The key ${others.join(', ')} is still asked for; add --forget if it is lost`));
  return unreadable === 0;
}
