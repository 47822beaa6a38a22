/** Files belong to the record whose field holds them: who may read the cell may read the file. */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import { sql } from '../db/sql.ts';
import type { WriteSession } from './write-session.ts';

/** Ties newly named files to the record. A file is claimed once, by the one who uploaded it. */
export async function claimFiles(session: WriteSession, table: TableModel, id: string, values: Readonly<Record<string, Json>>): Promise<void> {
  for (const { name } of traitsOf(table).files) {
    const value = values[name];
    if (!Array.isArray(value)) continue;
    for (const file of value) {
      const claimed = await session.tx.run(sql`UPDATE relata_file SET table_name = ${table.name}, record_id = ${id}, field = ${name}
        WHERE id = ${String(file)} AND ((record_id IS NULL AND uploaded_by = ${session.actor.userId}) OR (table_name = ${table.name} AND record_id = ${id} AND field = ${name}))`);
      if (claimed === 0) {
        throw new AppError('validation_failed', { 'zh-CN': '有内容需要更正', en: 'Some values need correcting' }, [
          { path: `/${name}`, code: 'no_such_file', message: { 'zh-CN': '没有这个文件', en: 'There is no such file' } },
        ]);
      }
    }
  }
}
