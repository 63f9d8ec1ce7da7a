import { describe, expect, it } from 'vitest';
import { cutRecords } from './raw-record.ts';
import { fromHex, mbusVectors } from './testing/vectors.ts';

function messageOf(hex: string): string {
  const cut = cutRecords(fromHex(hex), 0);
  return cut.ok ? `${cut.records.length} records` : cut.message;
}

describe('cutRecords', () => {
  it.each([
    ['', '0 records'],
    ['2f 2f 04 13 01000000 2f', '1 records'],
    ['04 13 01000000 0f 04 13', '2 records'],
    ['04 13 01000000 1f', '2 records'],
    ['84 80 80 80 80 80 80 80 80 80 00 13 01000000', '1 records'],
    ['84 80 80 80 80 80 80 80 80 80 80 00 13 01000000', 'record 0: it has more than 10 DIFEs'],
    ['04 93 80 80 80 80 80 80 80 80 80 00 01000000', '1 records'],
    ['04 93 80 80 80 80 80 80 80 80 80 80 00 01000000', 'record 0: it has more than 10 VIFEs'],
    ['04', 'record 0: the data end after byte 1, before its VIF'],
    ['84', 'record 0: the data end after byte 1, before its DIFE'],
    ['01 13 05 04 93', 'record 1: the data end after byte 5, before its VIFE'],
    ['04 13 010000', 'record 0: the data end after byte 5, before its data'],
    ['0d 13', 'record 0: the data end after byte 2, before its length byte (LVAR)'],
    ['0d 13 05 41', 'record 0: the data end after byte 4, before its data'],
    ['01 7c', "record 0: the data end after byte 2, before its plain text VIF's length"],
    ['01 7c 03 41', 'record 0: the data end after byte 4, before its plain text VIF'],
    ['01 7c 81 41', 'record 0: its plain text VIF of 129 characters is too long'],
    ['0d 13 ca', 'record 0: its length byte (LVAR) CA is reserved'],
    ['0d 13 f7', 'record 0: its length byte (LVAR) F7 is reserved'],
    ['0d 13 f5', 'record 0: the data end after byte 3, before its data'],
  ])('makes of %s: %s', (hex, outcome) => {
    expect(messageOf(hex)).toBe(outcome);
  });

  /** EN 13757-3:2018, Table 5. */
  it.each([
    ['05', 5],
    ['bf', 191],
    ['c9', 9],
    ['d0', 0],
    ['d9', 9],
    ['ef', 15],
    ['f0', 16],
    ['f4', 32],
    ['f5', 48],
    ['f6', 64],
  ])('takes with the length byte %s %i bytes', (lvar, length) => {
    const cut = cutRecords(fromHex(`0d13${lvar}${'00'.repeat(length)}`), 0);
    expect(cut).toMatchObject({ ok: true, records: [{ data: new Uint8Array(length) }] });
    expect(messageOf(`0d13${lvar}${'00'.repeat(Math.max(length - 1, 0))}`)).toBe(
      length === 0 ? '1 records' : `record 0: the data end after byte ${length + 2}, before its data`,
    );
  });

  it('reads nothing past the end of any telegram, wherever that is cut off', () => {
    for (const { hex } of mbusVectors) {
      const whole = fromHex(hex).subarray(7, -2);
      for (let length = 12; length < whole.length; length++) {
        const cut = cutRecords(whole.slice(0, length), 12);
        const taken = cut.ok ? cut.records.reduce((sum, record) => sum + record.data.length, 0) : 0;
        expect(taken).toBeLessThanOrEqual(length);
      }
    }
  });
});
