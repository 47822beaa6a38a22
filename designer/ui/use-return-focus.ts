import { useEffect } from 'react';

/** A dialog that is drawn only while it is open gives the focus back to where it came from. */
export function useReturnFocus(): void {
  useEffect(() => {
    const from = document.activeElement;
    return () => {
      // The dialog is gone from the page only after this.
      setTimeout(() => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const back = from instanceof HTMLElement && from.isConnected && from !== document.body ? from : document.getElementById('content');
        back?.focus({ preventScroll: true });
      }, 50);
    };
  }, []);
}
