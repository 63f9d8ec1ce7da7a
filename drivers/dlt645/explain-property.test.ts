import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { sum8 } from '../bytes/sum8.ts';
import { explainStream, type DecodeEntry } from './explain.ts';
import { findFrames } from './frame-find.ts';
import { fromHex, streamVectors, vectors1997, vectors2007 } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const RUNS = 20_000;
const PROTOCOLS = ['dlt645-2007', 'dlt645-1997'] as const;
const frames = [...vectors2007, ...vectors1997, ...streamVectors].map((vector) => fromHex(vector.hex));

/** Frames cut, joined, with bytes changed, left out and put in. */
const mutated = fc
  .array(
    fc.record({
      frame: fc.constantFrom(...frames),
      from: fc.nat(8),
      upTo: fc.oneof(fc.constant(300), fc.nat(40)),
      at: fc.nat(40),
      instead: fc.uint8Array({ maxLength: 3 }),
      left: fc.nat(3),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) =>
    Uint8Array.from(
      parts.flatMap(({ frame, from, upTo, at, instead, left }) => {
        const cut = [...frame.subarray(from < 4 ? 0 : from, upTo)];
        cut.splice(at, left, ...instead);
        return cut;
      }),
    ),
  );

/** Bytes with the structure of a frame, and with the right checksum by chance only. */
const frameLike = fc
  .record({
    address: fc.uint8Array({ minLength: 6, maxLength: 6 }),
    rest: fc.uint8Array({ maxLength: 8 }),
    last: fc.nat(255),
  })
  .map(({ address, rest, last }) => [0x68, ...address, 0x68, 0x91, rest.length, ...rest, last, 0x16]);

/** Bytes that heads and ends are made of are frequent. */
const loose = fc.array(fc.oneof(fc.constantFrom(0x68, 0x16, 0xfe, 0x33, 0x91, 0x00), fc.nat(255)), { maxLength: 30 });
const random = fc.array(fc.oneof(loose, frameLike), { maxLength: 4 }).map((parts) => Uint8Array.from(parts.flat()));

/** Sound frames of any function with any data. */
const sound = fc
  .record({
    address: fc.constantFrom('000000000001', 'aaaaaaaaaaaa'),
    control: fc.oneof(fc.nat(255), fc.constantFrom(0x91, 0xb1, 0x92, 0x81, 0xd1, 0xc1, 0x1c, 0x14, 0x16, 0x17, 0x93)),
    di: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.tuple(fc.nat(0xff), fc.nat(0xff), fc.nat(0xff), fc.nat(0x1f)).map((di) => Uint8Array.from(di)),
    ),
    data: fc.uint8Array({ maxLength: 60 }),
  })
  .map(({ address, control, di, data }) => wireFrame(address, control, hex(di) + hex(data)));

function coversAll(entries: readonly DecodeEntry[], length: number): boolean {
  let at = 0;
  for (const entry of entries) {
    const wakeUp = (entry.ok ? entry.fields['preambleFE'] : entry.error.preambleFE) ?? 0;
    if (entry.offset - Number(wakeUp) !== at || entry.length < 1) return false;
    at = entry.offset + entry.length;
  }
  return at === length;
}

/** The rules of a sound frame, once more. */
function isSound(bytes: Uint8Array): boolean {
  const length = (bytes[9] ?? 0) + 12;
  const starts = bytes[0] === 0x68 && bytes[7] === 0x68;
  return starts && bytes.length === length && bytes.at(-1) === 0x16 && bytes.at(-2) === sum8(bytes.subarray(0, -2));
}

function check(bytes: Uint8Array): void {
  for (const protocol of PROTOCOLS) {
    const entries = explainStream(protocol, bytes);
    expect(coversAll(entries, bytes.length)).toBe(true);
    for (const entry of entries) {
      const own = bytes.subarray(entry.offset, entry.offset + entry.length);
      expect(isSound(own)).toBe(entry.ok);
    }
    expect(JSON.parse(JSON.stringify(entries))).toEqual(entries);
  }
}

describe('explainStream on anything', { timeout: 120_000 }, () => {
  it('covers random bytes, and gives no fields of a frame whose checksum fails', () => {
    fc.assert(fc.property(random, check), { numRuns: RUNS });
  });

  it('covers mutated frames, and gives no fields of one whose checksum fails', () => {
    fc.assert(fc.property(mutated, check), { numRuns: RUNS });
  });

  it('explains sound frames of any function with any data', () => {
    fc.assert(fc.property(sound, check), { numRuns: RUNS });
  });

  it('does not lose a sound frame, whatever is around it', () => {
    const between = fc.tuple(fc.uint8Array({ maxLength: 30 }), sound, fc.uint8Array({ maxLength: 30 }));
    fc.assert(
      fc.property(between, ([before, frame, after]) => {
        const bytes = Uint8Array.from([...before, ...frame, ...after]);
        const start = before.length;
        // Unless the noise itself holds a sound frame that overlaps it.
        const found = findFrames(bytes).filter(
          (one) => one.ok && one.offset + one.length > start && one.offset < start + frame.length,
        );
        expect(found.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes time in proportion to the bytes', () => {
    for (const cycle of [[0x68], [0xfe], [0x16], [0x68, 0x68, 0x16], [0x68, 0xfe], [0x68, 0xff]]) {
      let reads = 0;
      const bytes = new Proxy(
        Uint8Array.from({ length: 4_000 }, (_, i) => cycle[i % cycle.length] ?? 0),
        {
          get: (target, name): unknown => {
            if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1;
            const value: unknown = Reflect.get(target, name);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        },
      );
      findFrames(bytes);
      expect(reads).toBeLessThan(bytes.length * 600);
    }
  });
});
