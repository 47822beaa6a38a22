/** Templates and definitions as files: gallery, install, upgrade, take out, samples, export, import. For system owners. */
import { readFile } from 'node:fs/promises';
import Type, { type Static } from 'typebox';
import { partOf } from '#engine/changes/part-of.ts';
import { AppError } from '#engine/errors.ts';
import { importDefinitions, MOST_ARCHIVE_BYTES, packDefinitions } from '../../definitions/definition-archive.ts';
import { chooseFirst, firstChoice } from '../../definitions/first-choice.ts';
import { liveDefinitions, type StoredDefinitions } from '../../definitions/store.ts';
import { proposeInstall, proposeUninstall, proposeUpgrade } from '../../definitions/template-proposals.ts';
import { loadTemplateSamples, templateGallery } from '../../definitions/template-samples.ts';
import { receiveUpload } from '../../files/receive-upload.ts';
import { removeStored, storedPath } from '../../files/store.ts';
import type { Answer, Call } from '../endpoint.ts';
import { administratorsOnly, ownerOnly } from './guards.ts';
import { ClashesSchema, ProfileName } from './template-schema.ts';

const strict = { additionalProperties: false } as const;

export const InstallSchema = Type.Object({ clashes: Type.Optional(ClashesSchema), profile: Type.Optional(ProfileName) }, strict);
export const UpgradeSchema = Type.Object({ take: Type.Optional(Type.Array(Type.String({ maxLength: 400 }), { maxItems: 2000 })), profile: Type.Optional(ProfileName) }, strict);

const nameOf = ({ params }: Call): string => params.name ?? '';

export async function gallery(call: Call): Promise<Answer> {
  administratorsOnly(call);
  return { body: { data: await templateGallery(call.workspace, call.config.templatesDir) } };
}

export async function install(call: Call): Promise<Answer> {
  administratorsOnly(call);
  const { clashes, profile } = call.body as Static<typeof InstallSchema>;
  return { body: await proposeInstall(call.workspace, call.config.templatesDir, nameOf(call), clashes, profile) };
}

export async function upgrade(call: Call): Promise<Answer> {
  administratorsOnly(call);
  const { take, profile } = call.body as Static<typeof UpgradeSchema>;
  return { body: await proposeUpgrade(call.workspace, call.config.templatesDir, nameOf(call), take, profile) };
}

export async function uninstall(call: Call): Promise<Answer> {
  administratorsOnly(call);
  return { body: await proposeUninstall(call.workspace, call.config.templatesDir, nameOf(call)) };
}

export async function addSamples(call: Call): Promise<Answer> {
  ownerOnly(call);
  return { body: { records: await loadTemplateSamples(call.workspace, call.config.templatesDir, nameOf(call)) } };
}

export const FirstChoiceSchema = Type.Object({ profile: ProfileName }, strict);

export async function showFirstChoice(call: Call): Promise<Answer> {
  ownerOnly(call);
  return { body: await firstChoice(call.workspace, call.config.templatesDir) };
}

export async function makeFirstChoice(call: Call): Promise<Answer> {
  ownerOnly(call);
  await chooseFirst(call.workspace, call.config.templatesDir, call.actor, (call.body as Static<typeof FirstChoiceSchema>).profile);
  return { status: 204 };
}

/** `tables`: only these, with the lists and roles they call. */
export async function exportDefinitions(call: Call): Promise<Answer | undefined> {
  administratorsOnly(call);
  const { definitions, version } = (await liveDefinitions(call.workspace.database)) as StoredDefinitions;
  const asked = new URL(call.request.originalUrl, 'http://local').searchParams.get('tables');
  const chosen = (asked ?? '').split(',').map((name) => name.trim()).filter(Boolean);
  const unknown = chosen.filter((name) => !definitions.tables.some((table) => table.name === name));
  if (unknown.length > 0) throw new AppError('invalid_request', { 'zh-CN': `没有这些表：${unknown.join('、').slice(0, 200)}`, en: `There are no such tables: ${unknown.join(', ').slice(0, 200)}` });
  const bytes = packDefinitions(asked === null ? definitions : partOf(definitions, chosen));
  const { response } = call;
  response.setHeader('Content-Type', 'application/zip');
  response.setHeader('Content-Length', bytes.length);
  response.setHeader('Content-Disposition', `attachment; filename="${definitions.app.name}-v${version}${asked === null ? '' : '-part'}.zip"`);
  response.end(bytes);
  return undefined;
}

/** A file and, in the form, `mode`: `replace` (unless told) or `merge`. Answers what becomes a draft; nothing is kept. */
export async function importFile(call: Call): Promise<Answer> {
  administratorsOnly(call);
  const { filesDir, database } = call.workspace;
  const upload = await receiveUpload(call.request, filesDir, MOST_ARCHIVE_BYTES);
  try {
    const { mode = 'replace' } = upload.fields;
    if (mode !== 'replace' && mode !== 'merge') throw new AppError('invalid_request', { 'zh-CN': 'mode 应为 replace 或 merge', en: '`mode` should be replace or merge' });
    const live = (await liveDefinitions(database)) as StoredDefinitions;
    return { body: await importDefinitions(await readFile(storedPath(filesDir, upload.storedAs)), live.definitions, mode) };
  } finally {
    await removeStored(filesDir, upload.storedAs);
  }
}
