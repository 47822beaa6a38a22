/**
 * Tells people something: a row in each one's inbox, and mail to those who want it. Part of the caller's transaction; nothing is sent here.
 * Somebody who may not read the record gets neither its link nor the text, only what workflow it came from.
 */
import { v7 as uuidv7 } from 'uuid';
import type { Label } from '#engine/errors.ts';
import { accessTo, atLeast, bestRight } from '#engine/permissions/authorize.ts';
import type { Shows } from '#engine/workflows/node-type.ts';
import type { Notice } from '#engine/workflows/services.ts';
import type { Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { isMailAddress } from '../outbox/mailer.ts';
import { queueEmail } from '../outbox/queue.ts';
import type { DirectoryUser } from '../records/directory.ts';
import { withAsked } from '../workflows/approvals.ts';
import type { Workspace } from '../workspace.ts';
import { noticeMail } from './notice-mail.ts';
import { preferencesOf, quietUntil } from './preferences.ts';
import { readableTitles, refKey } from './readable-titles.ts';

export interface QueuedNotice extends Notice {
  readonly workflow: string | null;
  readonly run: string | null;
  /** Of `relata_approval`: the notice asks for a decision. It has one recipient then. */
  readonly approval?: string;
  /** Of `relata_comment`: the inbox shows its text as it stands when it is looked at; `body` goes into the mail. */
  readonly comment?: string;
  /** Sent after the moment it was meant for. */
  readonly late?: boolean;
  /** ISO, now. */
  readonly at: string;
  /** Reaches those who have muted the workflow as well. */
  readonly mandatory: boolean;
}

/** Answers how many were told. */
export async function queueNotices(tx: Transaction, workspace: Workspace, notice: QueuedNotice): Promise<number> {
  const told: string[] = [];
  for (const id of new Set(notice.to)) {
    const user = workspace.directory.user(id);
    if (user?.active && (await queueOne(tx, workspace, notice, user))) told.push(id);
  }
  if (told.length > 0) tx.afterCommit(() => workspace.changes.tellInboxes(told));
  return told.length;
}

async function queueOne(tx: Transaction, workspace: Workspace, notice: QueuedNotice, user: DirectoryUser): Promise<boolean> {
  const wishes = await preferencesOf(tx, user.id);
  // A decision is asked of nobody else, so it cannot be muted.
  if (notice.workflow !== null && wishes.muted.includes(notice.workflow) && !notice.mandatory && notice.approval === undefined) return false;
  const mayRead = notice.record === null || (await readableTitles(workspace, tx, await withAsked(tx, workspace.directory.actor(user.id)), [notice.record])).has(refKey(notice.record));
  // Texts may name the record: who may not read it learns only that the workflow had something to say.
  const own = mayRead ? { ...notice, ...notice.textFor?.(shownTo(workspace, user)) } : { ...notice, title: labelOf(workspace, notice), body: undefined, record: null };
  const visibleAt = (notice.urgent ? null : quietUntil(wishes, notice.at, workspace.model.settings.timeZone)) ?? notice.at;
  const wantsMail = notice.channels.includes('email') && wishes.email && isMailAddress(user.login);
  // The daily mail tells of what lies in the inbox, so what it is to tell must lie there.
  const isCollected = wantsMail && wishes.digestAt !== null && !notice.urgent;
  if (notice.channels.includes('inApp') || notice.approval !== undefined || isCollected) await insertNotice(tx, user.id, own, visibleAt);
  if (wantsMail && !isCollected) {
    const email = noticeMail({ title: own.title[user.locale], body: own.body?.[user.locale] ?? null, to: user.login, locale: user.locale, record: own.record, isApproval: notice.approval !== undefined });
    await queueEmail(tx, { email, run: notice.run, at: notice.at, sendAt: visibleAt });
  }
  return true;
}

/** A field is named in a text for whoever may see its value on some row; what is masked is not spelled out either. */
function shownTo({ directory, model }: Workspace, user: DirectoryUser): Shows {
  const actor = directory.actor(user.id);
  return (field) => {
    const table = model.tables[field.table];
    return table !== undefined && atLeast(bestRight(accessTo(table, actor).read, field), 'read');
  };
}

type OwnNotice = Omit<QueuedNotice, 'body'> & { readonly body?: Label | undefined };

async function insertNotice(tx: Transaction, userId: string, notice: OwnNotice, visibleAt: string): Promise<void> {
  await tx.run(
    sql`INSERT INTO relata_notice (id, user_id, kind, title, body, table_name, record_id, workflow, run_id, approval_id, comment_id, created_at, visible_at, urgent, late)
        VALUES (${uuidv7()}, ${userId}, ${notice.approval === undefined ? 'notice' : 'approval'}, ${JSON.stringify(notice.title)}, ${notice.body && notice.comment === undefined ? JSON.stringify(notice.body) : null},
                ${notice.record?.table ?? null}, ${notice.record?.id ?? null}, ${notice.workflow}, ${notice.run}, ${notice.approval ?? null}, ${notice.comment ?? null}, ${notice.at}, ${visibleAt}, ${notice.urgent ? 1 : 0}, ${notice.late ? 1 : 0})`,
  );
}

function labelOf({ model }: Workspace, { workflow, title }: QueuedNotice): Label {
  return workflow === null ? title : (model.workflows[workflow]?.label ?? { 'zh-CN': '流程通知', en: 'A notice of a workflow' });
}
