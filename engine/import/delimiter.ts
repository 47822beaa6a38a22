/** The character that separates the cells of a text file: the one that gives most lines the same number of cells. */
export const DELIMITERS = [',', '\t', ';', '|', '，'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export function findDelimiter(text: string): Delimiter {
  const lines = splitLines(text.slice(0, 64_000)).filter((line) => line.trim() !== '').slice(0, 60);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => countOutsideQuotes(line, delimiter));
    const usual = mostFrequent(counts.filter((count) => count > 0));
    const agreeing = counts.filter((count) => count === usual).length;
    // More cells decide only between candidates that fit equally many lines.
    const score = usual === 0 ? 0 : agreeing / lines.length + Math.min(usual, 50) / 1000;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** Lines, where a line break inside quotes does not end one. */
function splitLines(text: string): string[] {
  const lines: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '"') quoted = !quoted;
    else if (text[index] === '\n' && !quoted) {
      lines.push(text.slice(start, index));
      start = index + 1;
    }
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

function countOutsideQuotes(line: string, delimiter: string): number {
  let count = 0;
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) count++;
  }
  return count;
}

function mostFrequent(counts: readonly number[]): number {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  let [best, times] = [0, 0];
  for (const [count, occurrences] of frequency) if (occurrences > times) [best, times] = [count, occurrences];
  return best;
}
