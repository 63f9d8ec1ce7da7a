import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { DriverError } from '../errors.ts';
import { MAKER_WRITE } from './control-codes.ts';
import { masterOf, WIRE_ADDRESS } from './testing/meters.ts';
import { scriptedLine, type Turn } from './testing/scripted-line.ts';
import { sealed } from './testing/vectors.ts';
import { operateValve } from './valve.ts';

const HEAD = `68 10 ${WIRE_ADDRESS}`;

function byteOf(ser: number): string {
  return ser.toString(16).padStart(2, '0');
}

/** The command has SER 01. */
function command(code: string, hears?: Turn['hears']): Turn {
  return { asks: hex(sealed(`${HEAD} 04 04 a0 17 01 ${code}`)), ...(hears === undefined ? {} : { hears }) };
}

function look(ser: number, st?: string): Turn {
  const asks = hex(sealed(`${HEAD} 01 03 90 1f ${byteOf(ser)}`));
  const data = `00 00 00 00 2c 00 00 00 00 2c 00 00 00 00 00 00 00 ${st ?? ''}`;
  return st === undefined ? { asks } : { asks, hears: sealed(`${HEAD} 81 16 90 1f ${byteOf(ser)} ${data}`) };
}

const ack = sealed(`${HEAD} 84 05 a0 17 01 00 00`);
const master = () => masterOf({ diOrder: 'high' });

describe('operateValve', () => {
  it('closes a valve, waits for the motor and reads the status back', async () => {
    const line = scriptedLine([command('99', ack), look(2, '01 00')]);
    expect(await operateValve(master(), line, 'close')).toEqual({
      status: { st: '0100', valve: 'closed', batteryLow: false },
      isAcknowledged: true,
      at: 11_000,
    });
    expect([line.waits, line.effects, line.left()]).toEqual([[10_000], [true, false], 0]);
  });

  it('opens a valve that takes its time', async () => {
    const line = scriptedLine([command('55', ack), look(2, '01 00'), look(3), look(4, '00 00')]);
    expect(await operateValve(master(), line, 'open')).toMatchObject({ status: { valve: 'open' } });
    expect(line.waits).toEqual([10_000, 10_000, 10_000]);
  });

  it('commands a maker with a code of its own', async () => {
    const turn = { asks: hex(sealed(`${HEAD} 2a 04 a0 17 01 99`)), hears: sealed(`${HEAD} aa 05 a0 17 01 01 ff`) };
    const line = scriptedLine([turn, look(2, '01 00')]);
    expect(await operateValve(master(), line, 'close', { control: MAKER_WRITE })).toMatchObject({
      isAcknowledged: true,
    });
  });

  it.each([
    ['silence', undefined],
    ['a damaged answer', ack.with(12, 0x77)],
    ['another meter', sealed('68 10 01 02 03 04 05 06 07 84 05 a0 17 01 00 00')],
    ['a collision', new DriverError('echo', 'the echo is damaged')],
    ['the end of the connection', new DriverError('closed', 'reset')],
  ])('does not repeat a command that met %s: the status proves it', async (_, hears) => {
    const line = scriptedLine([command('99', hears), look(2, '01 00')]);
    expect(await operateValve(master(), line, 'close')).toMatchObject({
      status: { valve: 'closed' },
      isAcknowledged: false,
    });
    expect(line.effects.filter(Boolean)).toHaveLength(1);
  });

  it.each([
    ['stays open', look(4, '00 00'), 'status 0000 says open'],
    ['is stuck', look(4, '03 00'), 'status 0300 says fault'],
    ['has no such status', look(4, '02 00'), 'status 0200 says valve bits 10 have no meaning'],
    ['is not heard of', look(4), 'no answer from meter 00201510270588'],
  ])('does not confirm a valve that %s, and commands once', async (_, last, words) => {
    const line = scriptedLine([command('99', ack), look(2), look(3, '00 00'), last]);
    await expect(operateValve(master(), line, 'close')).rejects.toMatchObject({
      code: 'unconfirmed',
      message: `the valve is not closed: ${words}`,
    });
    expect([line.left(), line.effects.filter(Boolean)]).toEqual([0, [true]]);
  });

  it('says that the command was not answered either', async () => {
    const line = scriptedLine([command('99'), look(2, '00 00')]);
    await expect(operateValve(master(), line, 'close', { waits: [5000] })).rejects.toMatchObject({
      code: 'unconfirmed',
      message:
        'the valve is not closed: status 0000 says open; the command itself was not answered: no answer from meter 00201510270588',
    });
  });

  it('does not confirm by a reading that the layout does not fit', async () => {
    const short: Turn = { ...look(2), hears: sealed(`${HEAD} 81 05 90 1f 02 01 00`) };
    const line = scriptedLine([command('99', ack), short]);
    await expect(operateValve(master(), line, 'close', { waits: [5000] })).rejects.toMatchObject({
      code: 'unconfirmed',
    });
  });

  it('looks no further where the meter refuses', async () => {
    const line = scriptedLine([command('99', sealed(`${HEAD} c4 03 01 00 00`))]);
    await expect(operateValve(master(), line, 'close')).rejects.toMatchObject({ code: 'refused' });
    expect(line.waits).toEqual([]);
  });

  it('tells a command that was not sent as it is', async () => {
    const line = scriptedLine([command('99', new DriverError('unsent', 'not now'))]);
    await expect(operateValve(master(), line, 'close')).rejects.toMatchObject({ code: 'unsent' });
  });

  it('is unconfirmed where the line closes after the command', async () => {
    const line = scriptedLine([command('99', ack), { ...look(2), hears: new DriverError('closed', 'unplugged') }]);
    await expect(operateValve(master(), line, 'close', { waits: [5000] })).rejects.toMatchObject({
      code: 'unconfirmed',
      message: 'the valve is not closed: unplugged',
    });
  });

  it('commands nothing before it knows the order of DI', async () => {
    const low = hex(sealed(`${HEAD} 01 03 1f 90 02`));
    const line = scriptedLine([look(1), { asks: low }]);
    await expect(operateValve(masterOf(), line, 'close')).rejects.toMatchObject({ code: 'timeout' });
    expect(line.effects).toEqual([false, false]);
  });

  it('lets a programmer see his error', async () => {
    await expect(operateValve(master(), scriptedLine([]), 'close')).rejects.not.toBeInstanceOf(DriverError);
  });
});
