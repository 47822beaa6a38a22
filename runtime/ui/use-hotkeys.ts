import { useEffect, useRef } from 'react';

export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role="listbox"],[role="combobox"]') !== null);
}

function isCovered(): boolean {
  return document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null;
}

/**
 * Single keys while nobody types and nothing covers the page; `mod+k` (Ctrl or Command) works everywhere.
 * Names are those of `KeyboardEvent.key`, in lower case.
 */
export function useHotkeys(keys: Hotkeys, options: { covered?: boolean } = {}): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const { covered = false } = options;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (event.altKey || event.isComposing) return;
      const action = latest.current[mod ? `mod+${event.key.toLowerCase()}` : event.key.toLowerCase()];
      if (!action || (!mod && (isTyping(event.target) || (!covered && isCovered())))) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [covered]);
}
