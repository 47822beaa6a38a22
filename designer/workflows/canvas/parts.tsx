/** What stands on the canvas: cards, the ends of paths, the area of a block, and the lines between. */
import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled, CloseOutlined, ExclamationCircleFilled, PlusOutlined, RollbackOutlined, WarningFilled } from '@ant-design/icons';
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { Tooltip } from 'antd';
import type { Label } from '#engine/errors.ts';
import { NODE_TYPES, nodeTypeOf } from '#engine/workflows/nodes/index.ts';
import type { StepState } from '#engine/workflows/reports.ts';
import { labelOf } from '#engine/workflows/scope.ts';
import { TRIGGER_TYPES, triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { fill } from '../../i18n/index.ts';
import { NodeIcon, TriggerIcon } from '../StepIcon.tsx';
import { useWorkflowTexts } from '../texts.ts';
import { useCanvas } from './canvas-context.ts';
import type { Block, Card, End, Line } from './layout.ts';
import { placeId } from './layout.ts';
import { linePath } from './line-path.ts';
import type { CanvasState } from './canvas-context.ts';

export type CardNode = Node<{ card: Card }, 'card'>;
export type EndNode = Node<{ end: End }, 'end'>;
export type BlockNode = Node<{ block: Block }, 'block'>;
export type LineEdge = Edge<{ line: Line }, 'line'>;

/** What a card says: the kind of step, unless it has a name of its own, and below it what it does in words. */
export function cardWords({ node }: Card, { workflow, words }: Pick<CanvasState, 'workflow' | 'words'>): { readonly title: Label; readonly summary: Label } {
  const nothing = { 'zh-CN': '', en: '' };
  if (!node) {
    const { trigger } = workflow;
    if (!Object.hasOwn(TRIGGER_TYPES, trigger.type)) return { title: { 'zh-CN': trigger.type, en: trigger.type }, summary: nothing };
    const type = triggerTypeOf(trigger);
    return { title: type.label, summary: type.summary(trigger, words) };
  }
  return { title: labelOf(node), summary: Object.hasOwn(NODE_TYPES, node.type) ? nodeTypeOf(node).summary(node, words) : nothing };
}

const MARKS: Readonly<Record<StepState, typeof CheckCircleFilled>> = { done: CheckCircleFilled, waiting: ClockCircleFilled, ready: ClockCircleFilled, failed: CloseCircleFilled, cancelled: CloseCircleFilled };

export function StepCard({ data: { card }, selected }: NodeProps<CardNode>) {
  const label = useLabel();
  const { canvas } = useWorkflowTexts();
  const state = useCanvas();
  const { title, summary } = cardWords(card, state);
  const text = label(summary);
  const found = state.problems.get(card.id);
  const trace = state.trace?.cards.get(card.id);
  const Mark = trace && card.node ? MARKS[trace.state] : undefined;
  const classes = ['step-card', card.node ? '' : 'step-start', selected ? 'step-selected' : '', card.isLoose ? 'step-loose' : '', found?.problems ? 'step-wrong' : '', state.trace ? (trace ? `step-${trace.state}` : 'step-untouched') : ''];
  const drawn = (
    <div className={classes.filter(Boolean).join(' ')} data-drop={card.id}>
      {card.node ? <Handle type="target" position={Position.Top} isConnectable={state.canEdit} isConnectableStart={false} /> : null}
      {card.node ? <NodeIcon node={card.node} /> : <TriggerIcon trigger={state.workflow.trigger} />}
      <div className="step-text">
        <strong className="ellipsis">{label(title)}</strong>
        <span className="step-summary" title={text}>
          {text}
        </span>
      </div>
      {Mark ? (
        <span className={`step-mark step-mark-${trace?.state}`}>
          {trace && trace.times > 1 ? fill(canvas.times, { n: trace.times }) : null} <Mark aria-hidden="true" />
        </span>
      ) : null}
      {found && !state.trace ? (
        <Tooltip title={found.problems > 0 ? fill(canvas.problem, { n: found.problems }) : fill(canvas.warning, { n: found.warnings })}>
          <span className={found.problems > 0 ? 'step-badge' : 'step-badge step-badge-soft'}>{found.problems > 0 ? <ExclamationCircleFilled aria-hidden="true" /> : <WarningFilled aria-hidden="true" />}</span>
        </Tooltip>
      ) : null}
      {card.isLoose ? <span className="step-tag">{canvas.loose}</span> : null}
      {card.exits.map((exit) => (
        <Handle key={exit.port.name} id={exit.port.name} type="source" position={Position.Bottom} style={{ left: exit.x }} isConnectable={state.canEdit} isConnectableEnd={false} className={`step-exit step-exit-${exit.port.kind ?? 'plain'}`} />
      ))}
    </div>
  );
  if (!trace || trace.output === null) return drawn;
  return (
    <Tooltip placement="right" title={<pre className="step-output">{JSON.stringify(trace.output, null, 1)}</pre>}>
      {drawn}
    </Tooltip>
  );
}

/** A circle where a path ends: a click puts a node there. */
export function PathEnd({ data: { end } }: NodeProps<EndNode>) {
  const label = useLabel();
  const { canvas } = useWorkflowTexts();
  const { canEdit, onInsert, workflow } = useCanvas();
  const block = end.back === null ? undefined : workflow.nodes.find((node) => node.name === end.back);
  const what = block ? fill(canvas.back, { name: label(labelOf(block)) }) : canvas.end;
  const mark = block ? <RollbackOutlined aria-hidden="true" /> : <span className="path-stop" />;
  return (
    <Tooltip title={canEdit ? `${canvas.insert} · ${what}` : what} mouseEnterDelay={0.4}>
      <div className="path-end" data-place={placeId(end.place)}>
        <Handle type="target" position={Position.Top} isConnectable={false} />
        {canEdit ? (
          <button type="button" className="nodrag nopan path-add" aria-label={`${canvas.insert} (${what})`} onClick={(event) => onInsert(end.place, event.currentTarget.getBoundingClientRect())}>
            <PlusOutlined aria-hidden="true" />
          </button>
        ) : (
          <span className="path-mark">{mark}</span>
        )}
        {block ? <span className="path-back">{<RollbackOutlined aria-hidden="true" />}</span> : null}
      </div>
    </Tooltip>
  );
}

export function BlockArea({ data: { block } }: NodeProps<BlockNode>) {
  return <div className={`block-area block-${block.depth % 2}`} style={{ width: block.width, height: block.height }} />;
}

export function FlowLine({ data, sourceX, sourceY, targetX, targetY, markerEnd }: EdgeProps<LineEdge>) {
  const label = useLabel();
  const { canvas } = useWorkflowTexts();
  const { canEdit, onInsert, onCut, trace } = useCanvas();
  if (!data) return null;
  const { line } = data;
  const { path, label: at } = linePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, line.through);
  const isEnd = line.to.startsWith('end:');
  const taken = trace?.lines.has(line.id) ?? false;
  const classes = ['flow-line', `flow-${line.kind}`, trace ? (taken ? 'flow-taken' : 'flow-untaken') : ''];
  return (
    <>
      <BaseEdge path={path} className={classes.filter(Boolean).join(' ')} {...(markerEnd && !isEnd && { markerEnd })} />
      <EdgeLabelRenderer>
        <div className={`flow-label nodrag nopan flow-label-${line.kind}${taken ? ' flow-label-taken' : ''}`} style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }} data-place={line.id}>
          {line.label ? <span className="flow-name">{label(line.label)}</span> : null}
          {canEdit && !isEnd ? (
            <>
              <Tooltip title={canvas.insert} mouseEnterDelay={0.4}>
                <button type="button" className="flow-add" aria-label={canvas.insert} onClick={(event) => onInsert(line.place, event.currentTarget.getBoundingClientRect())}>
                  <PlusOutlined aria-hidden="true" />
                </button>
              </Tooltip>
              <Tooltip title={canvas.cut} mouseEnterDelay={0.4}>
                <button type="button" className="flow-cut" aria-label={canvas.cut} onClick={() => onCut(line.place)}>
                  <CloseOutlined aria-hidden="true" />
                </button>
              </Tooltip>
            </>
          ) : null}
        </div>
      </EdgeLabelRenderer>
    </>
  );
}
