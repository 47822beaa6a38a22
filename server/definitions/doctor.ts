/**
 * Looks whether a database is as its definitions say: they build, the physical schema is whole, everything else in it is accounted
 * for, files of SQLite are sound, search finds every record, the audit chain is unbroken. Repairs only what can be made anew from
 * the rest. Needs no open workspace: opening one would repair before anybody has looked.
 */
import type { Label } from '#engine/errors.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { buildModel, requireModel } from '#engine/model/build-model.ts';
import { databaseSchema } from '#engine/schema/database-schema.ts';
import { diffSchema, type SchemaChange } from '#engine/schema/diff-schema.ts';
import { applySchema, existingSchema, tableExists } from '../db/apply-schema.ts';
import type { Database, Queryable, Transaction } from '../db/database.ts';
import { createSearchIndex, rebuildSearchIndex } from '../db/search-index.ts';
import { raw } from '../db/sql.ts';
import { verifyAudit } from '../records/verify-audit.ts';
import { searchGaps } from './search-gaps.ts';
import { liveDefinitions } from './store.ts';
import { type StrayPart, strayParts } from './stray-parts.ts';

export interface Finding {
  readonly check: 'definitions' | 'schema' | 'stray' | 'file' | 'references' | 'search' | 'audit' | 'encryption';
  /** `note` needs no hand: a column that waits in the trash. */
  readonly kind: 'fine' | 'note' | 'problem' | 'repaired';
  readonly label: Label;
}

const words = (zh: string, en: string): Label => ({ 'zh-CN': zh, en });

export async function examine(database: Database, repair: boolean): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = (check: Finding['check'], kind: Finding['kind'], label: Label): void => void findings.push({ check, kind, label });
  await examineFile(database, add);
  const model = await examineDefinitions(database, add);
  if (model) {
    await examineSchema(database, model, repair, add);
    await examineSearch(database, model, repair, add);
  }
  if (await tableExists(database, 'relata_audit')) {
    const { rows, broken } = await verifyAudit(database);
    if (broken === null) add('audit', 'fine', words(`审计链完整，共 ${rows} 行`, `The audit chain is whole: ${rows} rows`));
    else add('audit', 'problem', words(`审计链在第 ${broken} 行断开：该行或其前一行被改动、删除或插入`, `The audit chain breaks at row ${broken}: it or the one before was changed, removed or put in`));
  }
  return findings;
}

type Add = (check: Finding['check'], kind: Finding['kind'], label: Label) => void;

async function examineFile(db: Queryable, add: Add): Promise<void> {
  if (db.dialect.name !== 'sqlite') return;
  const faults = (await db.all<{ integrity_check: string }>(raw('PRAGMA integrity_check'))).map((row) => row.integrity_check).filter((text) => text !== 'ok');
  if (faults.length === 0) add('file', 'fine', words('数据库文件完好', 'The database file is sound'));
  for (const fault of faults) add('file', 'problem', words(`数据库文件损坏：${fault}`, `The database file is damaged: ${fault}`));
  const dangling = await db.all<{ table: string; rowid: number; parent: string }>(raw('PRAGMA foreign_key_check'));
  if (dangling.length === 0) add('references', 'fine', words('没有悬空的引用', 'No reference dangles'));
  for (const { table, rowid, parent } of dangling) add('references', 'problem', words(`“${table}”第 ${rowid} 行引用的“${parent}”记录不存在`, `Row ${rowid} of "${table}" points at a record of "${parent}" that is not there`));
}

async function examineDefinitions(db: Queryable, add: Add): Promise<AppModel | null> {
  const live = (await tableExists(db, 'relata_definitions')) ? await liveDefinitions(db) : undefined;
  if (!live) {
    add('definitions', 'problem', words('数据库中没有定义：这不是 Relata 的工作区，或尚未启动过', 'The database holds no definitions: it is no workspace of Relata, or was never started'));
    return null;
  }
  const { model, issues } = buildModel(live.definitions);
  if (model) add('definitions', 'fine', words(`第 ${live.version} 版定义有效，共 ${live.definitions.tables.length} 张表`, `The definitions of version ${live.version} are valid: ${live.definitions.tables.length} tables`));
  for (const { path, message } of issues) add('definitions', 'problem', words(`定义有误 ${path}：${message['zh-CN']}`, `Invalid definitions at ${path}: ${message.en}`));
  return model;
}

async function examineSchema(database: Database, model: AppModel, repair: boolean, add: Add): Promise<void> {
  const want = databaseSchema(model);
  const missing = diffSchema(await existingSchema(database), want);
  if (missing.length === 0) add('schema', 'fine', words('表、列和索引齐全', 'Tables, columns and indexes are as they should be'));
  if (missing.length > 0 && repair) await database.transaction((tx) => repairSchema(tx));
  for (const change of missing) add('schema', repair ? 'repaired' : 'problem', describeChange(change, repair));
  for (const part of await strayParts(database, want)) add('stray', part.isKnown ? 'note' : 'problem', describeStray(part));
}

/** By what is live under the write lock: somebody may have published since the database was looked at. */
async function repairSchema(tx: Transaction): Promise<void> {
  const live = await liveDefinitions(tx);
  if (live) await applySchema(tx, databaseSchema(requireModel(live.definitions)));
}

function describeChange(change: SchemaChange, isDone: boolean): Label {
  const label = whatIsWrong(change);
  return isDone ? words(`${label['zh-CN']}：已修复`, `${label.en}: repaired`) : label;
}

function whatIsWrong(change: SchemaChange): Label {
  switch (change.type) {
    case 'createTable': return words(`缺少表“${change.table.name}”`, `The table "${change.table.name}" is missing`);
    case 'addColumn': return words(`“${change.table}”缺少列“${change.column.name}”`, `"${change.table}" lacks the column "${change.column.name}"`);
    case 'createIndex': return words(`“${change.table}”缺少索引“${change.index.name}”`, `"${change.table}" lacks the index "${change.index.name}"`);
    case 'dropIndex': return words(`“${change.table}”有多余的索引“${change.name}”`, `"${change.table}" has an index too many, "${change.name}"`);
  }
}

function describeStray({ name, column, trashed }: StrayPart): Label {
  const place = column === undefined ? words(`表“${name}”`, `The table "${name}"`) : words(`“${name}”的列“${column}”`, `The column "${column}" of "${name}"`);
  return trashed
    ? words(`${place['zh-CN']}是回收站里的“${trashed.label['zh-CN']}”（第 ${trashed.version} 版移入，${trashed.filled} 个值）`, `${place.en} is "${trashed.label.en}" in the trash since version ${trashed.version}, with ${trashed.filled} values`)
    : words(`${place['zh-CN']}不属于任何定义，也不在回收站里`, `${place.en} belongs to no definition and is not in the trash`);
}

async function examineSearch(database: Database, model: AppModel, repair: boolean, add: Add): Promise<void> {
  let problems = 0;
  for (const table of Object.values(model.tables)) {
    const gaps = await searchGaps(database, table);
    if (gaps !== null && gaps.missing + gaps.stale === 0) continue;
    problems += 1;
    if (repair) {
      await database.transaction(async (tx) => {
        if (gaps === null) await createSearchIndex(tx, table.name);
        await rebuildSearchIndex(tx, table);
      });
    }
    const told = gaps === null ? words(`“${table.name}”没有全文索引`, `"${table.name}" has no search index`) : words(`“${table.name}”的全文索引缺 ${gaps.missing} 条，多 ${gaps.stale} 条`, `The search index of "${table.name}" lacks ${gaps.missing} records and has ${gaps.stale} too many`);
    add('search', repair ? 'repaired' : 'problem', repair ? words(`${told['zh-CN']}：已重建`, `${told.en}: rebuilt`) : told);
  }
  if (problems === 0) add('search', 'fine', words('全文索引与记录一致', 'The search index holds every record'));
}
