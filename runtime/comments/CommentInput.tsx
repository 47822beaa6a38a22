/** Where a comment is typed: people after `@`, sent with the button or Ctrl+Enter. A refusal keeps every word. */
import { Button, Mentions } from 'antd';
import { useId, useState } from 'react';
import { useMentionable } from '../api/comments.ts';
import { isProblem } from '../api/problem.ts';
import { useTable } from '../app/session.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { distinctNames, type Person, toStored, withPerson } from './mention-text.ts';
import { useCommentTexts } from './texts.ts';

const KEY = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

export interface Draft {
  readonly text: string;
  readonly people: readonly Person[];
}
export const NO_DRAFT: Draft = { text: '', people: [] };

interface CommentInputProps {
  /** What is commented on: whoever may read it can be mentioned. */
  readonly place: { readonly table: string; readonly id: string };
  readonly draft: Draft;
  /** Choosing a person changes the text and the people, one after the other: each is told what to change. */
  readonly onDraft: (change: (draft: Draft) => Draft) => void;
  /** Throws what is then told under the input. */
  readonly onSend: (body: string) => Promise<void>;
  /** Of what is there already: offers to leave it as it is. */
  readonly onCancel?: () => void;
}

export function CommentInput({ place, draft, onDraft, onSend, onCancel }: CommentInputProps) {
  const texts = useCommentTexts();
  const errorText = useErrorText();
  const problemId = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const { people, isSearching } = usePeople(place, wanted);
  const empty = draft.text.trim() === '';
  const open = !empty || onCancel !== undefined || problem !== null;

  const send = async () => {
    if (empty || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await onSend(toStored(draft.text, draft.people).trim());
    } catch (error) {
      setProblem((isProblem(error) ? error.issues[0]?.message : undefined) ?? errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={open ? 'comment-input comment-open' : 'comment-input'}>
      <Mentions
        aria-label={texts.field}
        aria-invalid={problem !== null}
        aria-describedby={problem !== null ? problemId : undefined}
        status={problem !== null ? 'error' : ''}
        placeholder={texts.placeholder}
        autoSize={{ minRows: open ? 2 : 1, maxRows: 12 }}
        autoFocus={onCancel !== undefined}
        value={draft.text}
        filterOption={false}
        loading={isSearching}
        notFoundContent={isSearching ? null : texts.nobody}
        options={people.map((person) => ({
          key: person.id,
          value: person.name,
          label: (
            <span className="mention-option">
              <Avatar name={person.name} /> {person.name}
            </span>
          ),
        }))}
        onSearch={setWanted}
        onSelect={({ value }) => {
          const chosen = people.find(({ name }) => name === value);
          if (chosen) onDraft((now) => ({ ...now, people: withPerson(now.people, chosen) }));
        }}
        onChange={(text) => {
          setProblem(null);
          onDraft((now) => ({ ...now, text }));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void send();
          } else if (event.key === 'Escape' && onCancel) {
            event.stopPropagation();
            onCancel();
          }
        }}
      />
      {problem !== null ? (
        <p id={problemId} className="comment-problem" role="alert">
          {problem}
        </p>
      ) : null}
      {open ? (
        <div className="comment-foot">
          <span className="quiet comment-hint">{texts.hint.replace('{{key}}', KEY)}</span>
          {onCancel ? (
            <Button size="small" onClick={onCancel}>
              {texts.cancel}
            </Button>
          ) : null}
          <Button size="small" type="primary" loading={busy} disabled={empty} onClick={() => void send()}>
            {onCancel ? texts.save : texts.send}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Colleagues who may read the record and fit what stands after the `@`; nobody is asked for before somebody types one. */
function usePeople({ table, id }: CommentInputProps['place'], wanted: string | null): { people: readonly Person[]; isSearching: boolean } {
  const search = useDebounced((wanted ?? '').trim(), 150);
  const { access } = useTable('user');
  const enabled = wanted !== null && access.read;
  const found = useMentionable(table, id, search, enabled);
  const people = distinctNames(found.data?.data ?? []);
  return { people: enabled ? people : [], isSearching: enabled && found.isFetching };
}
