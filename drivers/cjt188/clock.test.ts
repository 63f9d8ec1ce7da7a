import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { DriverError } from '../errors.ts';
import { readClock, setClock } from './clock.ts';
import { masterOf, WIRE_ADDRESS } from './testing/meters.ts';
import { scriptedLine, type Turn } from './testing/scripted-line.ts';
import { sealed } from './testing/vectors.ts';

const HEAD = `68 10 ${WIRE_ADDRESS}`;
const NOON = '2024-02-29 12:00:00';
const NOON_BYTES = '00 00 12 29 02 24 20';

function reading(ser: string, time: string): Turn {
  return {
    asks: hex(sealed(`${HEAD} 01 03 90 1f ${ser}`)),
    hears: sealed(`${HEAD} 81 16 90 1f ${ser} 00 00 00 00 2c 00 00 00 00 2c ${time} 00 00`),
  };
}

/** SER 01. */
function setting(hears?: Turn['hears']): Turn {
  return { asks: hex(sealed(`${HEAD} 04 0a a0 15 01 ${NOON_BYTES}`)), ...(hears === undefined ? {} : { hears }) };
}

const ack = sealed(`${HEAD} 84 03 a0 15 01`);
const master = () => masterOf({ diOrder: 'high' });

describe('readClock', () => {
  it('reads the clock out of the reading', async () => {
    expect(await readClock(master(), scriptedLine([reading('01', NOON_BYTES)]))).toMatchObject({
      time: { text: NOON, isReal: true },
      at: 500,
    });
  });

  it('tells of a meter without a clock', async () => {
    const line = scriptedLine([reading('01', '00 00 00 00 00 00 00')]);
    expect(await readClock(master(), line)).toMatchObject({ time: { text: null } });
  });

  it('does not know a clock that the layout does not fit', async () => {
    const turn = { ...reading('01', NOON_BYTES), hears: sealed(`${HEAD} 81 03 90 1f 01`) };
    await expect(readClock(master(), scriptedLine([turn]))).rejects.toMatchObject({ code: 'config' });
  });
});

describe('setClock', () => {
  it.each([
    ['the time that was set', NOON_BYTES],
    ['a minute later', '00 01 12 29 02 24 20'],
    ['a minute earlier', '02 59 11 29 02 24 20'],
  ])('is confirmed by %s', async (_, time) => {
    const line = scriptedLine([setting(ack), reading('02', time)]);
    expect(await setClock(master(), line, NOON)).toMatchObject({ time: { isReal: true } });
    expect(line.effects).toEqual([true, false]);
  });

  it.each([
    ['does not answer', undefined],
    ['is lost with its line', new DriverError('closed', 'reset')],
  ])('is confirmed by the clock alone where the meter %s', async (_, hears) => {
    expect(await setClock(master(), scriptedLine([setting(hears), reading('02', NOON_BYTES)]), NOON)).toMatchObject({
      time: { text: NOON },
    });
  });

  it('sends what the wall shows when it is sent: finding out the order of DI takes its time', async () => {
    const refusal = sealed(`${HEAD} c1 03 01 00 00`);
    const order = { asks: hex(sealed(`${HEAD} 01 03 90 1f 01`)), hears: refusal };
    const low = hex(sealed(`${HEAD} 01 03 1f 90 02`));
    const data = '00 00 00 00 2c 00 00 00 00 2c';
    const shown = (ser: string, time: string) => sealed(`${HEAD} 81 16 1f 90 ${ser} ${data} ${time} 00 00`);
    const line = scriptedLine([
      order,
      { asks: low, hears: shown('02', NOON_BYTES) },
      { asks: hex(sealed(`${HEAD} 04 0a 15 a0 03 11 00 12 29 02 24 20`)), hears: sealed(`${HEAD} 84 03 15 a0 03`) },
      { asks: hex(sealed(`${HEAD} 01 03 1f 90 04`)), hears: shown('04', '12 00 12 29 02 24 20') },
    ]);
    await setClock(masterOf(), line, NOON, line.now() - 10_000);
    expect(line.left()).toBe(0);
  });

  it.each([
    ['another time', '00 02 12 29 02 24 20', '2024-02-29 12:02:00'],
    ['no clock', '00 00 00 00 00 00 00', 'the meter has no clock, or it was never set'],
    ['no time at all', '60 20 20 00 00 00 00', '0000-00-00 20:20:60'],
  ])('is unconfirmed by %s', async (_, time, shown) => {
    const line = scriptedLine([setting(ack), reading('02', time)]);
    await expect(setClock(master(), line, NOON)).rejects.toMatchObject({
      code: 'unconfirmed',
      message: `the clock was set to ${NOON}, and reads ${shown}`,
    });
  });

  it('is told when the meter refuses', async () => {
    const line = scriptedLine([setting(sealed(`${HEAD} c4 03 01 00 00`))]);
    await expect(setClock(master(), line, NOON)).rejects.toMatchObject({ code: 'refused' });
  });

  it('sends no time that is none', async () => {
    await expect(setClock(master(), scriptedLine([]), '2023-02-29 12:00:00')).rejects.toBeInstanceOf(DriverError);
  });
});
