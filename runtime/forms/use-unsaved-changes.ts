import { App } from 'antd';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

/** Asks before typed input is lost, whichever way one leaves. Returns a guard for buttons that close. */
export function useUnsavedChanges(dirty: boolean): (leave: () => void) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname);

  const ask = useCallback(
    (onLeave: () => void, onStay: () => void) =>
      modal.confirm({
        title: t('form.leaveTitle'),
        content: t('form.leaveText'),
        okText: t('action.discard'),
        okButtonProps: { danger: true },
        cancelText: t('action.stay'),
        onOk: onLeave,
        onCancel: onStay,
      }),
    [modal, t],
  );

  useEffect(() => {
    if (blocker.state === 'blocked') ask(() => blocker.proceed(), () => blocker.reset());
  }, [blocker, ask]);

  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);

  return useCallback((leave: () => void) => (dirty ? void ask(leave, () => undefined) : leave()), [dirty, ask]);
}
