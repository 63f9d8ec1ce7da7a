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
