/** `relata backup`, `relata verify`, `relata restore`. */
import { resolve } from 'node:path';
import { makeBackup } from '../backup/backups.ts';
import { manifestOf } from '../backup/load-backup.ts';
import { checkSeal } from '../backup/archive.ts';
import type { Manifest } from '../backup/manifest.ts';
import { type Place, refuseWithoutKeys, restoreBackup } from '../backup/restore-backup.ts';
import { verifyBackup } from '../backup/verify-backup.ts';
import { vaultOf } from '../vault/vault-of.ts';
import type { Workspace } from '../workspace.ts';
import { type Terminal, words } from './words.ts';

export async function backupCommand(workspace: Workspace, dir: string, terminal: Terminal): Promise<boolean> {
  const { name, rows, files, size } = await makeBackup(workspace, resolve(dir), { kind: 'manual', by: 'system' });
  const megabytes = (size / 1_048_576).toFixed(1);
  terminal.say(words(`✓ ${resolve(dir, name)}：${rows} 行、${files} 个文件，${megabytes} MB，已通过测试恢复`, `✓ ${resolve(dir, name)}: ${rows} rows, ${files} files, ${megabytes} MB, proved by a test restore`));
  return true;
}

export async function verifyCommand(file: string, terminal: Terminal): Promise<boolean> {
  tell(terminal, await verifyBackup(resolve(file)));
  terminal.say(words('✓ 已恢复到临时位置，行数、校验值和检查均无误', '✓ Restored to a scratch place: counts, checksums and checks are right'));
  return true;
}

export interface RestoreOptions {
  readonly yes: boolean;
  readonly withoutKeys: boolean;
}

export async function restoreCommand(place: Place, file: string, { yes, withoutKeys }: RestoreOptions, terminal: Terminal): Promise<boolean> {
  await checkSeal(resolve(file));
  const manifest = await manifestOf(resolve(file));
  tell(terminal, manifest);
  if (!withoutKeys) refuseWithoutKeys(manifest, vaultOf(place));
  const target = place.databaseUrl?.replace(/:[^:@/]*@/, ':…@') ?? place.dataDir;
  if (!yes) {
    terminal.say(words(`将用它替换 ${target} 中的全部数据；旧数据会保留在一旁。确认请加 --yes`, `It would take the place of all that is in ${target}; the old data would be kept aside. Add --yes to do it`));
    return false;
  }
  const { aside } = await restoreBackup({ place, file: resolve(file), now: new Date().toISOString(), withoutKeys });
  terminal.say(words('✓ 已恢复。所有人需要重新登录；发件箱中未发出的邮件和请求已暂停，请在设计 → 流程 → 发件箱中确认', '✓ Restored. Everybody signs in anew; mail and requests not yet sent are held: see Designer → Workflows → Outbox'));
  if (aside !== null) terminal.say(words(`原有数据保留在 ${aside}`, `What was there before is kept in ${aside}`));
  return true;
}

function tell(terminal: Terminal, { createdAt, database, tables, files, definitions }: Manifest): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  terminal.say(words(`备份时间 ${createdAt}，来自 ${database}，定义第 ${definitions} 版，${tables.length} 张表 ${rows} 行，${files.length} 个文件`, `Made ${createdAt} on ${database}, definitions ${definitions}, ${rows} rows in ${tables.length} tables, ${files.length} files`));
}
