import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PdfText } from './pdf-text.ts';

describe('text in a PDF', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'relata-pdf-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  async function copied(draw: (text: PdfText) => void): Promise<{ text: string; size: number }> {
    const file = join(dir, 'a.pdf');
    const doc = new PDFDocument({ size: 'A4' });
    const stream = createWriteStream(file);
    doc.pipe(stream);
    draw(new PdfText(doc));
    doc.end();
    await finished(stream);
    return { text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }), size: statSync(file).size };
  }

  it('copies as the same text, also where the font lacks a character', async () => {
    const { text, size } = await copied((pdf) => {
      pdf.draw('北京朝阳区𠮷野家（有限公司）㈱', 40, 60, { size: 12 });
      pdf.draw('䶮龘 émile Ž 1,200.00 ¥ €', 40, 90, { size: 12, weight: 700 });
    });
    expect(text).toContain('北京朝阳区𠮷野家（有限公司）㈱');
    expect(text).toContain('龘 émile Ž 1,200.00 ¥ €');
    expect(size).toBeLessThan(60_000);
  });

  it('reads every file of the font in both weights', async () => {
    // One character out of each of the hundred files at least: all of the first level of GB 2312.
    const level1 = new TextDecoder('gb18030').decode(Uint8Array.from(Array.from({ length: 40 }, (_, row) => Array.from({ length: row === 39 ? 89 : 94 }, (_, cell) => [0xb0 + row, 0xa1 + cell])).flat(2)));
    for (const weight of [400, 700] as const) {
      const { text } = await copied((pdf) => [...(level1.match(/.{1,60}/gu) ?? [])].forEach((line, i) => pdf.draw(line, 20, 20 + i * 12, { size: 8, weight })));
      expect(text.replace(/\s/g, '')).toBe(level1);
    }
  });

  it('breaks between characters and between words, and says when there was more', () => {
    const pdf = new PdfText(new PDFDocument());
    expect(pdf.lines('一二三四五六七八九十', 50, 5, { size: 10 })).toEqual(['一二三四五', '六七八九十']);
    expect(pdf.lines('one two three', 40, 5, { size: 10 })).toEqual(['one two', 'three']);
    expect(pdf.lines('一二三四五六七八九十', 50, 1, { size: 10 })).toEqual(['一二三四…']);
    expect(pdf.lines('上\n下', 50, 5, { size: 10 })).toEqual(['上', '下']);
    expect(pdf.lines('', 50, 5, { size: 10 })).toEqual(['']);
    expect(pdf.lines('abcdefghijklmnopqrstuvwxyz', 40, 9, { size: 10 }).join('')).toBe('abcdefghijklmnopqrstuvwxyz');
  });
});
