/** The canvas of a workflow: seen, moved about in and, with `onChange`, edited. */
import '@xyflow/react/dist/style.css';
import { Background, BackgroundVariant, type Connection, Controls, MiniMap, type NodeChange, ReactFlow, type ReactFlowInstance, ReactFlowProvider } from '@xyflow/react';
import { Popover } from 'antd';
import { type DragEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { connect, type Place, placeAfter, placeNode, type Position } from '#engine/changes/edit-workflows.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { Words } from '#engine/workflows/node-type.ts';
import type { NodeTypeName } from '#engine/workflows/nodes/index.ts';
import { TRIGGER_TYPES, triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { useAppearance } from '#runtime/app/appearance.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useWorkflowTexts } from '../texts.ts';
import { CanvasContext, type CanvasState, type Problems } from './canvas-context.ts';
import { type AnyNode, placeFromId, toEdges, toNodes } from './canvas-nodes.ts';
import { CanvasTools } from './CanvasTools.tsx';
import { CARD_HEIGHT, CARD_WIDTH, cardBeside, type Direction, layOut, TRIGGER_ID } from './layout.ts';
import { DRAGGED, NodePicker } from './NodePicker.tsx';
import { BlockArea, cardWords, FlowLine, type LineEdge, PathEnd, StepCard } from './parts.tsx';
import { type Trace, withBodies } from './trace.ts';
import { type ChangeWorkflow, useCanvasEdits } from './use-canvas-edits.ts';

const CARDS = { card: StepCard, end: PathEnd, block: BlockArea };
const LINES = { line: FlowLine };
const ARROWS: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };
/** Below this a card cannot be read: the beginning is shown instead of the whole. */
const LEAST_ZOOM = 0.7;
const TOP_MARGIN = 40;
const NO_PROBLEMS: ReadonlyMap<string, Problems> = new Map();
const READ_ONLY: ChangeWorkflow = () => undefined;

interface CanvasProps {
  readonly workflow: WorkflowDefinition;
  readonly words: Words;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: readonly string[]) => void;
  readonly problems?: ReadonlyMap<string, Problems>;
  readonly trace?: Trace | null;
  /** Absent: to look at only. */
  readonly onChange?: ChangeWorkflow | undefined;
  /** Brought into sight whenever `round` changes. */
  readonly show?: { readonly id: string; readonly round: number } | null;
}

export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <InnerCanvas {...props} />
    </ReactFlowProvider>
  );
}

export function runsInsideSave({ trigger }: WorkflowDefinition): boolean {
  return Object.hasOwn(TRIGGER_TYPES, trigger.type) && triggerTypeOf(trigger).insideSave?.(trigger) === true;
}

function InnerCanvas({ workflow, words, selected, onSelect, problems = NO_PROBLEMS, trace = null, onChange, show = null }: CanvasProps) {
  const texts = useWorkflowTexts();
  const label = useLabel();
  const appearance = useAppearance();
  const [flow, setFlow] = useState<ReactFlowInstance<AnyNode, LineEdge> | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<ReadonlyMap<string, Position>>(new Map());
  const [inserting, setInserting] = useState<{ readonly place: Place; readonly at: DOMRect } | null>(null);
  const edits = useCanvasEdits({ workflow, selected, onSelect, onChange: onChange ?? READ_ONLY });
  const canEdit = onChange !== undefined;

  const shown = useMemo(() => [...dragged].reduce((at, [id, position]) => placeNode(at, id === TRIGGER_ID ? null : id, position), workflow), [workflow, dragged]);
  const layout = useMemo(() => layOut(shown), [shown]);
  const full = useMemo(() => trace && withBodies(trace, layout.lines.filter((line) => line.kind === 'body').map((line) => ({ place: line.place, to: line.to }))), [trace, layout]);
  const nodes = useMemo(() => toNodes(layout, { selected, canEdit, nameOf: (card) => Object.values(cardWords(card, { workflow, words })).map(label).join(': ') }), [layout, selected, canEdit, workflow, words, label]);
  const edges = useMemo(() => toEdges(layout, full), [layout, full]);
  const state = useMemo<CanvasState>(
    () => ({ workflow: shown, words, problems, trace: full, canEdit, onInsert: (place, at) => setInserting({ place, at }), onCut: (place) => onChange?.((old) => connect(old, place, undefined)) }),
    [shown, words, problems, full, canEdit, onChange],
  );

  const bringIntoSight = (id: string) => {
    const card = layout.cards.find((own) => own.id === id);
    if (card && flow) void flow.setCenter(card.position.x + CARD_WIDTH / 2, card.position.y + CARD_HEIGHT / 2, { zoom: Math.max(flow.getZoom(), 0.8), duration: 200 });
  };
  useEffect(() => {
    if (show && flow) bringIntoSight(show.id);
    // Only when it is asked for, not whenever the layout changes.
  }, [show, flow]);

  // The way that was taken is what one wants to see.
  const way = trace ? [...trace.cards.keys()].join(' ') : '';
  useEffect(() => {
    if (way !== '' && flow) void flow.fitView({ nodes: way.split(' ').map((id) => ({ id })), padding: 0.12, minZoom: LEAST_ZOOM, maxZoom: 1, duration: 200 });
  }, [way, flow]);

  // One that was just put in or chosen may stand outside of what is seen.
  const chosen = selected.size === 1 ? ([...selected][0] ?? '') : '';
  useEffect(() => {
    const card = layout.cards.find((own) => own.id === chosen);
    const view = frame.current?.getBoundingClientRect();
    if (!card || !flow || !view) return;
    const from = flow.flowToScreenPosition(card.position);
    const to = flow.flowToScreenPosition({ x: card.position.x + CARD_WIDTH, y: card.position.y + CARD_HEIGHT });
    if (from.x < view.left || from.y < view.top || to.x > view.right || to.y > view.bottom) bringIntoSight(chosen);
    // Moving about afterwards is the administrator's own.
  }, [chosen, flow]);

  const onInit = (instance: ReactFlowInstance<AnyNode, LineEdge>) => {
    setFlow(instance);
    void instance.fitView({ padding: 0.12, maxZoom: 1 }).then(() => {
      // What is asked to be seen leads over the whole.
      if (show || way !== '' || !frame.current) return;
      const { width } = frame.current.getBoundingClientRect();
      const { x, zoom } = instance.getViewport();
      const readable = width < 500 ? 0.75 : 0.9;
      const top = Math.min(...layout.cards.map((card) => card.position.y));
      // Begins at the top, and no smaller than one can read.
      void instance.setViewport(zoom < LEAST_ZOOM ? { x: width / 2, y: TOP_MARGIN - top * readable, zoom: readable } : { x, y: TOP_MARGIN - top * zoom, zoom });
    });
  };
  const onNodesChange = (changes: readonly NodeChange<AnyNode>[]) => {
    const marks = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
    if (marks.length > 0) {
      const next = new Set(selected);
      for (const { id, selected: on } of marks) {
        if (on) next.add(id);
        else next.delete(id);
      }
      onSelect([...next]);
    }
    const moved = changes.flatMap((change) => (change.type === 'position' && change.dragging && change.position ? [[change.id, change.position] as const] : []));
    if (moved.length > 0) setDragged((old) => new Map([...old, ...moved]));
  };
  const onDragStop = () => {
    if (dragged.size > 0) edits.move(dragged);
    setDragged(new Map());
  };
  const onConnect = ({ source, target, sourceHandle }: Connection) => {
    if (target === TRIGGER_ID || target.startsWith('end:')) return;
    onChange?.((old) => connect(old, source === TRIGGER_ID ? { node: null, port: 'next' } : { node: source, port: sourceHandle ?? '' }, target));
  };
  const onDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(DRAGGED) as NodeTypeName | '';
    if (!type || !flow) return;
    event.preventDefault();
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    const place = under.map((element) => element.closest('[data-place]')?.getAttribute('data-place')).find((id) => id);
    const card = under.map((element) => element.closest('[data-drop]')?.getAttribute('data-drop')).find((id) => id);
    if (place) edits.place(type, placeFromId(place));
    else if (card) edits.place(type, placeAfter(workflow, card === TRIGGER_ID ? null : card));
    else {
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      edits.place(type, null, { x: at.x - CARD_WIDTH / 2, y: at.y - CARD_HEIGHT / 2 });
    }
  };
  const focusCard = (id: string) => {
    onSelect([id]);
    bringIntoSight(id);
    setTimeout(() => frame.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.nativeEvent.isComposing || target.closest('input, textarea, .node-picker')) return;
    const here = target.closest('.react-flow__node')?.getAttribute('data-id') ?? [...selected][0] ?? TRIGGER_ID;
    const ctrl = event.ctrlKey || event.metaKey;
    const direction = ARROWS[event.key];
    if (direction && !ctrl) {
      const next = cardBeside(layout.cards, here, direction);
      if (next) focusCard(next);
    } else if (event.key === 'Escape') onSelect([]);
    else if ((event.key === 'Enter' || event.key === ' ') && target.classList.contains('react-flow__node')) onSelect(event.shiftKey ? [...selected, here] : [here]);
    else if (ctrl && event.key.toLowerCase() === 'a') onSelect(layout.cards.map((card) => card.id));
    else if (canEdit && ctrl && event.key.toLowerCase() === 'd') edits.duplicate();
    else if (canEdit && (event.key === 'Delete' || event.key === 'Backspace')) edits.remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <CanvasContext value={state}>
      <div
        className="flow-canvas"
        ref={frame}
        onKeyDown={onKeyDown}
        onCopy={(event) => {
          const text = edits.copyText();
          if (text === null) return;
          event.clipboardData.setData('text/plain', text);
          event.preventDefault();
        }}
        onPaste={(event) => {
          if (canEdit && edits.paste(event.clipboardData.getData('text/plain'))) event.preventDefault();
        }}
        onDragOver={(event) => {
          if (canEdit && event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
        }}
        onDrop={onDrop}
      >
        <ReactFlow<AnyNode, LineEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={CARDS}
          edgeTypes={LINES}
          colorMode={appearance}
          onInit={onInit}
          onNodesChange={onNodesChange}
          onNodeDragStop={onDragStop}
          onSelectionDragStop={onDragStop}
          onConnect={onConnect}
          aria-label={texts.canvas.canvas}
          minZoom={0.15}
          maxZoom={1.6}
          nodesDraggable={canEdit}
          nodesConnectable={canEdit}
          nodeDragThreshold={4}
          panOnScroll
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
          <Controls showInteractive={false} />
          {layout.cards.length > 7 ? <MiniMap pannable zoomable style={{ width: 132, height: 96 }} /> : null}
          {canEdit ? <CanvasTools count={[...selected].filter((id) => id !== TRIGGER_ID).length} isPlaced={isPlaced(workflow)} onDuplicate={edits.duplicate} onRemove={edits.remove} onTidy={edits.tidy} /> : null}
        </ReactFlow>
        {inserting ? (
          <Popover
            open
            trigger="click"
            placement="rightTop"
            destroyOnHidden
            onOpenChange={(open) => (open ? undefined : setInserting(null))}
            content={
              <NodePicker
                takesFocus
                insideSave={runsInsideSave(workflow)}
                onPick={(type) => {
                  edits.place(type, inserting.place);
                  setInserting(null);
                }}
              />
            }
          >
            <span className="flow-anchor" style={{ left: inserting.at.left, top: inserting.at.top, width: inserting.at.width, height: inserting.at.height }} />
          </Popover>
        ) : null}
      </div>
    </CanvasContext>
  );
}

function isPlaced({ trigger, nodes }: WorkflowDefinition): boolean {
  return trigger.position !== undefined || nodes.some((node) => node.position !== undefined);
}
