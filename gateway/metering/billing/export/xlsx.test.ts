import { describe, expect, it } from 'vitest';
import { crc32, inflateRawSync } from 'node:zlib';
import { COLUMNS, type Cell, type LineShown } from './columns.ts';
import { escaped } from './workbook.ts';
import { xlsxRendering } from './xlsx.ts';

const shown = {} as LineShown;

function workbook(rows: number): Buffer {
  const rendering = xlsxRendering('2026-11');
  for (let row = 1; row <= rows; row++) {
    const cells = COLUMNS.map((_, column): Cell => (column === 0 ? { number: `${row}.50` } : { text: `表<${row}>` }));
    rendering.add(shown, cells);
  }
  return Buffer.from(rendering.end());
}

/** The content of the archive's last entry, by the sizes of its central directory. */
function sheetOf(zip: Buffer): { text: string; crc: number } {
  const directory = zip.lastIndexOf(Buffer.from('504b0102', 'hex'));
  const [crc, compressed, offset] = [16, 20, 42].map((at) => zip.readUInt32LE(directory + at));
  const from = (offset ?? 0) + 30 + zip.readUInt16LE((offset ?? 0) + 26);
  const bytes = inflateRawSync(zip.subarray(from, from + (compressed ?? 0)));
  expect(crc32(bytes)).toBe(crc);
  return { text: bytes.toString('utf8'), crc: crc ?? 0 };
}

describe('a workbook', () => {
  it('has each row whole, however many pieces it is compressed in', () => {
    const { text } = sheetOf(workbook(2_000));
    expect(text.match(/<row r="/g)).toHaveLength(2_001);
    expect(text).toContain('<c r="A2001" s="4"><v>2000.50</v></c>');
    expect(text).toContain('表&lt;2000&gt;');
    expect(text.endsWith('</row></sheetData></worksheet>')).toBe(true);
  });

  it('is the same bytes for the same lines', () => {
    expect(workbook(3).equals(workbook(3))).toBe(true);
  });
});

describe('a cell', () => {
  it('has no more characters than a spreadsheet takes, and says where the rest is', () => {
    const reasons = Array.from({ length: 400 }, () => ({ code: 'noted', zh: '脉冲'.repeat(50), en: '' }));
    const line = { reasons } as unknown as LineShown['line'];
    const cell = COLUMNS.find(({ title }) => title === '说明')?.of({ ...shown, line });
    expect(cell).toEqual({ text: expect.stringMatching(/^(脉冲|；)+……（全文见 NDJSON）$/) as string });
    expect((cell as { text: string }).text.length).toBeLessThan(32_767);
  });
});

describe('text in XML', () => {
  it.each([
    ['a & <b>', 'a &amp; &lt;b&gt;'],
    ['bell\u0007, tab\t', 'bell, tab\t'],
    ['half of a pair \ud83d', 'half of a pair \ufffd'],
    ['\u{1f600} 表', '\u{1f600} 表'],
  ])('%j is %j', (text, xml) => {
    expect(escaped(text)).toBe(xml);
  });
});
