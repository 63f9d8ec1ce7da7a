import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { explainStream, type DecodeEntry } from './explain.ts';
import { scanReply } from './frame-reply.ts';
import { LAYOUT_NAMES } from './layouts.ts';
import { fromHex, joined, sealed, vectors } from './testing/vectors.ts';

const RUNS = 20_000;
const frames = vectors.map(({ hex }) => fromHex(hex));

/** Pieces of frames, heads and noise: what a decoder has most trouble with. */
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.constantFrom(...frames),
  fc.constantFrom(...frames).chain((frame) => fc.nat(frame.length).map((cut) => frame.subarray(0, cut))),
  fc
    .array(fc.constantFrom(0x68, 0x16, 0xfe, 0x10, 0x00, 0x81), { maxLength: 40 })
    .map((bytes) => Uint8Array.from(bytes)),
);
const stream = fc.array(piece, { maxLength: 4 }).map((pieces) => joined(...pieces));

const mutated = fc
  .tuple(fc.constantFrom(...frames), fc.array(fc.tuple(fc.nat(), fc.nat(0xff)), { minLength: 1, maxLength: 4 }))
  .map(([frame, changes]) => changes.reduce((bytes, [at, value]) => bytes.with(at % bytes.length, value), frame));

/** Whole frames of any function and item with any data. */
const whole = fc
  .record({
    meterType: fc.oneof(fc.nat(0xff), fc.constantFrom(0x10, 0x20, 0x30, 0x40)),
    control: fc.oneof(fc.nat(0xff), fc.constantFrom(0x01, 0x04, 0x81, 0x83, 0x84, 0x89, 0x96, 0xaa, 0xc1)),
    di: fc.oneof(fc.nat(0xffff), fc.constantFrom(0x901f, 0x911f, 0xd120, 0xd2d3, 0xd300, 0x8105, 0x820b, 0xa017)),
    data: fc.oneof(fc.uint8Array({ maxLength: 70 }), fc.constantFrom(...[2, 5, 15, 19, 40, 43, 54].map(ofLength))),
  })
  .map(({ meterType, control, di, data }) =>
    sealed(
      `68 ${byteText(meterType)} 01 02 03 04 05 06 07 ${byteText(control)} ${byteText(data.length + 3)}` +
        `${byteText(di >>> 8)} ${byteText(di & 0xff)} 01 ${hex(data)}`,
    ),
  );

function ofLength(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => [0x12, 0x34, 0x00, 0x00, 0x2c][i % 5] ?? 0);
}

function byteText(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** Written out apart from the codec: 68, T, A0…A6, C, L, L bytes, the sum of all these, 16. */
function isFrame(bytes: Uint8Array): boolean {
  const sum = bytes.subarray(0, -2).reduce((total, byte) => total + byte, 0) % 256;
  return bytes[0] === 0x68 && bytes.at(-1) === 0x16 && bytes.at(-2) === sum && bytes.length === (bytes[10] ?? 0) + 13;
}

/** Where the bytes of an entry begin, the wake-up bytes that belong to it included. */
function startOf(entry: DecodeEntry): number {
  const preamble = entry.ok ? entry.fields['preambleFE'] : entry.error.preambleFE;
  return entry.offset - Number(preamble ?? 0);
}

/** As the line hands them over: a Buffer, of which `slice` is no copy. */
function check(random: Uint8Array): void {
  const bytes = Buffer.from(random);
  let at = 0;
  for (const entry of explainStream('cjt188', bytes)) {
    expect(startOf(entry)).toBe(at);
    expect(entry.length).toBeGreaterThan(0);
    expect(bytes.subarray(startOf(entry), entry.offset).every((byte) => byte === 0xfe)).toBe(true);
    at = entry.offset + entry.length;
    expect(entry.ok).toBe(isFrame(bytes.subarray(entry.offset, at)));
  }
  expect(at).toBe(bytes.length);
  expect(bytes.equals(random)).toBe(true);
}

describe('explainStream, whatever comes,', () => {
  it('covers random bytes, and gives values of whole frames only', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), check), { numRuns: RUNS });
  });

  it('covers frames with wrong bytes, and gives values of whole frames only', () => {
    fc.assert(fc.property(mutated, check), { numRuns: RUNS });
  });

  it('covers frames among noise, and gives values of whole frames only', () => {
    fc.assert(fc.property(stream, check), { numRuns: RUNS });
  });

  it('explains every whole frame in every layout, and leaves no field without a value or null', () => {
    const layouts = fc.constantFrom(undefined, ...LAYOUT_NAMES);
    fc.assert(
      fc.property(whole, layouts, (bytes, layout) => {
        const [entry, ...more] = explainStream('cjt188', bytes, layout === undefined ? {} : { layout });
        expect([entry?.ok, more]).toEqual([true, []]);
        expect(JSON.stringify(entry)).not.toMatch(/NaN|undefined|Infinity|object/);
      }),
      { numRuns: RUNS },
    );
  });

  it('finds a frame behind whatever does not look like the beginning of one', () => {
    const noise = fc.array(fc.nat(0xff).filter((byte) => byte !== 0x68)).map((bytes) => Uint8Array.from(bytes));
    const real = fc.constantFrom(...vectors.filter(({ valid }) => valid).map(({ hex }) => fromHex(hex)));
    fc.assert(
      fc.property(noise, real, (before, frame) => {
        const found = explainStream('cjt188', joined(before, frame)).filter(({ ok }) => ok);
        return found.length === 1 && found[0]?.offset === before.length + frame.indexOf(0x68);
      }),
    );
  });
});

describe('scanReply, whatever comes,', () => {
  it('takes nothing but a whole frame of the meter that was asked', () => {
    const expectation = {
      meterType: 0x10,
      address: '78563412004321',
      control: 0x01,
      di: 0x901f,
      ser: 1,
      repeatsSer: false,
      isStrict: false,
    };
    fc.assert(
      fc.property(fc.oneof(stream, mutated), (bytes) => {
        const scan = scanReply(bytes, expectation);
        if (scan.state === 'incomplete') return;
        const frame = bytes.subarray(scan.start, scan.end);
        expect(isFrame(frame)).toBe(true);
        expect(frame.subarray(2, 9)).toEqual(fromHex('21 43 00 12 34 56 78'));
        expect([0x81, 0xc1]).toContain(frame[9]);
      }),
      { numRuns: RUNS },
    );
  });
});
