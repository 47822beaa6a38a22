/** What is selected in the form designer. */
export type Selection =
  | { readonly kind: 'form' }
  | { readonly kind: 'tab'; readonly tab: string }
  | { readonly kind: 'section'; readonly section: string }
  | { readonly kind: 'entry'; readonly section: string; readonly index: number };

export function isSelected(selection: Selection, other: Selection): boolean {
  return JSON.stringify(selection) === JSON.stringify(other);
}
