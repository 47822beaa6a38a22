/** What is lost is typed by hand: the name of each field or table, or beyond a few their number. */
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { fill } from '../i18n/index.ts';
import { usePublishTexts } from './texts.ts';

const FEW = 4;

export function Confirm({ names, onChange }: { names: readonly string[]; onChange: (confirmed: readonly string[]) => void }) {
  const texts = usePublishTexts();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const key = names.join();
  useEffect(() => {
    setTyped({});
    onChange([]);
  }, [key, onChange]);
  const change = (name: string, text: string): void => {
    const next = { ...typed, [name]: text };
    setTyped(next);
    onChange(names.length > FEW ? (next[''] === String(names.length) ? names : []) : names.filter((one) => next[one]?.trim() === one));
  };
  return (
    <div className="plan-confirm">
      <p>{names.length > FEW ? fill(texts.confirmMany, { n: names.length }) : texts.confirm}</p>
      {(names.length > FEW ? [''] : names).map((name) => (
        <Input key={name} value={typed[name] ?? ''} placeholder={name || String(names.length)} aria-label={name || texts.confirm} status={typed[name] && typed[name] !== name && name !== '' ? 'warning' : ''} onChange={(event) => change(name, event.target.value)} />
      ))}
    </div>
  );
}
