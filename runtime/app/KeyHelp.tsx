import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const KEYS = [
  ['Ctrl K', 'search'], ['n', 'new'], ['/', 'filter'], ['j', 'down'], ['k', 'up'], ['Enter', 'open'], ['x', 'select'], ['e', 'edit'], ['Esc', 'close'], ['?', 'help'],
] as const;

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('app.keys')} width={400}>
      <dl className="key-list">
        {KEYS.map(([key, name]) => (
          <div key={key}>
            <dt>{t(`keys.${name}`)}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
