/** JSON to be read by people and compared line by line: what fits on a line stands on one, lists of words are filled, else one entry a line. */

const WIDTH = 160;
const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/g;

export function printJson(value: unknown): string {
  return `${print(value, 0, 0, true)}\n`;
}

/** `taken`: what stands before the value on its line, its comma counted in. */
function print(value: unknown, indent: number, taken: number, open = false): string {
  const line = oneLine(value);
  if (value === null || typeof value !== 'object' || (!open && indent + taken + columns(line) <= WIDTH)) return line;
  const inner = indent + 2;
  const [margin, end] = [' '.repeat(inner), ' '.repeat(indent)];
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const lines = value.every(isWord) ? filled(value, WIDTH - inner) : value.map((item) => print(item, inner, 1));
    return `[\n${margin}${lines.join(`,\n${margin}`)}\n${end}]`;
  }
  const entries = Object.entries(value).map(([key, item]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${name}${print(item, inner, name.length + 1)}`;
  });
  return entries.length === 0 ? '{}' : `{\n${margin}${entries.join(`,\n${margin}`)}\n${end}}`;
}

/** A Chinese character is as wide as two letters. */
function columns(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function isWord(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

function filled(words: readonly unknown[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words.map((item) => JSON.stringify(item))) {
    const last = lines.at(-1);
    if (last !== undefined && columns(last) + columns(word) + 3 <= width) lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(word);
  }
  return lines;
}
