import type { MouseEvent } from 'react';

/** Links inside a preview lead nowhere: a click on one would leave the designer. */
export function noLeaving(event: MouseEvent): void {
  if ((event.target as HTMLElement).closest('a[href]')) {
    event.preventDefault();
    event.stopPropagation();
  }
}
