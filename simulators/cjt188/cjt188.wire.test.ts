/** Meters on a line that takes its time: wake-up bytes, a valve's motor, several meters at the wildcard, spoilt replies. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { nothing } from '../metering/drawn.ts';
import { bytes } from '../testing/hex.ts';
import { Master, portOf } from '../testing/master.ts';
import { timeFrom } from '../testing/meter-time.ts';
import type { Line } from '../wire/line.ts';
import { startSerialLine } from '../wire/serial-line.ts';
import { coldWaterMeter, gasMeter } from './meters.ts';
import { sealed } from './testing/asking.ts';

const MOTOR_MS = 300;
const time = timeFrom('2026-11-22T12:00:00');
const common = { time, drawn: nothing, initial: 1_234 };
const valve = { control: 0x04, motorMs: MOTOR_MS, isStuck: false } as const;
const trailing = bytes('52 4F');
const devices = [
  coldWaterMeter({ ...common, id: 'water', address: '00000000000001', model: { valve, trailing } }),
  gasMeter({ ...common, id: 'gas', address: '00000000000002', model: { diOrder: 'low', wakeUps: 0 } }),
  gasMeter({ ...common, id: 'other', address: '00000000000003', model: { diOrder: 'low', wakeUps: 0 } }),
];
const WATER = '10 01 00 00 00 00 00 00';
const GAS = '30 02 00 00 00 00 00 00';
/** FE FE FE, 35 bytes, 52 4F. */
const WATER_REPLY = 40;
const GAS_REPLY = 35;

let line: Line;
let master: Master;
beforeAll(async () => {
  line = await startSerialLine({ devices, baud: 9_600, format: '8E1' });
  master = await Master.connect(portOf(line));
});
afterAll(async () => {
  master.close();
  await line.close();
});

const asked = (body: string): string => `FE FE ${Buffer.from(sealed(body)).toString('hex')}`;
const status = (reply: string): string => reply.slice(-12, -8);

describe('a line of CJ/T 188 meters', () => {
  it('is read, each meter in its own order', async () => {
    const water = await master.ask(asked(`${WATER} 01 03 90 1F 01`), WATER_REPLY);
    expect(water.slice(0, 44)).toBe('fefefe68100100000000000081' + '16901f01' + '34120000' + '2c');
    expect(water.slice(-4)).toBe('524f');
    const gas = await master.ask(asked(`${GAS} 01 03 1F 90 02`), GAS_REPLY);
    expect(gas.slice(0, 38)).toBe('68300200000000000081' + '161f9002' + '34120000' + '2c');
  });

  it('waits for whole frames and passes over what is none', async () => {
    const request = asked(`${GAS} 01 03 1F 90 02`).replaceAll(' ', '');
    master.send(`00 68 55 ${request.slice(0, 20)}`);
    master.send(request.slice(20));
    expect(await master.take(GAS_REPLY)).toHaveLength(2 * GAS_REPLY);
  });

  it('shows that a valve is shut once its motor has ended', async () => {
    const accepted = await master.ask(asked(`${WATER} 04 04 A0 17 02 99`), 23);
    expect(accepted.slice(6, 38)).toBe('68100100000000000084' + '05a01702' + '0000');
    const read = async (): Promise<string> => status(await master.ask(asked(`${WATER} 01 03 90 1F 03`), WATER_REPLY));
    expect(await read()).toBe('0000');
    await expect.poll(read, { timeout: 5_000 }).toBe('0100');
  });

  it('lets the answers of several meters to the wildcard fall together', async () => {
    master.send(asked('30 AA AA AA AA AA AA AA 01 03 1F 90 04'));
    const heard = await master.take(GAS_REPLY);
    expect(line.behaviour.statistics.collisions).toBe(1);
    // 02 and 03 are 02 where a 0 wins.
    expect(heard.slice(0, 8)).toBe('68300200');
  });

  it('spoils the check byte, not what a radio adds behind the frame', async () => {
    line.behaviour.setDeviceFaults('water', { badChecksum: 1 });
    const reply = bytes(await master.ask(asked(`${WATER} 01 03 90 1F 05`), WATER_REPLY));
    line.behaviour.setDeviceFaults('water', {});
    expect(hex(reply.subarray(-3))).toBe('16524f');
    const sum = reply.subarray(3, -4).reduce((all, byte) => all + byte, 0) & 0xff;
    expect(reply.at(-4)).toBe(sum ^ 0x55);
  });
});
