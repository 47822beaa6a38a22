/** Before a workflow goes live: a dry run, a look back, and what a date would set off. The canvas stays in sight beside it. */
import { CloseOutlined } from '@ant-design/icons';
import { Drawer, Tabs } from 'antd';
import { useEffect } from 'react';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useTexts } from '../../i18n/index.ts';
import type { Trace } from '../canvas/trace.ts';
import { useRunTexts } from '../runs/texts.ts';
import { BackTest } from './BackTest.tsx';
import { DryRun } from './DryRun.tsx';
import { Simulation } from './SimulateTab.tsx';
import './trial.css';

interface TestDrawerProps {
  readonly workflow: WorkflowDefinition;
  /** Colours the way taken on the canvas. */
  readonly onTrace: (trace: Trace | null) => void;
  readonly onShow: (card: string) => void;
  readonly onClose: () => void;
}

export function TestDrawer({ workflow, onTrace, onShow, onClose }: TestDrawerProps) {
  const { test: texts } = useRunTexts();
  const { shell } = useTexts();
  const phone = usePhone();
  useEffect(() => () => onTrace(null), [onTrace]);
  const body = (
    <Tabs
      items={[
        { key: 'dry', label: texts.dry, children: <DryRun workflow={workflow} onTrace={onTrace} onShow={onShow} /> },
        { key: 'back', label: texts.back, children: <BackTest workflow={workflow} /> },
        { key: 'simulate', label: texts.simulate, children: <Simulation workflow={workflow} /> },
      ]}
    />
  );
  if (phone) {
    return (
      <Drawer open title={texts.title} placement="bottom" size="88%" onClose={onClose}>
        {body}
      </Drawer>
    );
  }
  return (
    <aside className="pane-side test-side" aria-label={texts.title}>
      <header>
        <h2>{texts.title}</h2>
        <IconButton size="small" label={shell.close} icon={<CloseOutlined aria-hidden="true" />} onClick={onClose} />
      </header>
      <div className="pane-content">{body}</div>
    </aside>
  );
}
