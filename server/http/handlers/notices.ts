/** One's own inbox and one's wishes about it. */
import Type, { type Static } from 'typebox';
import { AppError, type Label } from '#engine/errors.ts';
import type { NoticePreferences } from '#engine/workflows/reports.ts';
import { sql } from '../../db/sql.ts';
import { changeNotice, inboxPage, INBOX_PARTS, readAll } from '../../notices/inbox.ts';
import { checkPreferences, preferencesOf, savePreferences } from '../../notices/preferences.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';

const strict = { additionalProperties: false } as const;
const Time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

export const NoticeChangeSchema = Type.Object(
  {
    read: Type.Optional(Type.Literal(true)),
    done: Type.Optional(Type.Boolean()),
    snoozedUntil: Type.Optional(Type.Union([Type.String({ maxLength: 40 }), Type.Null()])),
  },
  strict,
);
export const PreferencesSchema = Type.Object(
  {
    email: Type.Boolean(),
    quiet: Type.Union([Type.Object({ from: Time, to: Time }, strict), Type.Null()]),
    digestAt: Type.Union([Time, Type.Null()]),
    muted: Type.Array(Type.String({ maxLength: 48 }), { maxItems: 500, uniqueItems: true }),
    absence: Type.Union([Type.Object({ delegate: Type.String({ maxLength: 64 }), from: Day, to: Day }, strict), Type.Null()]),
  },
  strict,
);

export async function listNotices({ workspace, actor, request }: Call): Promise<Answer> {
  const { show = 'open', cursor } = request.query as Record<string, string | undefined>;
  const part = INBOX_PARTS.find((known) => known === show);
  if (!part) throw new AppError('invalid_request', { 'zh-CN': `没有“${show}”这一栏`, en: `There is no part "${show}"` });
  return { body: await inboxPage(workspace, actor, part, { cursor, locale: localeOf(request) }) };
}

export async function updateNotice({ workspace, actor, params, body }: Call): Promise<Answer> {
  return { body: await changeNotice(workspace, actor, params.id ?? '', body as Static<typeof NoticeChangeSchema>) };
}

export async function readAllNotices({ workspace, actor }: Call): Promise<Answer> {
  await readAll(workspace, actor);
  return { status: 204 };
}

export async function showPreferences({ workspace, actor }: Call): Promise<Answer> {
  const preferences = await preferencesOf(workspace.database, actor.userId);
  return { body: { ...preferences, workflows: await mutableWorkflows(workspace, actor.userId, preferences.muted) } };
}

/** Those one has heard from or has muted, unless nobody may mute them. */
async function mutableWorkflows({ database, model }: Call['workspace'], userId: string, muted: readonly string[]): Promise<{ name: string; label: Label }[]> {
  const heard = await database.all<{ workflow: string }>(sql`SELECT DISTINCT workflow FROM relata_notice WHERE user_id = ${userId} AND workflow IS NOT NULL`);
  const names = new Set([...heard.map(({ workflow }) => workflow), ...muted]);
  return [...names].flatMap((name) => {
    const workflow = Object.hasOwn(model.workflows, name) ? model.workflows[name] : undefined;
    return workflow && !workflow.mandatory ? [{ name, label: workflow.label }] : [];
  });
}

export async function putPreferences(call: Call): Promise<Answer> {
  const { workspace, actor } = call;
  const preferences = call.body as NoticePreferences;
  checkPreferences(workspace, actor.userId, preferences);
  await workspace.database.transaction((tx) => savePreferences(tx, actor.userId, preferences));
  return showPreferences(call);
}
