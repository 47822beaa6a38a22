import { App, Button } from 'antd';
import { type ReactNode, useMemo } from 'react';

export interface Toast {
  readonly text: ReactNode;
  readonly kind?: 'success' | 'error' | 'info' | 'warning';
  /** Undo, Open: one thing to do about it. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

let count = 0;

/** Shows a short message at the top, with one action at most. */
export function useToast(): (toast: Toast) => void {
  const { message } = App.useApp();
  return useMemo(
    () =>
      ({ text, kind = 'success', action }: Toast) => {
        count += 1;
        const key = `toast-${count}`;
        void message.open({
          key,
          type: kind,
          duration: action || kind === 'error' ? 7 : 3,
          content: (
            <span className="toast">
              {text}
              {action ? (
                <Button
                  size="small"
                  type="link"
                  onClick={() => {
                    message.destroy(key);
                    action.run();
                  }}
                >
                  {action.label}
                </Button>
              ) : null}
            </span>
          ),
        });
      },
    [message],
  );
}
