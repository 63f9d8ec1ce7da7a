import { describe, expect, it } from 'vitest';
import { busSchema } from './schema.ts';
import { bitsPerByte, byteMs, exchangeMs, gapMs, lineCost, mediumOf, pollMs, requestGapMs } from './wire-time.ts';

const serial = busSchema.parse({ id: 'a', type: 'serial', path: '/dev/ttyS0', baud: 9600, turnaroundMs: 20 });
const ip = busSchema.parse({ id: 'b', type: 'modbus-tcp', host: '192.0.2.1', turnaroundMs: 5 });

describe('the time of a byte', () => {
  it.each([
    ['8N1', 10],
    ['8E1', 11],
    ['8O1', 11],
    ['8N2', 11],
    ['8E2', 12],
    ['7E1', 10],
    ['7N2', 10],
  ] as const)('%s has %i bits', (format, bits) => {
    expect(bitsPerByte(format)).toBe(bits);
  });

  it('is 1.04 ms at 9600 8N1 and 4.58 ms at 2400 8E1', () => {
    expect(byteMs(9600, '8N1')).toBeCloseTo(1.0417, 4);
    expect(byteMs(2400, '8E1')).toBeCloseTo(4.5833, 4);
  });
});

describe('the silence between frames', () => {
  it('is 3.5 characters up to 19200 baud, and 1.75 ms above', () => {
    expect(gapMs(9600, '8E1')).toBeCloseTo(4.0104, 4);
    expect(gapMs(19_200, '8E1')).toBeCloseTo(2.0052, 4);
    expect(gapMs(38_400, '8E1')).toBe(1.75);
    expect(gapMs(115_200, '8N1')).toBe(1.75);
  });

  it('is what the bus says where it says something, and none on Ethernet', () => {
    expect(requestGapMs({ ...serial, gapMs: 12 })).toBe(12);
    expect(requestGapMs(ip)).toBe(0);
    expect(requestGapMs({ ...serial, gapMs: 12 }, { address: '000012345678' })).toBe(12);
  });

  it('is 33 bits for a meter, at its own rate', () => {
    const meter = { address: '000012345678', serial: { baud: 2400, format: '8E1' } } as const;
    expect(requestGapMs(serial, meter)).toBeCloseTo(13.75, 4);
    expect(requestGapMs(serial, { address: '000012345678' })).toBeCloseTo(3.4375, 4);
    expect(lineCost(serial, meter).overheadMs).toBeCloseTo(33.75, 4);
  });
});

describe('the cost of an exchange', () => {
  it('is gap, request, turnaround and reply', () => {
    // 10 registers at 9600 8N1: 3.65 ms of silence, 8 and 25 bytes of 1.0417 ms, and 20 ms to answer.
    expect(exchangeMs(lineCost(serial), { requestLength: 8, replyLength: 25 })).toBeCloseTo(58.02, 2);
  });

  it('has its silence and its turnaround anew for each exchange of a poll', () => {
    const daily = { requestLength: 24, replyLength: 75, exchanges: 3, longestReply: 40 };
    expect(pollMs(lineCost(serial), daily)).toBeCloseTo(3 * 23.65 + 99 * 1.0417, 1);
    expect(exchangeMs(lineCost(serial), daily)).toBeCloseTo(23.65 + (8 + 40) * 1.0417, 1);
  });

  it('counts no bytes on Ethernet', () => {
    expect(lineCost(ip)).toEqual({ byteMs: 0, overheadMs: 5 });
    expect(mediumOf(ip)).toBe('ip');
    expect(mediumOf(serial)).toBe('line');
  });

  it("goes by the device's own rate where one line mixes protocols", () => {
    expect(lineCost(serial, { serial: { baud: 2400, format: '8E1' } }).byteMs).toBeCloseTo(4.5833, 4);
  });
});
