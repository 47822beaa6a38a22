import { useText } from '../../app/i18n/index.ts';
import { Link } from 'react-router';
import type { Included } from '../../api/types.ts';
import { recordPagePath } from '../../app/paths.ts';
import { includedTitle } from '../../model/titles.ts';
import { targetTable } from '../../model/paths.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import type { CellProps } from '../field-components.ts';

function useTitle(): (included: Included, table: string, id: string) => { text: string; seen: boolean } {
  const t = useText();
  return (included, table, id) => {
    const title = includedTitle(included, table, id);
    if (title === null || title === undefined) return { text: t('field.hiddenRecord'), seen: false };
    return { text: title || t('field.noTitle'), seen: true };
  };
}

export function PersonTag({ name, seen = true }: { name: string; seen?: boolean }) {
  return (
    <span className={seen ? 'person' : 'person quiet'}>
      {seen ? <Avatar name={name} size={20} /> : null}
      <span className="ellipsis">{name}</span>
    </span>
  );
}

export function UserCell({ field, value, included }: CellProps) {
  const { text, seen } = useTitle()(included, targetTable(field) ?? '', String(value));
  return <PersonTag name={text} seen={seen} />;
}

export function UsersCell({ field, value, included, room }: CellProps) {
  const title = useTitle();
  const ids = Array.isArray(value) ? value.map(String) : [];
  return (
    <span className={room === 'line' ? 'tags' : 'tags tags-wrap'}>
      {ids.map((id) => {
        const { text, seen } = title(included, targetTable(field) ?? '', id);
        return <PersonTag key={id} name={text} seen={seen} />;
      })}
    </span>
  );
}

function RecordLink({ table, id, included }: { table: string; id: string; included: Included }) {
  const { text, seen } = useTitle()(included, table, id);
  if (!seen) return <span className="quiet ellipsis">{text}</span>;
  return (
    <Link className="ellipsis" to={recordPagePath(table, id)} onClick={(event) => event.stopPropagation()}>
      {text}
    </Link>
  );
}

export function DepartmentCell({ field, value, included }: CellProps) {
  const { text, seen } = useTitle()(included, targetTable(field) ?? '', String(value));
  return <span className={seen ? 'ellipsis' : 'ellipsis quiet'}>{text}</span>;
}

export function ReferenceCell({ field, value, included }: CellProps) {
  return <RecordLink table={targetTable(field) ?? ''} id={String(value)} included={included} />;
}

export function ReferencesCell({ field, value, included, room }: CellProps) {
  const ids = Array.isArray(value) ? value.map(String) : [];
  return (
    <span className={room === 'line' ? 'tags' : 'tags tags-wrap'}>
      {ids.map((id) => (
        <RecordLink key={id} table={targetTable(field) ?? ''} id={id} included={included} />
      ))}
    </span>
  );
}
