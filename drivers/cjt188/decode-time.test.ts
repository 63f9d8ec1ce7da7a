import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTime, encodeTime, secondsOf } from './decode-time.ts';
import { fromHex } from './testing/vectors.ts';

describe('decodeTime', () => {
  it.each([
    ['06201709011720', '2017-01-09 17:20:06'],
    ['58592329022420', '2024-02-29 23:59:58'],
    ['585923290224', '2024-02-29 23:59:58'],
  ])('reads %s', (raw, text) => {
    expect(decodeTime(fromHex(raw))).toEqual({ raw, text, isReal: true });
  });

  it.each([
    ['60202000000000', '0000-00-00 20:20:60'],
    ['00000029022320', '2023-02-29 00:00:00'],
    ['00002401012320', '2023-01-01 24:00:00'],
    ['00600001012320', '2023-01-01 00:60:00'],
    ['00000000012320', '2023-01-00 00:00:00'],
    ['00000001132320', '2023-13-01 00:00:00'],
  ])('shows %s, and says that it is no time', (raw, text) => {
    expect(decodeTime(fromHex(raw))).toEqual({ raw, text, isReal: false, reason: `${text} is no time of any day` });
  });

  it.each([
    ['00000000000000', 'the meter has no clock, or it was never set'],
    ['ffffffffffffff', 'FF in place of a time: the meter does not support it'],
    ['0620170901172f', '0620170901172f are no decimal digits'],
    ['a6201709011720', 'a6201709011720 are no decimal digits'],
  ])('has no text for %s', (raw, reason) => {
    expect(decodeTime(fromHex(raw))).toEqual({ raw, text: null, isReal: false, reason });
  });
});

describe('encodeTime', () => {
  it('sends the seconds first and the century last', () => {
    expect(encodeTime('2017-01-09 17:20:06')).toEqual(fromHex('06201709011720'));
  });

  it.each(['2023-02-29 00:00:00', '2023-01-01 24:00:00', '2023-01-01', '2023-01-01T00:00:00', ''])(
    'refuses %j',
    (text) => {
      expect(encodeTime(text)).toBeNull();
    },
  );

  it('is undone by decodeTime', () => {
    const seconds = fc.integer({ min: Date.UTC(2000, 0) / 1000, max: Date.UTC(2099, 11, 31) / 1000 });
    fc.assert(
      fc.property(seconds, (at) => {
        const text = new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ');
        expect(decodeTime(encodeTime(text) ?? new Uint8Array()).text).toBe(text);
        expect(secondsOf(text)).toBe(at);
      }),
    );
  });
});
