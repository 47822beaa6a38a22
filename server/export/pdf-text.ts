/**
 * Text in a PDF with the fonts it needs. Noto Sans SC comes as a hundred small files, each for a range of characters: a text is
 * drawn in runs, each in the file that holds its characters, and only the glyphs used are embedded. A character that none holds is
 * drawn as a box and still copies as itself.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openWoff } from './open-woff.ts';

export type Weight = 400 | 700;

const MISSING = '□';
const ELLIPSIS = '…';

let files: { readonly dir: string; readonly namesOf: ReadonlyMap<number, readonly string[]> } | undefined;

/** For each character the files that should hold it; the Latin file comes first, so that a word is one run. */
function fontFiles(): NonNullable<typeof files> {
  if (files) return files;
  const dir = dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/files/noto-sans-sc-latin-400-normal.woff'));
  const ranges = JSON.parse(readFileSync(join(dir, '..', 'unicode.json'), 'utf8')) as Record<string, string>;
  const namesOf = new Map<number, string[]>();
  const order = Object.keys(ranges).sort((a, b) => Number(b.startsWith('latin')) - Number(a.startsWith('latin')));
  for (const name of order) {
    for (const range of (ranges[name] as string).split(',')) {
      const [from = '', to = from] = range.trim().replace('U+', '').split('-');
      for (let code = Number.parseInt(from, 16); code <= Number.parseInt(to, 16); code++) namesOf.set(code, [...(namesOf.get(code) ?? []), name.replace(/[[\]]/g, '')]);
    }
  }
  files = { dir, namesOf };
  return files;
}

const opened = new Map<string, Buffer>();

function openFont(name: string, file: string): Buffer {
  let font = opened.get(name);
  if (!font) opened.set(name, (font = openWoff(readFileSync(file))));
  return font;
}

interface Run {
  readonly font: string;
  text: string;
  width: number;
  /** What it stands for, where a box is drawn in its place. */
  readonly actual?: string;
}

export interface DrawOptions {
  readonly size: number;
  readonly weight?: Weight;
  readonly color?: string;
}

export class PdfText {
  readonly #doc: PDFKit.PDFDocument;
  readonly #registered = new Set<string>();
  readonly #fonts = new Map<string, string | undefined>();
  /** Of one unit of size. */
  readonly #widths = new Map<string, number>();

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc;
  }

  width(text: string, { size, weight = 400 }: DrawOptions): number {
    return this.#runs(text, weight).reduce((sum, run) => sum + run.width, 0) * size;
  }

  /** Broken where it must be: between Chinese characters anywhere, between words at spaces. The last line says when there was more. */
  lines(text: string, width: number, most: number, options: DrawOptions): string[] {
    const lines: string[] = [];
    const room = width / options.size;
    for (const paragraph of text.split(/\r?\n/)) {
      let line = '';
      let used = 0;
      for (const piece of paragraph.match(/[\u0021-\u024f]+|[\s\S]/gu) ?? ['']) {
        for (const part of this.#fitting(piece, room, options.weight ?? 400)) {
          const own = this.#measure(part, options.weight ?? 400);
          if (used + own > room && line !== '') {
            lines.push(line.trimEnd());
            [line, used] = ['', 0];
            if (part === ' ') continue;
          }
          line += part;
          used += own;
        }
        if (lines.length > most) break;
      }
      lines.push(line.trimEnd());
      if (lines.length > most) break;
    }
    if (lines.length <= most) return lines;
    const kept = lines.slice(0, most);
    let last = kept[most - 1] ?? '';
    while (last !== '' && this.#measure(last + ELLIPSIS, options.weight ?? 400) > room) last = [...last].slice(0, -1).join('');
    kept[most - 1] = last + ELLIPSIS;
    return kept;
  }

  draw(text: string, x: number, y: number, { size, weight = 400, color = '#1f2329' }: DrawOptions): void {
    let at = x;
    for (const { font, text: part, width, actual } of this.#runs(text, weight)) {
      this.#use(font, weight).fontSize(size).fillColor(color);
      if (actual === undefined) this.#doc.text(part, at, y, { lineBreak: false });
      else this.#drawInPlaceOf(actual, part, at, y);
      at += width * size;
    }
  }

  /** Marked with the text it stands for. The mark ends while the font still holds: readers place the text by it. */
  #drawInPlaceOf(actual: string, box: string, x: number, y: number): void {
    const doc = this.#doc as unknown as { restore: () => unknown; markContent(tag: string, options: object): void; endMarkedContent(): void };
    const { restore } = doc;
    doc.markContent('Span', { actual });
    doc.restore = () => {
      doc.restore = restore;
      doc.endMarkedContent();
      return restore.call(doc);
    };
    this.#doc.text(box, x, y, { lineBreak: false });
  }

  #runs(text: string, weight: Weight): Run[] {
    const runs: Run[] = [];
    for (const char of text) {
      const code = char.codePointAt(0) ?? 0;
      if (code < 32) continue;
      const font = this.#fontOf(code, weight);
      const last = runs.at(-1);
      const width = this.#measure(char, weight);
      if (font === undefined) runs.push({ font: this.#fontOf(MISSING.codePointAt(0) as number, weight) ?? 'latin', text: MISSING, width, actual: char });
      else if (last?.font === font && last.actual === undefined) {
        last.text += char;
        last.width += width;
      } else runs.push({ font, text: char, width });
    }
    return runs;
  }

  #measure(text: string, weight: Weight): number {
    let width = 0;
    for (const char of text) {
      const key = `${weight}${char}`;
      let own = this.#widths.get(key);
      if (own === undefined) {
        const known = this.#fontOf(char.codePointAt(0) ?? 0, weight);
        const font = known ?? this.#fontOf(MISSING.codePointAt(0) as number, weight) ?? 'latin';
        own = this.#use(font, weight).fontSize(100).widthOfString(known === undefined ? MISSING : char) / 100;
        this.#widths.set(key, own);
      }
      width += own;
    }
    return width;
  }

  /** A word longer than a line is cut wherever the line ends. */
  #fitting(piece: string, room: number, weight: Weight): string[] {
    if (piece.length < 2 || this.#measure(piece, weight) <= room) return [piece];
    return [...piece];
  }

  /** The list of ranges promises more than the files hold, so each is asked. */
  #fontOf(code: number, weight: Weight): string | undefined {
    const key = `${weight} ${code}`;
    if (!this.#fonts.has(key)) {
      const holds = (name: string): boolean => (this.#use(name, weight) as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font.font.hasGlyphForCodePoint(code);
      this.#fonts.set(key, fontFiles().namesOf.get(code)?.find(holds));
    }
    return this.#fonts.get(key);
  }

  #use(font: string, weight: Weight): PDFKit.PDFDocument {
    const name = `${font}-${weight}`;
    if (!this.#registered.has(name)) {
      this.#doc.registerFont(name, openFont(name, join(fontFiles().dir, `noto-sans-sc-${font}-${weight}-normal.woff`)));
      this.#registered.add(name);
    }
    return this.#doc.font(name);
  }
}
