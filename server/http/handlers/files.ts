/** Upload, download, thumbnails. A file is readable through the record cell that holds it; before that only by who sent it. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '#engine/errors.ts';
import { sql } from '../../db/sql.ts';
import { receiveUpload } from '../../files/receive-upload.ts';
import { readStored, storedPath } from '../../files/store.ts';
import { mayBeText, textPreview } from '../../files/text-preview.ts';
import { findRecords } from '../../records/find-records.ts';
import type { Answer, Call } from '../endpoint.ts';

const MAX_BYTES = 25 * 1_048_576;
const MAX_PIXELS = 40_000_000;
const THUMBNAIL = 320;
const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

interface FileRow {
  id: string;
  name: string;
  size: number;
  type: string;
  image: number;
  stored_as: string;
  uploaded_by: string;
  table_name: string | null;
  record_id: string | null;
  field: string | null;
}

export async function uploadFile({ workspace, actor, request }: Call): Promise<Answer> {
  const upload = await receiveUpload(request, workspace.filesDir, MAX_BYTES);
  // What the bytes are, not what the name says.
  const type = (await fileTypeFromBuffer(upload.head))?.mime ?? 'application/octet-stream';
  const image = IMAGES.has(type);
  const id = uuidv7();
  await workspace.database.transaction(async (tx) => {
    await tx.run(sql`INSERT INTO relata_file (id, name, size, type, image, stored_as, sha256, uploaded_by, uploaded_at)
      VALUES (${id}, ${upload.name}, ${upload.size}, ${type}, ${image ? 1 : 0}, ${upload.storedAs}, ${upload.sha256}, ${actor.userId}, ${workspace.now()})`);
  });
  return { body: { id, name: upload.name, size: upload.size, type, image } };
}

async function readableFile(call: Call): Promise<FileRow> {
  const { workspace, params } = call;
  const row = await workspace.database.get<FileRow>(sql`SELECT * FROM relata_file WHERE id = ${params.id ?? ''}`);
  if (row && (await mayRead(call, row))) return row;
  throw new AppError('not_found', { 'zh-CN': '没有这个文件', en: 'There is no such file' });
}

/** The record is found with the actor's eyes, and its cell must name the file. */
async function mayRead({ workspace, actor }: Call, row: FileRow): Promise<boolean> {
  if (row.table_name === null || row.record_id === null || row.field === null) return row.uploaded_by === actor.userId;
  if (!Object.hasOwn(workspace.model.tables, row.table_name)) return false;
  try {
    const found = await findRecords(workspace, actor, row.table_name, { filter: { '==': [{ var: 'id' }, row.record_id] }, fields: [row.field], limit: 1 });
    const value = found.data[0]?.[row.field];
    return Array.isArray(value) && value.includes(row.id);
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

export async function downloadFile(call: Call): Promise<Answer | undefined> {
  const row = await readableFile(call);
  const { response, workspace } = call;
  response.setHeader('Content-Type', row.type);
  response.setHeader('Content-Length', Number(row.size));
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(row.name)}`);
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  pipe(call, readStored(workspace.filesDir, row.stored_as));
  return undefined;
}

/** What a browser shows without running it. By what the bytes are: a page or a drawing with scripts is none of these, whatever it is called. */
const SHOWN_INLINE = new Set([...IMAGES, 'application/pdf']);

/** For looking at it in place. A browser's own reader of PDF does not start in a sandbox; it gets nothing but the file and its styles instead. */
export async function showFile(call: Call): Promise<Answer | undefined> {
  const row = await readableFile(call);
  const { response, workspace } = call;
  if (!SHOWN_INLINE.has(row.type)) throw new AppError('unsupported_media', { 'zh-CN': '这种文件不能直接显示，请下载', en: 'A file of this kind is not shown in place; download it' });
  response.setHeader('Content-Type', row.type);
  response.setHeader('Content-Length', Number(row.size));
  response.setHeader('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(row.name)}`);
  response.setHeader('Content-Security-Policy', IMAGES.has(row.type) ? "default-src 'none'; sandbox" : "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'");
  pipe(call, readStored(workspace.filesDir, row.stored_as));
  return undefined;
}

export async function showFileText(call: Call): Promise<Answer> {
  const row = await readableFile(call);
  return { body: mayBeText(row.type) ? await textPreview(call.workspace.filesDir, row.stored_as, Number(row.size)) : { text: null, truncated: false } };
}

/** Re-encoded once and kept beside the original, so what a page shows is never the uploaded bytes. */
export async function downloadThumbnail(call: Call): Promise<Answer | undefined> {
  const row = await readableFile(call);
  const { response, workspace } = call;
  if (Number(row.image) !== 1) throw new AppError('not_found', { 'zh-CN': '这个文件没有缩略图', en: 'This file has no thumbnail' });
  const source = storedPath(workspace.filesDir, row.stored_as);
  const thumbnail = `${source}.webp`;
  const made = await access(thumbnail).then(() => true, () => false);
  if (!made) await makeThumbnail(source, thumbnail);
  response.setHeader('Content-Type', 'image/webp');
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  response.setHeader('Cache-Control', 'private, max-age=3600');
  pipe(call, createReadStream(thumbnail));
  return undefined;
}

async function makeThumbnail(source: string, target: string): Promise<void> {
  try {
    await sharp(source, { limitInputPixels: MAX_PIXELS }).rotate().resize(THUMBNAIL, THUMBNAIL, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 80 }).toFile(target);
  } catch {
    throw new AppError('unsupported_media', { 'zh-CN': '无法读取这张图片', en: 'This picture cannot be read' });
  }
}

function pipe({ response, workspace }: Call, stream: NodeJS.ReadableStream): void {
  stream.on('error', (error) => {
    workspace.log.error({ err: error }, 'file could not be read');
    response.destroy();
  });
  stream.pipe(response);
}
