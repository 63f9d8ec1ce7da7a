/** Slaves on a line that takes its time: who answers at once, who late, and what several at once make of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { nothing } from '../metering/drawn.ts';
import { bytes } from '../testing/hex.ts';
import { Master, portOf } from '../testing/master.ts';
import { timeFrom } from '../testing/meter-time.ts';
import type { Line } from '../wire/line.ts';
import { startSerialLine } from '../wire/serial-line.ts';
import { electricityMeter } from './electricity-meter.ts';
import { waterMeter } from './water-meter.ts';

const time = timeFrom('2026-11-22T12:00:00');
const common = { time, drawn: nothing };
const late = { replyDelayMs: 1_500 };
const devices = [
  waterMeter({ ...common, id: 'a', address: { primary: 1, id: '12345678' }, history: 1 }),
  waterMeter({ ...common, id: 'b', address: { primary: 2, id: '12355678' }, initial: 5 }),
  waterMeter({ ...common, id: 'late', address: { primary: 3, id: '99999999' }, model: late }),
  electricityMeter({ ...common, id: 'twin-1', address: { primary: 4, id: '30100608' } }),
  waterMeter({ ...common, id: 'twin-2', address: { primary: 4, id: '41100608' } }),
];
/** Bytes of a reply of the water meters. */
const WATER = 47;

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

describe('a line of M-Bus slaves', () => {
  it('is reset, asked, and asked for the next telegram', async () => {
    expect(await master.ask('10 40 01 41 16', 1)).toBe('e5');
    const first = await master.ask('10 7B 01 7C 16', WATER + 1);
    expect(first.slice(8, 30)).toBe('0801727856341224232907');
    const second = await master.ask('10 5B 01 5C 16', 33);
    expect(second.slice(8, 30)).toBe('0801727856341224232907');
    expect(second.slice(38, 48)).toBe('82016c5f3a');
  });

  it('selects one slave by its secondary address', async () => {
    expect(await master.ask('68 0B 0B 68 73 FD 52 78 56 35 12 FF FF FF FF D3 16', 1)).toBe('e5');
    const reply = await master.ask('10 7B FD 78 16', WATER);
    expect(reply.slice(8, 30)).toBe('0802727856351224232907');
    expect(reply.slice(38, 50)).toBe('0c1305000000');
    expect(await master.ask('10 40 FD 3D 16', 1)).toBe('e5');
  });

  it('lets answers of several slaves fall together', async () => {
    const before = line.behaviour.statistics.collisions;
    master.send('10 7B 04 7F 16');
    // 56 bytes from 25 ms on and 47 from 40 ms on, thirteen bytes later: neither is what it was.
    const heard = bytes(await master.take(60));
    expect(line.behaviour.statistics.collisions).toBe(before + 1);
    const counted = heard.subarray(4, 54);
    expect(counted.reduce((sum, byte) => sum + byte, 0) & 0xff).not.toBe(heard[54]);
    expect(hex(heard)).not.toContain('0804724110');
  });

  it('brings the answer of a slow one when it is ready', async () => {
    const asked = performance.now();
    const reply = await master.ask('10 7B 03 7E 16', WATER);
    expect(reply.slice(8, 22)).toBe('08037299999999');
    expect(performance.now() - asked).toBeGreaterThan(1_500);
  });
});
