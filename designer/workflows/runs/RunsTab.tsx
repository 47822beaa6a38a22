import { Segmented, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { RUN_STATES, type RunState } from '#engine/workflows/reports.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../../draft/draft-context.ts';
import { RunList } from './RunList.tsx';
import { useRunTexts } from './texts.ts';

export function useStateFilter(): readonly [RunState | undefined, (state: RunState | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('state');
  const state = RUN_STATES.find((own) => own === asked);
  return [
    state,
    (next) => {
      const params = new URLSearchParams(search);
      if (next) params.set('state', next);
      else params.delete('state');
      setSearch(params, { replace: true });
    },
  ];
}

export function StateFilter({ value, onChange }: { value: RunState | undefined; onChange: (state: RunState | undefined) => void }) {
  const { runs, state: texts } = useRunTexts();
  const phone = usePhone();
  const options = [{ value: '' as RunState | '', label: runs.states }, ...RUN_STATES.map((state) => ({ value: state as RunState | '', label: texts[state] }))];
  const change = (next: RunState | '') => onChange(next === '' ? undefined : next);
  return phone ? <Select<RunState | ''> value={value ?? ''} options={options} aria-label={runs.states} onChange={change} /> : <Segmented<RunState | ''> value={value ?? ''} options={options} onChange={change} />;
}

export function RunsTab() {
  const { runs } = useRunTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const [search, setSearch] = useSearchParams();
  const [state, setState] = useStateFilter();
  const workflow = search.get('workflow') ?? undefined;
  const choose = (next: string | null | undefined) => {
    const params = new URLSearchParams(search);
    if (next) params.set('workflow', next);
    else params.delete('workflow');
    setSearch(params, { replace: true });
  };
  return (
    <>
      <div className="run-tools">
        <Select className="pane-search" allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={runs.all} aria-label={runs.all} value={workflow ?? null} options={(definitions.workflows ?? []).map((own) => ({ value: own.name, label: label(own.label) }))} onChange={choose} />
        <StateFilter value={state} onChange={setState} />
      </div>
      {state === 'failed' ? <p className="tab-note quiet">{runs.attention}</p> : null}
      <RunList filter={{ workflow, state }} withName />
    </>
  );
}
