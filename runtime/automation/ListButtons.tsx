import { ThunderboltOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTableButtons } from '../api/workflows.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useWorkflowStart } from './use-workflow-start.ts';

/** Workflows that may be started for the records selected in a list. */
export function ListButtons({ table, ids, onStarted }: { table: string; ids: readonly string[]; onStarted: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const start = useWorkflowStart(table);
  const buttons = useTableButtons(table).filter(({ place }) => place !== 'record');
  const [first, ...rest] = buttons;
  if (!first) return null;
  const icon = <ThunderboltOutlined aria-hidden="true" />;
  if (rest.length === 0) {
    return (
      <Button type="text" icon={icon} onClick={() => start(first, ids, onStarted)}>
        {label(first.label)}
      </Button>
    );
  }
  return (
    <Dropdown trigger={['click']} placement="top" menu={{ items: buttons.map((button) => ({ key: button.workflow, label: label(button.label), onClick: () => start(button, ids, onStarted) })) }}>
      <Button type="text" icon={icon}>
        {t('automation.title')}
      </Button>
    </Dropdown>
  );
}
