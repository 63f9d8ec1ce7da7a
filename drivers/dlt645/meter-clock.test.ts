import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { broadcastTime, readClock, setTime } from './meter-clock.ts';
import { freeze } from './meter-freeze.ts';
import { MemoryLine, scripted } from './testing/memory-line.ts';
import { vectorBytes } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const METER = { address: '000000000161', version: '2007' } as const;
const OLD = { ...METER, version: '1997' } as const;
const LEAP_DAY = { year: 2024, month: 2, day: 29, hour: 23, minute: 59, second: 58 };

/** A meter with these dates and times, each asked for in turn. */
function clock(dates: readonly string[], times: readonly string[]): MemoryLine {
  const answers = (data: readonly string[], di: string): string[] =>
    data.map((one) => hex(wireFrame(METER.address, 0x91, di + one)));
  return new MemoryLine(
    scripted({
      [hex(wireFrame(METER.address, 0x11, '01010004'))]: answers(dates, '01010004'),
      [hex(wireFrame(METER.address, 0x11, '02010004'))]: answers(times, '02010004'),
    }),
  );
}

describe('readClock', () => {
  it('puts date and time together', async () => {
    const line = clock(['01110116'], ['325318']);
    expect(await readClock(line, METER)).toEqual({ localTime: '2016-01-11 18:53:32', weekday: 1, at: line.now() });
  });

  it('takes the date of the day to which the time belongs', async () => {
    const line = clock(['01110116', '02120116'], ['010000']);
    expect(await readClock(line, METER)).toMatchObject({ localTime: '2016-01-12 00:00:01', weekday: 2 });
  });

  it('takes the time when it was said, not when the date was read once more', async () => {
    const line = clock(['01110116', '02120116'], ['010000']);
    expect((await readClock(line, METER)).at).toBe(line.now() - 100);
  });

  it('says why there is no time', async () => {
    expect(await readClock(clock(['00000000'], ['325318']), METER)).toMatchObject({
      localTime: null,
      reason: 'not set (00000000)',
    });
    expect(await readClock(clock(['01110116'], ['3253a8']), METER)).toMatchObject({
      localTime: null,
      reason: 'not BCD',
    });
  });

  it('reads the clock of a meter of 1997', async () => {
    const line = new MemoryLine(
      scripted({
        [hex(wireFrame(METER.address, 0x01, '10c0'))]: hex(wireFrame(METER.address, 0x81, '10c0 01110116')),
        [hex(wireFrame(METER.address, 0x01, '11c0'))]: hex(wireFrame(METER.address, 0x81, '11c0 325318')),
      }),
    );
    expect(await readClock(line, OLD)).toMatchObject({ localTime: '2016-01-11 18:53:32' });
  });
});

describe('broadcastTime', () => {
  it('sends the published frame, and waits for nobody', async () => {
    const line = new MemoryLine(() => new Uint8Array());
    await broadcastTime(line, LEAP_DAY);
    expect(line.effects).toEqual([`fefefefe${hex(vectorBytes('P-dlt645-2007-067'))}`]);
    expect(line.expectedLengths).toEqual([]);
  });

  it('sends nothing where there is no such time', async () => {
    const line = new MemoryLine(() => new Uint8Array());
    await expect(broadcastTime(line, { ...LEAP_DAY, month: 13 })).rejects.toMatchObject({ code: 'config' });
    expect(line.sent).toEqual([]);
  });
});

describe('setTime', () => {
  it('tells one meter, which does not answer either', async () => {
    const line = new MemoryLine(() => new Uint8Array());
    await setTime(line, METER, LEAP_DAY);
    expect(line.effects).toEqual([`fefefefe${hex(wireFrame(METER.address, 0x08, '585923290224'))}`]);
  });

  it('tells nobody by a wildcard', async () => {
    const line = new MemoryLine(() => new Uint8Array());
    await expect(setTime(line, { ...METER, address: 'aaaaaaaaaaaa' }, LEAP_DAY)).rejects.toMatchObject({
      code: 'config',
    });
  });
});

describe('freeze', () => {
  it('resolves when one meter has accepted it', async () => {
    const line = new MemoryLine(
      scripted({ [hex(wireFrame(METER.address, 0x16, '99999999'))]: hex(wireFrame(METER.address, 0x96)) }),
    );
    await freeze(line, METER.address, { each: 'now' });
    expect(line.effects.length).toBe(1);
  });

  it('rejects when the meter refuses, and does not ask again', async () => {
    const line = new MemoryLine(() => wireFrame(METER.address, 0xd6, '04'));
    await expect(freeze(line, METER.address, { each: 'day', hour: 0, minute: 0 })).rejects.toMatchObject({
      code: 'refused',
    });
    expect(line.sent.length).toBe(1);
  });

  it('waits for nobody when all are told', async () => {
    const line = new MemoryLine(() => new Uint8Array());
    await freeze(line, '999999999999', { each: 'now' });
    expect([line.effects.length, line.expectedLengths.length]).toEqual([1, 0]);
  });
});
