import { useEffect } from 'react';

/** What is typed there is not part of the draft: the browser's own undo holds. */
const ELSEWHERE = '.ant-modal, .tree-search, .pane-search, .palette, .type-picker, .formula-try';

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) over the whole designer. */
export function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])') || (event.target instanceof Element && event.target.closest(ELSEWHERE))) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [undo, redo]);
}
