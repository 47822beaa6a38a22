/** What can be done to the workflow from the canvas; each is one step of the draft. */
import { copiesOf, duplicateNodes, insertNode, insertNodes, lastPlace, newNode, type Place, placeAfter, placeNode, type Position, removeNodes, tidy } from '#engine/changes/edit-workflows.ts';
import type { NodeDefinition, WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { NodeTypeName } from '#engine/workflows/nodes/index.ts';
import { useToast } from '#runtime/ui/toast.tsx';
import { fill } from '../../i18n/index.ts';
import { useWorkflowTexts } from '../texts.ts';
import { TRIGGER_ID } from './layout.ts';

export type ChangeWorkflow = (change: (workflow: WorkflowDefinition) => WorkflowDefinition, key?: string) => void;

const MARK = 'relata/nodes';

interface EditsOf {
  readonly workflow: WorkflowDefinition;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onChange: ChangeWorkflow;
}

export function useCanvasEdits({ workflow, selected, onSelect, onChange }: EditsOf) {
  const { canvas } = useWorkflowTexts();
  const toast = useToast();
  const chosen = workflow.nodes.filter((node) => selected.has(node.name));

  const place = (type: NodeTypeName, at: Place | null, position?: Position) => {
    const node = { ...newNode(workflow, type), ...(position && { position: { x: Math.round(position.x), y: Math.round(position.y) } }) };
    onChange((old) => insertNode(old, node, at));
    onSelect([node.name]);
  };
  /** After the one that is selected; with none at the end. */
  const nextPlace = (): Place | null => {
    const [only] = selected;
    return selected.size === 1 && only !== undefined ? placeAfter(workflow, only === TRIGGER_ID ? null : only) : lastPlace(workflow);
  };
  const remove = () => {
    if (chosen.length === 0) return;
    const names = chosen.map((node) => node.name);
    onChange((old) => removeNodes(old, names));
    onSelect([]);
    toast({ text: fill(canvas.removed, { n: names.length }) });
  };
  const duplicate = () => {
    if (chosen.length === 0) return;
    const copies = copiesOf(workflow, chosen);
    onChange((old) => duplicateNodes(old, chosen.map((node) => node.name), copies));
    onSelect(copies.map((node) => node.name));
  };
  const copyText = (): string | null => (chosen.length === 0 ? null : JSON.stringify({ kind: MARK, nodes: chosen }));
  const paste = (text: string): boolean => {
    const nodes = readNodes(text);
    if (!nodes) return false;
    const copies = copiesOf(workflow, nodes);
    onChange((old) => insertNodes(old, copies, nextPlace()));
    onSelect(copies.map((node) => node.name));
    toast({ text: fill(canvas.pasted, { n: copies.length }) });
    return true;
  };
  const move = (moved: ReadonlyMap<string, Position>) => onChange((old) => [...moved].reduce((at, [id, position]) => placeNode(at, id === TRIGGER_ID ? null : id, position), old));
  return { place, nextPlace, remove, duplicate, copyText, paste, move, tidy: () => onChange(tidy) };
}

function readNodes(text: string): readonly NodeDefinition[] | null {
  try {
    const read = JSON.parse(text) as { kind?: unknown; nodes?: unknown };
    return read.kind === MARK && Array.isArray(read.nodes) && read.nodes.length > 0 ? (read.nodes as NodeDefinition[]) : null;
  } catch {
    // Something else was copied; it is not for the canvas.
    return null;
  }
}
