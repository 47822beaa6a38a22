/** Puts the cursor where typing begins once a dialog has opened, unless somebody quicker already types in another of its inputs. */
export function beginTyping(input: HTMLElement | null | undefined): void {
  const current = document.activeElement;
  const typing = current?.matches('input, textarea, [contenteditable="true"]') && input?.closest('[role="dialog"]')?.contains(current);
  if (!typing) input?.focus();
}
