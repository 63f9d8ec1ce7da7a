import { describe, expect, it } from 'vitest';
import { findFrames } from './frame-find.ts';
import type { FoundFrame } from './frame-found.ts';
import { fromHex, joined, sealed, vectorBytes } from './testing/vectors.ts';

const request = vectorBytes('002');
const reply = vectorBytes('003');

/** `ok 2+16`, `checksum 0+35`: what was found, in short. */
function found(...parts: readonly Uint8Array[]): string[] {
  return findFrames(joined(...parts)).map(inShort);
}

function inShort(entry: FoundFrame): string {
  const preamble = entry.ok ? entry.preambleFE : (entry.error.preambleFE ?? 0);
  const name = entry.ok ? 'ok' : entry.error.code;
  return `${name} ${entry.offset}+${entry.length}${preamble > 0 ? ` after ${preamble} FE` : ''}`;
}

describe('findFrames', () => {
  it('finds nothing in nothing', () => {
    expect(found()).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4, 13, 200])('gives %i wake-up bytes to the frame behind them', (count) => {
    const after = count === 0 ? '' : ` after ${count} FE`;
    expect(found(new Uint8Array(count).fill(0xfe), request)).toEqual([`ok ${count}+16${after}`]);
  });

  it('finds a request, its echo and the reply one after the other', () => {
    expect(found(request, request, fromHex('fefe'), reply)).toEqual(['ok 0+16', 'ok 16+16', 'ok 34+35 after 2 FE']);
  });

  it('finds a frame between zeros, noise and what a radio appends', () => {
    expect(found(fromHex('00 00 fe'), request, fromHex('52 4f'))).toEqual([
      'garbage 0+2',
      'ok 3+16 after 1 FE',
      'garbage 19+2',
    ]);
  });

  it('is not misled by 16 and 68 in address and data', () => {
    const frame = sealed(
      '68 10 68 16 68 16 68 16 68 81 16 90 1f 68 16 68 16 68 2c 68 16 68 16 2c 16 16 16 16 16 16 20 68 16',
    );
    expect(found(frame)).toEqual(['ok 0+35']);
    expect(found(frame, frame)).toEqual(['ok 0+35', 'ok 35+35']);
  });

  it('passes over a false start right before a frame', () => {
    expect(found(fromHex('68 10 01'), reply)).toEqual(['malformed 0+3', 'ok 3+35']);
    expect(found(reply.subarray(0, 20), fromHex('fe fe'), reply)).toEqual(['truncated 0+20', 'ok 22+35 after 2 FE']);
  });

  it('names a frame whose check byte is wrong, and finds the one behind it', () => {
    const damaged = request.with(14, 0x26);
    expect(found(fromHex('fe'), damaged, reply)).toEqual(['checksum 1+16 after 1 FE', 'ok 17+35']);
  });

  it('says what is wrong in a damaged frame, and of which meter it may be', () => {
    expect(findFrames(vectorBytes('007'))).toEqual([
      {
        ok: false,
        offset: 4,
        length: 35,
        error: {
          code: 'checksum',
          message: 'its check byte is 08 and should be 13',
          preambleFE: 4,
          meterType: '10',
          address: '78330011223344',
          control: '81',
          length: 22,
          checksumFound: '08',
          checksumExpected: '13',
        },
      },
    ]);
  });

  it('finds the frames around one without its 16', () => {
    const open = reply.with(34, 0x17);
    expect(found(request, open, fromHex('fe'), request)).toEqual(['ok 0+16', 'malformed 16+35', 'ok 52+16 after 1 FE']);
  });

  it.each([1, 2, 9, 10, 11, 12, 15])('names the beginning of a frame that is cut after %i bytes', (count) => {
    expect(found(request.subarray(0, count))).toEqual([`truncated 0+${count}`]);
  });

  it.each(['01', '03', '04', '09', '15', '16', '20', '2a', '3f', '81', 'c1', '96', 'd6', 'aa', 'ea'])(
    'knows a damaged frame with C %s for one',
    (control) => {
      const whole = sealed(`68 10 88 05 27 10 15 20 00 ${control} 03 90 1f 01`);
      expect(found(whole.with(12, 0x55))).toEqual(['checksum 0+16']);
    },
  );

  it.each([
    ['a function that nobody has', '68 10 88 05 27 10 15 20 00 02 03 90 1f 01 77 16'],
    ['an error without being a reply', '68 10 88 05 27 10 15 20 00 41 03 90 1f 01 77 16'],
    ['a type below all', '68 0f 88 05 27 10 15 20 00 01 03 90 1f 01 77 16'],
    ['a type above all', '68 4a 88 05 27 10 15 20 00 01 03 90 1f 01 77 16'],
    ['more data than a frame carries', '68 10 88 05 27 10 15 20 00 01 65 90 1f 01 77 16'],
  ])('takes a 68 with %s for no damaged frame', (_, bytes) => {
    expect(found(fromHex(bytes))).toEqual(['malformed 0+16']);
  });

  it('takes each type that a meter may have', () => {
    for (const type of ['10', '49', 'aa']) {
      const damaged = fromHex(`68 ${type} 88 05 27 10 15 20 00 01 64`);
      expect(found(damaged)).toEqual(['truncated 0+11']);
    }
  });

  it('names a head right before a frame, and nothing shorter', () => {
    expect(found(request.subarray(0, 11), reply)).toEqual(['truncated 0+11', 'ok 11+35']);
    expect(found(request.subarray(0, 10), reply)).toEqual(['malformed 0+10', 'ok 10+35']);
  });

  it('finds a cut frame behind a cut frame', () => {
    expect(found(reply.subarray(0, 20), fromHex('fe fe'), request.subarray(0, 12))).toEqual([
      'truncated 0+20',
      'truncated 22+12 after 2 FE',
    ]);
    expect(found(reply.subarray(0, 20), fromHex('fe'), request.subarray(0, 12), reply)).toEqual([
      'truncated 0+20',
      'truncated 21+12 after 1 FE',
      'ok 33+35',
    ]);
  });

  it('reads the head of a cut frame as soon as it is whole', () => {
    expect(findFrames(reply.subarray(0, 11))).toMatchObject([{ error: { address: '00201510270588', length: 22 } }]);
  });

  it('shows the first bytes of what is no frame', () => {
    expect(findFrames(fromHex(`55 68 99 ${'11'.repeat(20)}`))).toMatchObject([
      { error: { message: '1 byte belongs to no CJ/T 188 frame' } },
      { error: { message: `no CJ/T 188 frame can be cut out of 6899${'11'.repeat(14)}` } },
    ]);
  });

  it('says how much of a cut frame is there', () => {
    expect(findFrames(reply.subarray(0, 20))).toMatchObject([
      { error: { message: '20 of 35 bytes of a frame', address: '00201510270588', control: '81', length: 22 } },
    ]);
    expect(findFrames(reply.subarray(0, 10))).toMatchObject([
      { error: { message: '10 of at least 13 bytes of a frame' } },
    ]);
  });

  it('names bytes out of which no frame can be cut', () => {
    expect(found(vectorBytes('015'))).toEqual(['malformed 0+33']);
  });

  it('takes a type that no meter has where the check byte is right', () => {
    expect(found(sealed('68 99 01 02 03 04 05 06 07 01 00'))).toEqual(['ok 0+13']);
  });

  it('calls everything else garbage', () => {
    expect(found(fromHex('00 ff fe 55 16'))).toEqual(['garbage 0+5']);
  });

  it.each([
    ['68', '68'],
    ['heads of frames that never end', '68 10 01 01 01 01 01 01 01 01 10'],
    ['heads after wake-up bytes', 'fe fe fe 68 10 01 01 01 01 01 01 01 01 64'],
  ])('is done at once with 100,000 bytes of %s', (_, pattern) => {
    const unit = fromHex(pattern);
    const bytes = Uint8Array.from({ length: 100_000 }, (__, i) => unit[i % unit.length] ?? 0);
    expect(findFrames(bytes).filter(({ ok }) => ok)).toEqual([]);
  });
});
