/** Runs that go by an older version of the workflow, and the way to bring them to the one of today. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal, Select } from 'antd';
import { useState } from 'react';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { labelOf } from '#engine/workflows/scope.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import { fill } from '../../i18n/index.ts';
import { Setting } from '../../ui/Setting.tsx';
import { type MoveAnswer, moveRuns, OLDER_KEY, RUNS_KEY, useOlder } from '../api.ts';
import { useRunTexts } from './texts.ts';

export function OlderRuns({ workflow }: { workflow: WorkflowDefinition }) {
  const { older: texts } = useRunTexts();
  const { live } = useDraft();
  const current = live.definitions.workflows?.find((own) => own.name === workflow.name);
  const found = useOlder(workflow.name, current !== undefined);
  const [moving, setMoving] = useState(false);
  const versions = found.data ?? [];
  if (!current || versions.length === 0) return null;
  const nodes = [...new Set(versions.flatMap((version) => version.nodes))];
  return (
    <>
      <Alert
        className="older-runs"
        type="info"
        showIcon
        title={versions.map((version) => fill(texts.notice, { n: version.runs, version: version.version })).join(' · ')}
        description={texts.hint}
        action={
          <Button size="small" onClick={() => setMoving(true)}>
            {texts.move}
          </Button>
        }
      />
      {moving ? <MoveDialog workflow={current} nodes={nodes} onClose={() => setMoving(false)} /> : null}
    </>
  );
}

function MoveDialog({ workflow, nodes, onClose }: { workflow: WorkflowDefinition; nodes: readonly string[]; onClose: () => void }) {
  const { older: texts } = useRunTexts();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const queries = useQueryClient();
  const known = new Set(workflow.nodes.map((node) => node.name));
  const [mapping, setMapping] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(nodes.filter((name) => known.has(name)).map((name) => [name, name])));
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<MoveAnswer | null>(null);
  const options = workflow.nodes.map((node) => ({ value: node.name, label: `${label(labelOf(node))} · ${node.name}` }));
  const set = (from: string, to: string | undefined) => setMapping((old) => Object.fromEntries([...Object.entries(old).filter(([name]) => name !== from), ...(to === undefined ? [] : [[from, to] as const])]));
  const move = async () => {
    setBusy(true);
    try {
      const next = await moveRuns(workflow.name, mapping);
      void queries.invalidateQueries({ queryKey: OLDER_KEY });
      void queries.invalidateQueries({ queryKey: RUNS_KEY });
      toast({ text: fill(texts.moved, { n: next.moved }) });
      if (next.left.length > 0) setAnswer(next);
      else onClose();
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open title={texts.title} okText={texts.confirm} confirmLoading={busy} okButtonProps={{ disabled: answer !== null }} onOk={() => void move()} onCancel={onClose} width={520}>
      <p className="quiet dialog-hint">{texts.mapping}</p>
      {nodes.map((name) => (
        <Setting key={name} id={`move-${name}`} label={known.has(name) ? `${name} · ${texts.same}` : name}>
          <Select id={`move-${name}`} className="full" allowClear value={mapping[name] ?? null} placeholder={texts.none} options={options} onChange={(to: string | null | undefined) => set(name, to ?? undefined)} />
        </Setting>
      ))}
      {answer ? <Alert type="warning" showIcon title={fill(texts.left, { n: answer.left.length })} description={[...new Set(answer.left.map((one) => label(one.reason)))].join(' ')} /> : null}
    </Modal>
  );
}
