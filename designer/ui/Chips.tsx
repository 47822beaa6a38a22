import { ArrowLeftOutlined, ArrowRightOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { IconButton } from '#runtime/ui/IconButton.tsx';

export interface Chip {
  readonly name: string;
  readonly text: string;
  readonly to: string;
  readonly wrong: boolean;
}

interface ChipsProps {
  readonly chips: readonly Chip[];
  readonly active: string | undefined;
  readonly first: string;
  readonly earlier: string;
  readonly later: string;
  readonly onMove: (from: number, to: number) => void;
  readonly extra?: ReactNode;
}

/** The forms or views of a table in their order; the first is the usual one. */
export function Chips({ chips, active, first, earlier, later, onMove, extra }: ChipsProps) {
  const at = chips.findIndex((chip) => chip.name === active);
  return (
    <nav className="chips">
      {chips.map((chip, index) => (
        <Link key={chip.name} to={chip.to} className={`chip${chip.name === active ? ' chip-here' : ''}${chip.wrong ? ' chip-wrong' : ''}`} aria-current={chip.name === active ? 'page' : undefined}>
          {chip.text}
          {index === 0 && chips.length > 1 ? <span className="mark">{first}</span> : null}
        </Link>
      ))}
      {chips.length > 1 && at >= 0 ? (
        <>
          <IconButton size="small" label={earlier} icon={<ArrowLeftOutlined aria-hidden="true" />} disabled={at === 0} onClick={() => onMove(at, at - 1)} />
          <IconButton size="small" label={later} icon={<ArrowRightOutlined aria-hidden="true" />} disabled={at === chips.length - 1} onClick={() => onMove(at, at + 1)} />
        </>
      ) : null}
      {extra}
    </nav>
  );
}
