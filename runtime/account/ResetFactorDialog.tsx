import { Modal } from 'antd';
import { useState } from 'react';
import { resetSecondFactor } from '../api/accounts.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { useAccountTexts } from './texts.ts';

/** For a colleague who lost the phone and the recovery codes. */
export function ResetFactorDialog({ userId, name, onClose }: { userId: string; name: string; onClose: () => void }) {
  const texts = useAccountTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const reset = async () => {
    setBusy(true);
    await resetSecondFactor(userId).then(
      () => toast({ text: texts.resetDone }),
      (error: unknown) => toast({ kind: 'error', text: errorText(error) }),
    );
    onClose();
  };
  return (
    <Modal open title={texts.resetAsk(name)} okText={texts.reset} okButtonProps={{ danger: true, loading: busy }} cancelText={texts.cancel} onCancel={onClose} onOk={() => void reset()}>
      {texts.resetHint}
    </Modal>
  );
}
