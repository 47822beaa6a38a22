/** What a backup says about itself; the last part before its seal. */
import Type, { type Static } from 'typebox';
import { shapeIssues } from '#engine/model/check-shape.ts';
import { changed, damaged } from './archive.ts';

/** Raised when an older program could not read what a newer one writes. */
export const BACKUP_FORMAT = 1;
export const MANIFEST = 'manifest.json';

const Count = Type.Integer({ minimum: 0 });
/** As it is put into SQL: nothing but what our own names are made of. */
const Name = Type.String({ pattern: '^_?[a-z][a-z0-9_]{0,62}$' });
const strict = { additionalProperties: false } as const;

const ManifestSchema = Type.Object(
  {
    format: Type.Literal(BACKUP_FORMAT),
    app: Type.String(),
    appVersion: Type.String(),
    definitions: Count,
    createdAt: Type.String(),
    database: Type.Union([Type.Literal('sqlite'), Type.Literal('postgres')]),
    tables: Type.Array(
      Type.Object(
        {
          name: Name,
          rows: Count,
          parts: Count,
          columns: Type.Array(Type.Object({ name: Name, type: Type.Union([Type.Literal('text'), Type.Literal('integer'), Type.Literal('bigint'), Type.Literal('real'), Type.Literal('json')]) }, strict), { minItems: 1 }),
          /** Of the rows in whatever order; see `digest-rows.ts`. */
          digest: Type.String({ pattern: '^[0-9a-f]{32}$' }),
        },
        strict,
      ),
    ),
    files: Type.Array(Type.Object({ name: Type.String({ pattern: '^[0-9a-f]{32}$' }), size: Count, sha256: Type.String() }, strict)),
    /** Uploads whose bytes were gone already when it was made. */
    missingFiles: Count,
    /** Ids of the keys that what is encrypted in it was sealed with; the keys themselves are in no backup. */
    encryptionKeys: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9a-f]{8}$' }))),
    audit: Type.Object({ rows: Count, hash: Type.String() }, strict),
  },
  strict,
);
export type Manifest = Static<typeof ManifestSchema>;
export type BackupTable = Manifest['tables'][number];

export function readManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw changed();
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format !== BACKUP_FORMAT) {
    throw damaged({ 'zh-CN': `备份格式为第 ${format} 版，本程序只能读取第 ${BACKUP_FORMAT} 版；请使用相应版本的程序`, en: `The backup has format ${format}, and this program reads format ${BACKUP_FORMAT}; use the version it was made with` });
  }
  if (shapeIssues(ManifestSchema, value, '').length > 0) throw changed();
  return value as Manifest;
}
