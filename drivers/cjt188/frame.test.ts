import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DriverError } from '../errors.ts';
import { addressBytes, frameEnd, openFrame, sealFrame, wakeUpsBefore } from './frame.ts';
import { fromHex, vectorBytes } from './testing/vectors.ts';

const request = { meterType: 0x10, address: '00201510270588', control: 0x01, data: fromHex('90 1f 01') };

describe('sealFrame', () => {
  it('writes the captured request P-cjt188-2004-002 after four wake-up bytes', () => {
    expect(sealFrame(request)).toEqual(Uint8Array.of(0xfe, 0xfe, 0xfe, 0xfe, ...vectorBytes('002')));
  });

  it.each([
    ['more data than a frame carries', { ...request, data: new Uint8Array(101) }],
    ['a short address', { ...request, address: '0020151027058' }],
    ['an address with other characters', { ...request, address: '0020151027058x' }],
    ['a type that is no byte', { ...request, meterType: 256 }],
  ])('refuses %s', (_, frame) => {
    expect(() => sealFrame(frame)).toThrow(DriverError);
  });

  it('is undone by openFrame', () => {
    const frame = fc.record({
      meterType: fc.nat(0xff),
      address: fc.string({
        unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a'),
        minLength: 14,
        maxLength: 14,
      }),
      control: fc.nat(0xff),
      data: fc.uint8Array({ maxLength: 100 }),
    });
    fc.assert(
      fc.property(frame, (one) => {
        const bytes = sealFrame(one, 0);
        expect(frameEnd(bytes, 0)).toBe(bytes.length);
        expect(openFrame(bytes)).toEqual(one);
      }),
    );
  });
});

describe('addressBytes', () => {
  it('puts the last two digits first', () => {
    expect(addressBytes('00201510270588')).toEqual(fromHex('88 05 27 10 15 20 00'));
  });
});

describe('wakeUpsBefore', () => {
  it.each([
    ['fe fe fe 68', 3, 0, 3],
    ['fe fe fe 68', 3, 1, 2],
    ['00 fe 68', 2, 0, 1],
    ['fe 00 68', 2, 0, 0],
    ['68', 0, 0, 0],
  ])('in %s before %i, not before %i, is %i', (bytes, before, from, count) => {
    expect(wakeUpsBefore(fromHex(bytes), before, from)).toBe(count);
  });
});

describe('frameEnd', () => {
  const frame = vectorBytes('002');

  it('is right behind the 16', () => {
    expect(frameEnd(Uint8Array.of(0, ...frame, 0), 1)).toBe(1 + frame.length);
  });

  it.each(Array.from(frame.keys()))('is nowhere in a frame with a wrong byte at %i', (at) => {
    const wrong = frame.map((byte, i) => (i === at ? byte ^ 0x40 : byte));
    expect(frameEnd(wrong, 0)).toBeNull();
  });

  it.each(Array.from(frame.keys()))('is nowhere in a frame cut after %i bytes', (count) => {
    expect(frameEnd(frame.subarray(0, count), 0)).toBeNull();
  });

  it('is nowhere where the length is more than a frame carries', () => {
    const data = [0x10, 1, 2, 3, 4, 5, 6, 7, 0x81, 0x65, ...new Uint8Array(0x65)];
    const long = Uint8Array.of(0x68, ...data);
    const sum = long.reduce((total, byte) => total + byte, 0) & 0xff;
    expect(frameEnd(Uint8Array.of(...long, sum, 0x16), 0)).toBeNull();
  });
});
