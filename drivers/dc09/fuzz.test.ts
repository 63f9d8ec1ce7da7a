import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainStream } from './explain.ts';
import { findFrames, takeFrames } from './frame-find.ts';
import { bytesOf, crcByBits, onWire, vectors } from './testing/vectors.ts';

const RUNS = 20_000;
const key = Buffer.alloc(16, 1);
const frames = vectors.map(({ frame }) => onWire(frame));

/** Pieces of frames, heads and noise: what a decoder has most trouble with. */
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.constantFrom(...frames),
  fc.constantFrom(...frames).chain((frame) => fc.nat(frame.length).map((cut) => frame.subarray(0, cut))),
  fc
    .tuple(fc.constantFrom(...frames), fc.array(fc.tuple(fc.nat(), fc.nat(0xff)), { minLength: 1, maxLength: 4 }))
    .map(([frame, changes]) => changes.reduce((bytes, [at, value]) => bytes.with(at % bytes.length, value), frame)),
  fc.string({ unit: fc.constantFrom('\r', '\n', '0', 'A', '"', '[', ']', '#', 'L', '|'), maxLength: 30 }).map(bytesOf),
);
const stream = fc.array(piece, { maxLength: 4 }).map((pieces) => Uint8Array.from(Buffer.concat(pieces)));

/** Written out apart from the codec: CRC and count of what stands from the quote to the end of the line. */
function isFrame(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1').replace(/^\n/, '').replace(/\r$/, '');
  const content = Buffer.from(text.slice(8), 'latin1');
  const hasForm = /^[0-9A-Fa-f]{8}"[^\r\n]*$/.test(text);
  const isCounted = Number.parseInt(text.slice(4, 8), 16) === content.length;
  return hasForm && isCounted && Number.parseInt(text.slice(0, 4), 16) === crcByBits(content);
}

describe('any bytes', () => {
  it('never make the decoder throw, nor does it take for a frame what has a wrong CRC or length', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        let end = 0;
        for (const { ok, offset, length } of explainStream(bytes, key)) {
          expect(offset).toBeGreaterThanOrEqual(end);
          expect(length).toBeGreaterThan(0);
          end = offset + length;
          if (ok) expect(isFrame(bytes.subarray(offset, end))).toBe(true);
        }
        expect(end).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: RUNS },
    );
  });

  it('are the same frames however the stream is cut', () => {
    const contents = (found: ReturnType<typeof findFrames>) =>
      found.flatMap((entry) => (entry.ok ? [Buffer.from(entry.content).toString('hex')] : []));
    fc.assert(
      fc.property(stream, fc.nat(60), (pieces, step) => {
        const bytes = Uint8Array.of(...pieces, 0x0d);
        const seen: string[] = [];
        let rest = new Uint8Array();
        for (let at = 0; at < bytes.length; at += step + 1) {
          const taken = takeFrames(Uint8Array.of(...rest, ...bytes.subarray(at, at + step + 1)));
          seen.push(...contents([...taken.found]));
          rest = Uint8Array.from(taken.rest);
        }
        expect(seen).toEqual(contents(findFrames(bytes)));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('takeFrames', () => {
  it('waits for the end of a frame', () => {
    const whole = frames[0] ?? new Uint8Array();
    const begun = takeFrames(whole.subarray(0, -1));
    expect(begun).toEqual({ found: [], rest: whole.subarray(0, -1) });
    expect(takeFrames(whole).found).toMatchObject([{ ok: true }]);
  });

  it('keeps no more than a frame can have', () => {
    const { found, rest } = takeFrames(new Uint8Array(5_000).fill(0x41));
    expect(rest).toHaveLength(0);
    expect(found).toMatchObject([{ ok: false, error: { code: 'garbage' } }]);
  });

  it('finds a frame behind noise that has no line end', () => {
    const frame = vectors[0]?.frame ?? '';
    expect(takeFrames(bytesOf(`\0\0AB${frame}\r`)).found).toMatchObject([
      { ok: false, error: { code: 'garbage' } },
      { ok: true, offset: 4 },
    ]);
  });
});
