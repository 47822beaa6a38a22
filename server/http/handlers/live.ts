/** Server-sent events: what changed, to those who may read it. Rights and session are looked at again for every batch. */
import { AppError } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows } from '#engine/permissions/authorize.ts';
import { readableRows, rootScope } from '../../db/access-sql.ts';
import { bind, column, ident, sql } from '../../db/sql.ts';
import { latestUnread, unreadOf } from '../../notices/inbox.ts';
import type { RecordChange } from '../../records/change-feed.ts';
import { contextOf } from '../../workspace.ts';
import { authenticate } from '../authenticate.ts';
import type { Answer, Call } from '../endpoint.ts';

const HEARTBEAT_MS = 20_000;
const SESSION_CHECK_MS = 1_000;
const MOST_IN_A_BATCH = 200;

export async function liveEvents(call: Call): Promise<Answer | undefined> {
  const { workspace, request, response } = call;
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no', Connection: 'keep-alive' });
  if (request.method === 'HEAD') {
    response.end();
    return undefined;
  }
  response.write('retry: 3000\n\n');
  const startVersion = workspace.definitionsVersion;
  let told = startVersion;
  let pending: RecordChange[] = [];
  let working = false;

  const end = (): void => {
    stop();
    stopInbox();
    call.closing?.removeEventListener('abort', end);
    clearInterval(heartbeat);
    clearInterval(check);
    response.end();
  };
  const send = (event: string, data: unknown): void => void response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

  const deliver = async (): Promise<void> => {
    if (working) return;
    working = true;
    try {
      while (pending.length > 0) {
        const batch = pending.splice(0, MOST_IN_A_BATCH);
        const { current, visible } = await visibleTo(call, batch);
        if (!current) return signedOut();
        for (const change of visible) send('record', change);
      }
    } catch (error) {
      workspace.log.error({ err: error }, 'live events failed');
      end();
    } finally {
      working = false;
    }
  };
  const inbox = inboxWatch(call, (unread) => send('notice', { unread }));
  const signedOut = (): void => {
    send('signed-out', {});
    end();
  };

  const stop = workspace.changes.subscribe((changes) => {
    pending.push(...changes);
    // A screen that fell far behind reloads its lists rather than hearing of each record.
    if (pending.length > MOST_IN_A_BATCH * 5) {
      pending = [];
      send('reload', {});
    }
    void deliver();
  });
  const stopInbox = workspace.changes.subscribeInboxes((users) => {
    if (users.includes(call.actor.userId)) inbox();
  });
  const heartbeat = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS);
  const check = setInterval(() => {
    if (workspace.definitionsVersion !== told) {
      told = workspace.definitionsVersion;
      send('app', { version: told });
    }
    inbox();
    currentActor(call).then(
      (actor) => actor ?? signedOut(),
      (error: unknown) => workspace.log.warn({ err: error }, 'session of a live stream could not be looked at'),
    );
  }, SESSION_CHECK_MS);
  request.on('close', end);
  call.closing?.addEventListener('abort', end, { once: true });
  return undefined;
}

/**
 * Looks at the caller's inbox when asked and tells when it is not as it was: something new, read elsewhere, back from being put off.
 * The first look only remembers; the screen has read its inbox itself.
 */
function inboxWatch({ workspace, actor }: Call, tell: (unread: number) => void): () => void {
  let seen: string | null = null;
  let looking = false;
  const look = async (): Promise<void> => {
    const now = workspace.now();
    const unread = await unreadOf(workspace.database, actor.userId, now);
    const state = `${unread} ${await latestUnread(workspace.database, actor.userId, now)}`;
    if (seen !== null && seen !== state) tell(unread);
    seen = state;
  };
  const once = (): void => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => workspace.log.warn({ err: error }, 'an inbox could not be looked at'))
      .finally(() => {
        looking = false;
      });
  };
  once();
  return once;
}

/** Null once the session has ended; a database that does not answer for a moment ends nobody's session. */
async function currentActor({ workspace, request }: Call): Promise<Actor | null> {
  try {
    return await authenticate(workspace, request);
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') return null;
    throw error;
  }
}

/** Deleted records are announced too, to those who could read them. */
async function visibleTo(call: Call, changes: readonly RecordChange[]): Promise<{ current: boolean; visible: RecordChange[] }> {
  const { workspace } = call;
  const actor = await currentActor(call);
  if (!actor) return { current: false, visible: [] };
  const { model, database } = workspace;
  const byTable = new Map<string, RecordChange[]>();
  for (const change of changes) byTable.set(change.table, [...(byTable.get(change.table) ?? []), change]);
  const visible: RecordChange[] = [];
  for (const [name, own] of byTable) {
    const table = model.tables[name];
    if (!table || !allows(accessTo(table, actor), 'read')) continue;
    const list = database.dialect.typed(bind(database.dialect.listParam(own.map((change) => change.id))), 'list');
    const scope = rootScope(model, database.dialect, table, actor);
    const rows = await database.all<{ id: string }>(
      sql`SELECT ${column('t0', 'id')} AS id FROM ${ident(name)} ${ident('t0')} WHERE ${database.dialect.inList(column('t0', 'id'), list)} AND (${readableRows(scope)})`,
      contextOf(workspace, actor),
    );
    const readable = new Set(rows.map((row) => row.id));
    visible.push(...own.filter((change) => readable.has(change.id)));
  }
  return { current: true, visible };
}
