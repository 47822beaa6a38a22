/** Why one sees a record: the rules that open it, in words. */
import { List, Modal } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { explainAccess } from '../api/sharing.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel } from '../app/i18n/index.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { useSharingTexts } from './texts.ts';

export function WhyDialog({ table, id, onClose }: { table: string; id: string; onClose: () => void }) {
  const texts = useSharingTexts();
  const label = useLabel();
  const why = useQuery({ queryKey: ['why', table, id], queryFn: () => explainAccess(table, id), staleTime: 0 });
  return (
    <Modal open width={480} title={texts.whyTitle} footer={null} onCancel={onClose}>
      {why.isPending ? (
        <BlockSkeleton />
      ) : why.data ? (
        <>
          <List
            size="small"
            dataSource={[...why.data]}
            locale={{ emptyText: texts.whyNone }}
            renderItem={({ role, reason }) => (
              <List.Item>
                <div>
                  {label(reason)}
                  {role ? <div className="quiet">{fill(texts.whyRole, { role: label(role) })}</div> : null}
                </div>
              </List.Item>
            )}
          />
          <p className="quiet">{texts.whyHint}</p>
        </>
      ) : (
        <ErrorState error={why.error} onRetry={() => void why.refetch()} />
      )}
    </Modal>
  );
}
