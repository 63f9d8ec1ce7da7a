/** What modbus-serial says as a codec, in bytes typed by hand, and which of its faults cannot happen here. */
import { describe, expect, it } from 'vitest';
import { DriverError } from '../errors.ts';
import { createCodec, type Request } from './codec.ts';
import { sealRtu } from './frame-rtu.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fromHex = (text: string): Uint8Array => Buffer.from(text, 'hex');

describe('codec', () => {
  // MODBUS Application Protocol V1.1b3, the examples of 6.1 to 6.12.
  it.each<[string, Request, string, string, (number | boolean)[]]>([
    ['read coils', { fc: 1, address: 0x13, count: 19 }, '0100130013', '0103cd6b05', bits('1011001111010110101')],
    [
      'read discrete inputs',
      { fc: 2, address: 0xc4, count: 22 },
      '0200c40016',
      '0203acdb35',
      bits('0011010111011011101011'),
    ],
    ['read holding registers', { fc: 3, address: 0x6b, count: 3 }, '03006b0003', '0306022b00000064', [0x022b, 0, 0x64]],
    ['read input registers', { fc: 4, address: 8, count: 1 }, '0400080001', '0402000a', [0x0a]],
    ['write single coil', { fc: 5, address: 0xac, value: true }, '0500acff00', '0500acff00', []],
    ['write single register', { fc: 6, address: 1, value: 3 }, '0600010003', '0600010003', []],
    [
      'write multiple coils',
      { fc: 15, address: 0x13, values: bits('1011001110') },
      '0f0013000a02cd01',
      '0f0013000a',
      [],
    ],
    [
      'write multiple registers',
      { fc: 16, address: 1, values: [0x0a, 0x0102] },
      '100001000204000a0102',
      '1000010002',
      [],
    ],
  ])('encodes and decodes %s', (_, request, pdu, reply, values) => {
    const encoded = createCodec()(17, request);
    expect(hex(encoded.pdu)).toBe(pdu);
    expect(encoded.decode(sealRtu(17, fromHex(reply)))).toEqual(values);
  });

  it('asks the unit that each call names, however requests are interleaved', () => {
    const codec = createCodec();
    const requests = [3, 9, 200].map((unit) => ({ unit, encoded: codec(unit, { fc: 3, address: unit, count: 1 }) }));
    for (const { unit, encoded } of requests.toReversed()) {
      expect(encoded.decode(sealRtu(unit, Uint8Array.of(3, 2, 0, unit)))).toEqual([unit]);
    }
  });

  it('gives each of many open requests its own data, in whatever order they are answered', () => {
    const codec = createCodec();
    const open = Array.from({ length: 300 }, (_, i) => codec(1, { fc: 3, address: i, count: 1 }));
    const order = open.map((_, i) => (i * 7) % 300);
    for (const i of order) {
      const answer = open[i]?.decode(sealRtu(1, Uint8Array.of(3, 2, i >> 8, i & 0xff)));
      expect(answer).toEqual([i]);
      open[i]?.release();
    }
  });

  it('uses a slot again after its request is over, and not before', () => {
    const codec = createCodec();
    const first = codec(1, { fc: 3, address: 0, count: 1 });
    first.release();
    const second = codec(1, { fc: 4, address: 0, count: 1 });
    expect(second.decode(sealRtu(1, fromHex('04020007')))).toEqual([7]);
  });

  it('turns an exception into a refusal with its number and name', () => {
    const encoded = createCodec()(7, { fc: 16, address: 0, values: [1, 2] });
    const reply = sealRtu(7, Uint8Array.of(0x90, 1));
    const refusal = thrownBy(() => encoded.decode(reply));
    expect(refusal).toMatchObject({ code: 'unsupported', detail: 1, retryable: false });
    expect(refusal.message).toContain('Illegal Function');
  });
});

function bits(text: string): boolean[] {
  return Array.from(text).map((bit) => bit === '1');
}

function thrownBy(act: () => unknown): DriverError {
  try {
    act();
  } catch (error) {
    if (error instanceof DriverError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
