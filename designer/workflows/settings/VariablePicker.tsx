/** A variable, chosen step by step: a group or record opens into what it holds; a search looks into all of them. */
import { ArrowLeftOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useWorkflowTexts } from '../texts.ts';
import './editors.css';
import { entriesOf, fits, leadsTo, searchEntries, specialEntries, type VariableEntry, type Wanted } from './variable-entries.ts';
import { useWorkflowScope } from './workflow-scope.ts';

interface VariableListProps {
  readonly wanted: Wanted;
  readonly onPick: (path: string) => void;
}

export function useVariableEntries(wanted: Wanted): readonly VariableEntry[] {
  const { variables, model } = useWorkflowScope();
  const specials = wanted.what === 'value';
  return useMemo(() => [...entriesOf(variables, model.tables), ...(specials ? specialEntries() : [])], [variables, model.tables, specials]);
}

export function VariableList({ wanted, onPick }: VariableListProps) {
  const { editor, kind } = useWorkflowTexts();
  const label = useLabel();
  const all = useVariableEntries(wanted);
  const [way, setWay] = useState<readonly VariableEntry[]>([]);
  const [query, setQuery] = useState('');
  const here = way.at(-1);
  const search = query.trim().toLowerCase();
  const shown = useMemo(() => (here?.open?.() ?? all).filter((entry) => leadsTo(entry, wanted)), [here, all, wanted]);
  const found = search === '' ? null : searchEntries(all, wanted, search);
  if (all.every((entry) => !leadsTo(entry, wanted))) return <p className="quiet variable-none">{wanted.what === 'record' ? editor.noRecords : wanted.what === 'list' ? editor.noLists : editor.none}</p>;
  return (
    <div className="variable-list">
      <Input size="small" allowClear prefix={<SearchOutlined className="quiet" aria-hidden="true" />} placeholder={editor.find} aria-label={editor.find} value={query} onChange={(event) => setQuery(event.target.value)} />
      {found ? (
        <ul>
          {found.map(({ entry, over }) => (
            <li key={entry.path}>
              <button type="button" className="variable-line" onClick={() => onPick(entry.path)}>
                <span className="ellipsis">{[...over, entry.label].map(label).join(' · ')}</span>
                <span className="quiet">{kind[entry.kind ?? 'none']}</span>
              </button>
            </li>
          ))}
          {found.length === 0 ? <li className="quiet variable-none">{editor.none}</li> : null}
        </ul>
      ) : (
        <>
          {here ? (
            <div className="variable-way">
              <IconButton size="small" label={editor.back} icon={<ArrowLeftOutlined aria-hidden="true" />} onClick={() => setWay(way.slice(0, -1))} />
              <span className="ellipsis">{way.map((entry) => label(entry.label)).join(' · ')}</span>
            </div>
          ) : null}
          <ul>
            {shown.map((entry) => {
              const own = fits(entry, wanted);
              const inner = entry.open?.().some((one) => leadsTo(one, wanted, 1)) === true;
              return (
                <li key={entry.path} className="variable-both">
                  <button type="button" className="variable-line" onClick={() => (own ? onPick(entry.path) : setWay([...way, entry]))}>
                    <span className="ellipsis">{label(entry.label)}</span>
                    <span className="quiet">{entry.kind === null ? null : kind[entry.kind]}</span>
                  </button>
                  {inner ? <IconButton size="small" label={label(entry.label)} icon={<RightOutlined aria-hidden="true" />} onClick={() => setWay([...way, entry])} /> : null}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
