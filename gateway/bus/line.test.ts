import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { Line } from './line.ts';
import type { Transport } from './transport.ts';

const GAP_MS = 60;

/** A line whose transport keeps when something was written. */
function newLine() {
  const writtenAt: number[] = [];
  const transport: Transport = {
    open: () => Promise.resolve(),
    write: () => void writtenAt.push(systemClock.monotonic()),
    apply: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return { line: new Line(transport, { interByteTimeoutMs: 20, echo: false }, systemClock), writtenAt };
}

/** Sends a broadcast once `permit` has resolved; resolves when it has left. */
function send(line: Line, permit: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    line.run({
      exchange: { request: Uint8Array.of(0, 5, 0, 0, 0, 0), reply: null },
      request: { replyTimeoutMs: 100, byteMs: 0, gapMs: GAP_MS },
      permit,
      leaving: () => undefined,
      done: () => resolve(),
      heardOut: () => undefined,
      failed: reject,
    });
  });
}

describe('a request that waits for permission', () => {
  it('leaves only after the silence that it needs, also when something was heard while it waited', async () => {
    const { line, writtenAt } = newLine();
    const heardAt = { last: 0 };
    await send(line, async () => {
      await new Promise((resolve) => setTimeout(resolve, 2 * GAP_MS));
      line.receive(Uint8Array.of(1, 2, 3));
      heardAt.last = systemClock.monotonic();
    });
    expect((writtenAt[0] ?? 0) - heardAt.last).toBeGreaterThanOrEqual(GAP_MS - 1);
  });
});

describe('a reply that comes byte by byte', () => {
  /** Resolves with what is heard of a reply whose bytes are so long apart. */
  function hear(byteMs: number, apartMs: number): Promise<number[]> {
    const { line } = newLine();
    const expected = 4;
    return new Promise((resolve, reject) => {
      line.run({
        exchange: {
          request: Uint8Array.of(1),
          reply: {
            scan: ({ length }) =>
              length < expected ? { state: 'incomplete' } : { state: 'reply', start: 0, end: expected },
            diagnose: () => ({ code: 'timeout', message: 'no answer' }),
            expectedLength: expected,
          },
        },
        request: { replyTimeoutMs: 10, byteMs, gapMs: 0 },
        leaving: () => undefined,
        done: (reply) => resolve([...reply]),
        heardOut: () => undefined,
        failed: reject,
      });
      for (let n = 0; n < expected; n++) setTimeout(() => line.receive(Uint8Array.of(n)), byteMs + n * apartMs);
    });
  }

  it('is not over while a byte still takes its time, however slow the line is', async () => {
    // 20 ms of pause are allowed, and a byte takes 400 ms.
    expect(await hear(400, 150)).toEqual([0, 1, 2, 3]);
  });

  it('is over after a pause that is too long for the line', async () => {
    await expect(hear(1, 400)).rejects.toMatchObject({ code: 'timeout' });
  });
});

describe('a far end that never stops sending', () => {
  /** Asks for the answer FE FE while `flood` comes in; resolves with the answer's length, or with what was judged. */
  const askIn = (line: Line, flood: readonly Uint8Array[]): Promise<number | string> =>
    new Promise((resolve) => {
      line.run({
        exchange: {
          request: Uint8Array.of(1),
          reply: {
            scan: (received) => {
              const start = Buffer.from(received).indexOf(Uint8Array.of(0xfe, 0xfe));
              return start < 0 ? { state: 'incomplete' } : { state: 'reply', start, end: start + 2 };
            },
            diagnose: (received) => ({ code: 'foreign', message: `${received.length} bytes` }),
            expectedLength: 2,
          },
        },
        request: { replyTimeoutMs: 20, byteMs: 0, gapMs: 0 },
        leaving: () => undefined,
        done: (reply) => resolve(reply.length),
        heardOut: () => undefined,
        failed: ({ message }) => resolve(message),
      });
      for (const bytes of flood) line.receive(bytes);
    });
  const NOISE = new Uint8Array(4_096);
  const SPLIT = [new Uint8Array(4_096).fill(0xfe, -1), new Uint8Array(4_096).fill(0xfe, 0, 1)];

  it('fills no memory: of what it has sent the end is kept, and all of it is counted', async () => {
    const { line } = newLine();
    expect(await askIn(line, Array<Uint8Array>(100).fill(NOISE))).toBe('2048 bytes');
    expect(line.discardedBytes).toBe(100 * 4_096);
  });

  it('is heard when the answer is among it, also between two pieces', async () => {
    const { line } = newLine();
    expect(await askIn(line, [NOISE, ...SPLIT])).toBe(2);
    expect(line.discardedBytes).toBe(3 * 4_096 - 2);
  });
});
