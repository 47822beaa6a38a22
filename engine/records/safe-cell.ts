/**
 * Cells of a text file that a spreadsheet would run as a formula get a leading apostrophe, and lose it again on import: what
 * goes out and comes back is what it was. Plain numbers and telephone numbers stay as they are.
 */
const TRIGGER = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;
const PLAIN = /^[+-]?\d[\d\s().,-]*%?$/;

export function safeCell(text: string): string {
  return (TRIGGER.test(text) && !PLAIN.test(text)) || /^'+[\s\0]*[=+\-@＝＋－＠\t\r\n\0]/.test(text) ? `'${text}` : text;
}

export function unsafeCell(text: string): string {
  return text.startsWith("'") && safeCell(text.slice(1)) === text ? text.slice(1) : text;
}
