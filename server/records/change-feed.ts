/** Tells the open screens of this process what was committed, here or by another process on the same database. */
import type { Queryable } from '../db/database.ts';
import { sql } from '../db/sql.ts';

export interface RecordChange {
  readonly table: string;
  readonly id: string;
  readonly action: string;
  readonly by: string;
}
export type Listener = (changes: readonly RecordChange[]) => void;

/** Hears whose inboxes have changed. */
export type InboxListener = (users: readonly string[]) => void;

export interface ChangeFeed {
  readonly origin: string;
  publish(changes: readonly RecordChange[]): void;
  /** Answers the way to stop listening. */
  subscribe(listener: Listener): () => void;
  /** Reads what other processes have committed since the last look. */
  poll(db: Queryable): Promise<void>;
  /** Of this process only: open screens look at their own inbox every second besides, for what other processes and the clock bring. */
  tellInboxes(users: readonly string[]): void;
  subscribeInboxes(listener: InboxListener): () => void;
}

const BATCH = 500;

/** `origin` marks this process's own events, which were published when they were committed. */
export function createChangeFeed(origin: string): ChangeFeed {
  const listeners = new Set<Listener>();
  const inboxListeners = new Set<InboxListener>();
  let seen: number | null = null;
  const publish = (changes: readonly RecordChange[]): void => {
    if (changes.length > 0) for (const listener of listeners) listener(changes);
  };
  return {
    origin,
    publish,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tellInboxes(users) {
      for (const listener of inboxListeners) listener(users);
    },
    subscribeInboxes(listener) {
      inboxListeners.add(listener);
      return () => inboxListeners.delete(listener);
    },
    async poll(db) {
      if (seen === null) {
        seen = (await db.get<{ seq: number | null }>(sql`SELECT max(seq) AS seq FROM relata_event`))?.seq ?? 0;
        return;
      }
      const rows = await db.all<{ seq: number; table_name: string; record_id: string; action: string; actor: string; origin: string }>(
        sql`SELECT seq, table_name, record_id, action, actor, origin FROM relata_event WHERE seq > ${seen} ORDER BY seq LIMIT ${BATCH}`,
      );
      seen = rows.at(-1)?.seq ?? seen;
      publish(rows.filter((row) => row.origin !== origin).map((row) => ({ table: row.table_name, id: row.record_id, action: row.action, by: row.actor })));
    },
  };
}
