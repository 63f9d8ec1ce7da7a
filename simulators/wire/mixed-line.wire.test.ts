/** Several protocols on one wire, several answers at once, and faults that any protocol can have. */
import { afterEach, describe, expect, it } from 'vitest';
import { sdm120 } from '../devices/eastron-sdm120.ts';
import { coldWaterMeter } from '../cjt188/meters.ts';
import { nothing } from '../metering/drawn.ts';
import { wireReply, wireRequest, type WireReply } from '../testing/dlt645-frames.ts';
import { ADDRESS, testMeter, type TestMeterOptions } from '../testing/dlt645-meters.ts';
import { Master, portOf, until } from '../testing/master.ts';
import type { Line } from './line.ts';
import { startSerialLine, type SerialLineOptions } from './serial-line.ts';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function start(options: SerialLineOptions): Promise<{ line: Line; master: Master }> {
  const line = await startSerialLine({ baud: 2_400, format: '8E1', ...options });
  open.push(line);
  const master = await Master.connect(portOf(line));
  open.push(master);
  return { line, master };
}

/** The wires have their own time. */
const time = { local: (now: number) => now, monotonic: (local: number) => local };
const electricity = (options: TestMeterOptions = {}) =>
  testMeter({ time, wakeUp: 0, initial: [123_450], ...options }).device;
const modbus = () => ({ ...sdm120({ id: 's', unit: 7 }), serial: { baud: 9_600, format: '8N1' } as const });
const water = () => coldWaterMeter({ id: 'w', address: '78563412004321', time, drawn: nothing, initial: 60 });

const VOLTAGE = '07 04 00 00 00 02 71 AD';
const TOTAL = wireRequest(ADDRESS, '11', '00000100');
const TOTAL_REPLY = { address: ADDRESS, control: '91', data: '00000100' + '45230100' };
/** CJ/T 188-2004: the current reading (90 1F) of a cold water meter, SER 01. */
const WATER = 'FE FE 68 10 21 43 00 12 34 56 78 01 03 90 1F 01 A4 16';

/** What of the bytes is a frame of DL/T 645. */
async function reply(master: Master, count = 20): Promise<WireReply> {
  return wireReply(await master.take(count));
}

describe('a line with several protocols', () => {
  it('serves each in its own', async () => {
    const { line, master } = await start({ devices: [electricity(), modbus(), water()] });
    expect(await master.ask(VOLTAGE, 9)).toMatch(/^070404/);
    master.send(TOTAL);
    expect(await reply(master)).toMatchObject(TOTAL_REPLY);
    master.send(WATER);
    expect(await master.take(38)).toContain('681021430012345678811690 1f01'.replace(' ', ''));
    expect(await master.ask(VOLTAGE, 9)).toMatch(/^070404/);
    expect(line.behaviour.statistics).toMatchObject({ requests: 4, unknownUnits: 0, discardedBytes: 0, collisions: 0 });
  });

  it('paces each at its own rate', async () => {
    const { master } = await start({ devices: [electricity({ replyDelayMs: 30 }), modbus()] });
    const slow = ((16 + 20) * 11) / 2.4 + 30;
    let began = performance.now();
    master.send(TOTAL);
    await master.take(20);
    expect(performance.now() - began).toBeGreaterThanOrEqual(slow);
    began = performance.now();
    await master.ask(VOLTAGE, 9);
    const took = performance.now() - began;
    expect(took).toBeGreaterThanOrEqual(((8 + 9) * 10) / 9.6);
    expect(took).toBeLessThan(slow / 2);
  });

  it('hears a request for an address that is not there, and one that is damaged', async () => {
    const { line, master } = await start({ devices: [electricity(), modbus()] });
    master.send(wireRequest('000000000001', '11', '00000100'));
    master.send(TOTAL.replace(/..16$/, '0016'));
    master.send(TOTAL);
    expect(await reply(master)).toMatchObject(TOTAL_REPLY);
    expect(line.behaviour.statistics).toMatchObject({ requests: 1, unknownUnits: 1, discardedBytes: 16 });
  });

  it('a broadcast is carried out and not answered', async () => {
    const { line, master } = await start({
      devices: [electricity(), electricity({ id: 'n', address: '000000000002' })],
    });
    master.send(wireRequest('999999999999', '16', '99999999'));
    await until(
      () => line.behaviour.statistics.broadcasts === 1,
      5_000,
      () => 'no broadcast',
    );
    master.send(wireRequest('000000000002', '11', '01000105'));
    expect(await reply(master, 21)).toMatchObject({ address: '000000000002', control: '91' });
  });
});

describe('several meters that answer at once', () => {
  const ANY = wireRequest('aaaaaaaaaaaa', '13');

  it('are garbled', async () => {
    const devices = [electricity(), electricity({ id: 'n', address: '000000000002' })];
    const { line, master } = await start({ devices });
    master.send(ANY);
    const heard = await master.take(18);
    expect(() => wireReply(heard)).toThrow('no frame');
    expect(line.behaviour.statistics).toMatchObject({ requests: 2, collisions: 1 });
    master.send(TOTAL);
    expect(await reply(master)).toMatchObject(TOTAL_REPLY);
  });

  it('are heard one after the other where one is slow enough', async () => {
    const devices = [electricity(), electricity({ id: 'n', address: '000000000002', replyDelayMs: 400 })];
    const { master } = await start({ devices });
    master.send(ANY);
    expect([await reply(master, 18), await reply(master, 18)].map(({ address }) => address)).toEqual([
      ADDRESS,
      '000000000002',
    ]);
  });

  it('one meter alone answers the wildcard', async () => {
    const { master } = await start({ devices: [electricity(), modbus()] });
    master.send(ANY);
    expect(await reply(master, 18)).toMatchObject({ address: ADDRESS, control: '93', data: '214300123456' });
  });
});

describe('faults of DL/T 645 meters', () => {
  it.each([
    ['failure', { control: 'D1', data: '01' }, 13],
    ['wrongFunction', { control: '92' }, 20],
    ['wrongUnit', { address: '563412004322', control: '91' }, 20],
    ['wrongItem', { data: '0000010145230100' }, 20],
    ['wrongDigits', { data: '000001004f230100' }, 20],
  ] as const)('%s: a sound frame with a mistake in it', async (fault, expected, count) => {
    const { master } = await start({ devices: [electricity()], faults: { [fault]: 1 } });
    master.send(TOTAL);
    expect(await reply(master, count)).toMatchObject(expected);
  });

  it('bad checksum: the byte before the end', async () => {
    const { master } = await start({ devices: [electricity()], faults: { badChecksum: 1 } });
    master.send(TOTAL);
    const heard = await master.take(20);
    expect(heard.endsWith('16')).toBe(true);
    expect(() => wireReply(heard)).toThrow('no frame');
  });

  it("another meter's reply to the same question comes first", async () => {
    const devices = [electricity(), electricity({ id: 'n', address: '000000000002', initial: [70_000] }), modbus()];
    const { master } = await start({ devices, faults: { foreignReply: 1 } });
    master.send(TOTAL);
    expect(await reply(master)).toMatchObject({ address: '000000000002', data: '0000010000700000' });
    expect(await reply(master)).toMatchObject(TOTAL_REPLY);
  });

  it('echo, wake-up and late replies are as on any line', async () => {
    const { line, master } = await start({ devices: [electricity()], faults: { echo: 1, wakeUp: 1 } });
    master.send(TOTAL);
    expect(await master.take(16)).toBe(TOTAL);
    await until(
      () => master.received.endsWith('16') && master.received.length >= 42,
      5_000,
      () => master.received,
    );
    expect(wireReply(await master.take(master.received.length / 2))).toMatchObject(TOTAL_REPLY);
    line.behaviour.faults = { late: 1, lateMs: 300 };
    const began = performance.now();
    master.send(TOTAL);
    await master.take(20);
    expect(performance.now() - began).toBeGreaterThan(300 + 100);
  });
});
