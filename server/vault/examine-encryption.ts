/** The doctor on what is encrypted: the keys are there, and every value opens in its place. */
import type { Label } from '#engine/errors.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Database } from '../db/database.ts';
import type { Finding } from '../definitions/doctor.ts';
import { liveDefinitions } from '../definitions/store.ts';
import { tableExists } from '../db/apply-schema.ts';
import { expectKeys } from './key-note.ts';
import { sealedCells, sealedColumns } from './reseal.ts';
import { placeOf } from './sealed-values.ts';
import { keyMissing } from './vault.ts';

const finding = (kind: Finding['kind'], label: Label): Finding => ({ check: 'encryption', kind, label });

export async function examineEncryption(database: Database): Promise<Finding[]> {
  const live = (await tableExists(database, 'relata_definitions')) ? await liveDefinitions(database) : undefined;
  const { model } = live ? buildModel(live.definitions) : { model: null };
  if (!model) return [];
  await expectKeys(database, model);
  const { vault } = database;
  const columns = await sealedColumns(database, model.tables);
  if (columns.length === 0) return [];
  if (vault.missing.length > 0) return [finding('problem', keyMissing(vault.missing).detail)];
  const findings: Finding[] = [];
  let values = 0;
  for (const column of columns) {
    const { table, name } = column.field;
    let wrong = 0;
    for await (const { id, text } of sealedCells(database, column)) {
      if (vault.open(text, placeOf(table, name, id)) === null) wrong += 1;
      values += 1;
    }
    if (wrong > 0) findings.push(finding('problem', { 'zh-CN': `“${table}.${name}”有 ${wrong} 个值无法解密：内容被改动、移自别的记录，或不是密文`, en: `${wrong} value(s) of "${table}.${name}" cannot be decrypted: changed, moved from another record, or never encrypted` }));
  }
  if (findings.length === 0) findings.push(finding('fine', { 'zh-CN': `${values} 个加密的值都能解密`, en: `All ${values} encrypted values can be decrypted` }));
  return findings;
}
