/** All tables and how they hang together: zoomed, moved, found, clicked to be opened. */
import '@xyflow/react/dist/style.css';
import { Background, Controls, type Edge, Handle, MarkerType, MiniMap, type Node, type NodeProps, Position, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { Select } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useAppearance } from '#runtime/app/appearance.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ModelIcon } from '#runtime/ui/ModelIcon.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { tablePath } from '../paths.ts';
import { typeOf } from '../settings/field-choices.ts';
import { PaneHead } from '../shell/Panes.tsx';
import { CARD_WIDTH, layOut, type LinkKind, type TableCard, type TableLink } from './diagram-graph.ts';

type CardNode = Node<{ card: TableCard }, 'table'>;

function Card({ data: { card } }: NodeProps<CardNode>) {
  const texts = useTexts();
  const label = useLabel();
  const { table } = card;
  const name = label(table.label);
  return (
    <div className="diagram-card" style={{ width: CARD_WIDTH, height: card.height }}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
      <header>
        <ModelIcon name={table.icon} label={name} /> <strong className="ellipsis">{name}</strong>
      </header>
      <ul>
        {card.fields.map((field) => (
          <li key={field.name}>
            <span className={field.required ? 'ellipsis required-label' : 'ellipsis'}>{label(field.label)}</span>
            <span className="quiet ellipsis">{label(typeOf(field)?.label ?? field.label)}</span>
          </li>
        ))}
        {card.more > 0 ? <li className="quiet">{fill(texts.diagram.more, { count: card.more })}</li> : null}
      </ul>
    </div>
  );
}

const NODE_TYPES = { table: Card };

function toEdge({ from, to, field, kind }: TableLink, text: string, marks: Readonly<Record<LinkKind, string>>): Edge {
  return {
    id: `${from}.${field.name}`,
    source: from,
    target: to,
    label: marks[kind] ? `${text} · ${marks[kind]}` : text,
    className: `diagram-edge diagram-${kind}`,
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
    ...(kind === 'many' && { markerStart: { type: MarkerType.ArrowClosed, width: 16, height: 16, orient: 'auto-start-reverse' } }),
  };
}

function Diagram() {
  const texts = useTexts();
  const label = useLabel();
  const navigate = useNavigate();
  const appearance = useAppearance();
  const { model, definitions } = useDraft();
  const flow = useReactFlow();
  const graph = useMemo(() => layOut(model), [model]);
  const nodes = useMemo<CardNode[]>(
    () =>
      graph.cards.map((card) => ({
        id: card.table.name, type: 'table', position: { x: card.x, y: card.y }, data: { card }, width: CARD_WIDTH, height: card.height, draggable: false, connectable: false,
        ariaLabel: label(card.table.label),
      })),
    [graph, label],
  );
  const edges = useMemo(() => graph.links.map((link) => toEdge(link, label(link.field.label), { one: '', many: texts.diagram.many, lines: texts.diagram.lines })), [graph, label, texts]);
  const open = (name: string) => {
    if (definitions.tables.some((table) => table.name === name)) void navigate(tablePath(name));
  };
  return (
    <div className="diagram-page">
      <PaneHead
        title={texts.diagram.title}
        note={texts.diagram.hint}
        extra={
          <Select
            className="pane-search"
            showSearch={{ optionFilterProp: 'label' }}
            value={null}
            placeholder={texts.diagram.find}
            aria-label={texts.diagram.find}
            options={graph.cards.map(({ table }) => ({ value: table.name, label: label(table.label) }))}
            onChange={(name: string | null) => (name ? void flow.fitView({ nodes: [{ id: name }], duration: 300, maxZoom: 1.2 }) : undefined)}
          />
        }
      />
      {graph.cards.length === 0 ? (
        <EmptyState title={texts.diagram.empty} />
      ) : (
        <div className="diagram">
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            colorMode={appearance}
            fitView
            fitViewOptions={{ padding: 0.04 }}
            minZoom={0.1}
            maxZoom={2}
            nodesDraggable={false}
            nodesConnectable={false}
            edgesFocusable={false}
            onNodeClick={(_, node) => open(node.id)}
            onKeyDown={(event) => {
              const id = (event.target as HTMLElement).closest('.react-flow__node')?.getAttribute('data-id');
              if (id && (event.key === 'Enter' || event.key === ' ')) open(id);
            }}
            proOptions={{ hideAttribution: true }}
          >
            <Background gap={20} />
            <Controls showInteractive={false} />
            <MiniMap pannable zoomable />
          </ReactFlow>
        </div>
      )}
    </div>
  );
}

export function DiagramPage() {
  return (
    <ReactFlowProvider>
      <Diagram />
    </ReactFlowProvider>
  );
}
