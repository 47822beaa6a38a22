import { ThunderboltOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRecordWorkflows } from '../api/workflows.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useWorkflowStart } from './use-workflow-start.ts';

/** Workflows that one may start on this record, beside its actions. */
export function RecordButtons({ table, id }: { table: string; id: string }) {
  const label = useLabel();
  const start = useWorkflowStart(table);
  const buttons = (useRecordWorkflows(table, id).data?.buttons ?? []).filter(({ place }) => place !== 'list');
  return (
    <>
      {buttons.map((button) => (
        <Button key={button.workflow} icon={<ThunderboltOutlined aria-hidden="true" />} onClick={() => start(button, [id])}>
          {label(button.label)}
        </Button>
      ))}
    </>
  );
}
