/** Definitions as one file: a zip of `app.json` and `tables/*.json`, the same bytes for the same definitions; read back with limits. */
import { strToU8, unzipSync, zipSync } from 'fflate';
import { definitionFiles, readDefinitionFiles } from '#engine/changes/print-definitions.ts';
import { withPart } from '#engine/changes/part-of.ts';
import { AppError, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { loadRegions } from '#engine/fields/region-data.ts';
import { buildModel } from '#engine/model/build-model.ts';
import { appShapeIssues, tableShapeIssues } from '#engine/model/check-shape.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { checkArchive, damaged } from '../import/check-archive.ts';
import { storable } from '../records/storable.ts';

export const MOST_ARCHIVE_BYTES = 5 * 1_048_576;
const LIMITS = { entries: 2000, unpacked: 20 * 1_048_576 };

/** Zip dates are local, without a zone: this one is written alike everywhere. */
const DATE = new Date(1980, 0, 1);

export function packDefinitions(definitions: Definitions): Uint8Array {
  const files = Object.entries(definitionFiles(definitions)).map(([path, text]) => [path, strToU8(text)] as const);
  return zipSync(Object.fromEntries(files), { mtime: DATE, level: 9 });
}

export interface ImportedDefinitions {
  readonly definitions: Definitions;
  /** What must be mended in the draft before it can be published. */
  readonly issues: readonly Issue[];
}

/**
 * `replace`: the file is the whole app; `merge`: its tables stand as they come, and the rest of the live app stays.
 * Throws `invalid_definition` for what no designer could show: files that cannot be read, things of the wrong shape.
 */
export async function importDefinitions(bytes: Buffer, live: Definitions, mode: 'replace' | 'merge'): Promise<ImportedDefinitions> {
  const read = /^[\s\ufeff]*\{/.test(bytes.toString('utf8', 0, 64)) ? readBundle(bytes) : readDefinitionFiles(await unpack(bytes, mode === 'merge' ? live : null));
  const sent = storable(read as unknown as Json) as unknown as Definitions;
  const shape = [...appShapeIssues(sent.app), ...sent.tables.flatMap((table, i) => tableShapeIssues(table, `/tables/${String(table.name ?? i)}`))];
  if (shape.length > 0) throw new AppError('invalid_definition', { 'zh-CN': '文件中的定义有误', en: 'The definitions in the file have problems' }, shape.slice(0, 100));
  const definitions = mode === 'merge' ? withPart(live, sent) : sent;
  await loadRegions();
  return { definitions, issues: buildModel(definitions).issues };
}

/** `{ app, tables }` in one JSON file, as `GET /definitions` answers it. */
function readBundle(bytes: Buffer): Definitions {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw new AppError('invalid_definition', { 'zh-CN': `不是有效的 JSON：${(error as Error).message}`, en: `Not valid JSON: ${(error as Error).message}` });
  }
  const whole = value as { definitions?: unknown };
  const { app, tables, workflows = [], dashboards = [] } = (isThing(whole.definitions) ? whole.definitions : whole) as { app?: unknown; tables?: unknown; workflows?: unknown; dashboards?: unknown };
  if (!isThing(app) || !Array.isArray(tables) || !tables.every(isThing) || !Array.isArray(workflows) || !workflows.every(isThing) || !Array.isArray(dashboards) || !dashboards.every(isThing)) throw new AppError('invalid_definition', { 'zh-CN': 'JSON 文件中应有 app 和 tables', en: 'The JSON file should hold `app` and `tables`' });
  return { app: plain(app), tables: tables.map(plain), ...(workflows.length > 0 && { workflows: workflows.map(plain) }), ...(dashboards.length > 0 && { dashboards: dashboards.map(plain) }) } as unknown as Definitions;
}

const isThing = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
const plain = ({ $schema: _, ...definition }: Record<string, unknown>): Record<string, unknown> => definition;

/** Texts by path. An archive may hold its files in a folder; a part without `app.json` is read with that of `host`. */
async function unpack(bytes: Buffer, host: Definitions | null): Promise<Record<string, string>> {
  if (bytes.length < 22) throw damaged();
  const names = await checkArchive(bytes, LIMITS);
  if (names.some((name) => /(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[a-z]:/i.test(name))) throw new AppError('unsupported_media', { 'zh-CN': '压缩包中有越界的路径', en: 'The archive holds paths that lead out of it' });
  const folder = folderOf(names);
  const wanted = new Set(names.filter((name) => name === `${folder}app.json` || ((name.startsWith(`${folder}tables/`) || name.startsWith(`${folder}workflows/`) || name.startsWith(`${folder}dashboards/`)) && name.endsWith('.json'))));
  if (wanted.size === 0) throw new AppError('invalid_definition', { 'zh-CN': '压缩包中没有 app.json 或 tables/*.json', en: 'The archive holds neither app.json nor tables/*.json' });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const files = Object.entries(unzipSync(bytes, { filter: ({ name }) => wanted.has(name) })).map(([name, content]) => [name.slice(folder.length), decoder.decode(content)] as const);
    return { ...(host && { 'app.json': definitionFiles({ ...host, tables: [] })['app.json'] }), ...Object.fromEntries(files) };
  } catch {
    throw damaged();
  }
}

function folderOf(names: readonly string[]): string {
  const inside = names.flatMap((name) => /^((?:[^/]+\/)*)(?:app\.json|tables\/[^/]+\.json)$/.exec(name)?.[1] ?? []).filter((folder) => !folder.startsWith('__MACOSX/'));
  return inside.sort((a, b) => a.length - b.length)[0] ?? '';
}
