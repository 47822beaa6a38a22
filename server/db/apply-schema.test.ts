import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { levelApp } from '../testing/level-app.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { applySystemTables, existingSchema } from './apply-schema.ts';
import { raw } from './sql.ts';

describe.each(DATABASES)('the tables of the server itself on %s', (database) => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: levelApp });
  });
  afterAll(() => workspace.close());

  const indexesOf = async (table: string): Promise<string[]> => [...((await existingSchema(workspace.database)).get(table)?.indexes ?? [])].sort();

  it('of an older version get the indexes of this one, and lose those it no longer has', async () => {
    const current = await indexesOf('relata_share');
    await workspace.database.transaction(async (tx) => {
      await tx.run(raw('DROP INDEX ix_relata_share_reads'));
      await tx.run(raw('CREATE INDEX ix_relata_share_grantee ON relata_share (grantee, table_name, reach, record_id)'));
    });
    expect(await indexesOf('relata_share')).not.toEqual(current);
    await workspace.database.transaction((tx) => applySystemTables(tx));
    expect(await indexesOf('relata_share')).toEqual(current);
  });
});
