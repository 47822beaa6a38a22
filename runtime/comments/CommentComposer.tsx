/** A new comment on a record. What was typed stays until it is sent, also when the record is left for a while. */
import { useState } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import { createComment, refreshComments } from '../api/comments.ts';
import { CommentInput, type Draft, NO_DRAFT } from './CommentInput.tsx';

const drafts = new Map<string, Draft>();

export function CommentComposer({ table, id }: { table: TableModel; id: string }) {
  const place = `${table.name}/${id}`;
  const [draft, setDraft] = useState<Draft>(drafts.get(place) ?? NO_DRAFT);
  // The same text sent again after a lost answer is the same comment.
  const [attempt, setAttempt] = useState<{ readonly body: string; readonly key: string } | null>(null);
  const change = (next: (draft: Draft) => Draft) =>
    setDraft((now) => {
      const kept = next(now);
      if (kept.text === '') drafts.delete(place);
      else drafts.set(place, kept);
      return kept;
    });
  const send = async (body: string) => {
    const key = attempt?.body === body ? attempt.key : crypto.randomUUID();
    setAttempt({ body, key });
    await createComment(table.name, id, body, key);
    setAttempt(null);
    change(() => NO_DRAFT);
    await refreshComments(table.name, id);
  };
  return <CommentInput place={{ table: table.name, id }} draft={draft} onDraft={change} onSend={send} />;
}
