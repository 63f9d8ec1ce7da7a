import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { ManualTime } from '../testing/manual-time.ts';
import { bytes } from '../testing/hex.ts';
import type { Piece } from './faults.ts';
import { Transmitter } from './transmitter.ts';
import { byteTimeMs, silenceMs } from './wire-time.ts';

/** One byte a millisecond. */
function make(byteMs = 1) {
  const time = new ManualTime();
  const written: [at: number, bytes: string][] = [];
  const transmitter = new Transmitter({
    clock: time,
    alarms: time,
    write: (piece) => written.push([time.monotonic(), hex(piece)]),
  });
  const send = (at: number, pieces: readonly Piece[]): void => transmitter.send(at, pieces, byteMs);
  return { time, written, transmitter, send };
}

const whole = (spaced: string) => [{ pauseMs: 0, bytes: bytes(spaced) }];

describe('Transmitter', () => {
  it('does not start before its time, and has sent the last byte when a wire would have', () => {
    const { time, written, send } = make();
    send(100, whole('01 02 03'));
    time.advance(1_000);
    expect(written).toEqual([[103, '010203']]);
  });

  it('hands a long reply on in parts, each no sooner than its last byte', () => {
    const { time, written, send } = make();
    send(0, whole('00'.repeat(25)));
    time.advance(1_000);
    let sent = 0;
    for (const [at, part] of written) {
      sent += part.length / 2;
      expect(at).toBeGreaterThanOrEqual(sent);
    }
    expect(written.length).toBeGreaterThan(1);
    expect(written.at(-1)?.[0]).toBe(25);
  });

  it('sends one after the other', () => {
    const { time, written, send } = make();
    send(0, whole('0A 0B'));
    send(1, whole('0C'));
    time.advance(1_000);
    expect(written).toEqual([
      [2, '0a0b'],
      [3, '0c'],
    ]);
  });

  it('a late reply does not hold up another one that is ready', () => {
    const { time, written, send } = make();
    send(500, whole('0A'));
    send(10, whole('0B'));
    time.advance(1_000);
    expect(written).toEqual([
      [11, '0b'],
      [501, '0a'],
    ]);
  });

  it('pauses between pieces', () => {
    const { time, written, send } = make();
    send(0, [...whole('0A'), { pauseMs: 30, bytes: bytes('0B') }]);
    time.advance(1_000);
    expect(written).toEqual([
      [1, '0a'],
      [32, '0b'],
    ]);
  });

  it('is busy while bytes are on the wire', () => {
    const { time, transmitter, send } = make();
    send(10, whole('0A 0B'));
    time.advance(5);
    expect(transmitter.busy).toBe(false);
    time.advance(11);
    expect(transmitter.busy).toBe(true);
    time.advance(12);
    expect(transmitter.busy).toBe(false);
  });

  it('sends at once where bytes take no time', () => {
    const { time, written, send } = make(0);
    send(10, whole('0A 0B'));
    time.advance(10);
    expect(written).toEqual([[10, '0a0b']]);
  });
});

describe('wire time', () => {
  it.each([
    [9600, '8N1', 10 / 9.6],
    [9600, '8E1', 11 / 9.6],
    [2400, '8N2', 11 / 2.4],
    [19_200, '7E1', 10 / 19.2],
  ] as const)('a character at %i %s takes as long as its bits', (baud, format, ms) => {
    expect(byteTimeMs(baud, format)).toBeCloseTo(ms, 9);
  });

  it('the silence is 3.5 characters, and 1.75 ms above 19 200 baud', () => {
    expect(silenceMs(9600, '8N1')).toBeCloseTo(3.6458, 3);
    expect(silenceMs(115_200, '8N1')).toBe(1.75);
  });
});
