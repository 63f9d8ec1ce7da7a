import { afterEach, describe, expect, it } from 'vitest';
import { sdm120 } from '../devices/eastron-sdm120.ts';
import { gateController } from '../devices/gate-controller.ts';
import { pressureTransmitter } from '../devices/pressure-transmitter.ts';
import { waveshareIo8ch } from '../devices/waveshare-io-8ch.ts';
import { Master, portOf, until } from '../testing/master.ts';
import type { Line } from './line.ts';
import { startSerialLine, type SerialLineOptions } from './serial-line.ts';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function start(options: SerialLineOptions): Promise<{ line: Line; master: Master }> {
  const line = await startSerialLine(options);
  open.push(line);
  const master = await Master.connect(portOf(line));
  open.push(master);
  return { line, master };
}

/** Voltage of a meter at unit 7: layout of Eastron SDM630 Modbus protocol v1.8. */
const VOLTAGE = '07 04 00 00 00 02 71 AD';
const VOLTAGE_REPLY = /^07040443663333....$/;
/** Pressure transmitter manual: the address register of unit 1. */
const ADDRESS = '01 03 00 00 00 01 84 0A';
const ADDRESS_REPLY = '01030200017984';

const transmitter = () => pressureTransmitter({ id: 'p', unit: 1 });
const meter = () => sdm120({ id: 'm', unit: 7 });

describe('a serial line', () => {
  it('carries several devices', async () => {
    const { master } = await start({ devices: [transmitter(), meter()] });
    expect(await master.ask(ADDRESS, 7)).toBe(ADDRESS_REPLY);
    expect(await master.ask(VOLTAGE, 9)).toMatch(VOLTAGE_REPLY);
  });

  it('never brings a reply sooner than the wire does', async () => {
    const { master } = await start({ devices: [sdm120({ id: 'm', unit: 7, replyDelayMs: 10 })], baud: 9600 });
    const wireMs = ((8 + 9) * 10) / 9.6 + 10;
    const began = performance.now();
    for (let i = 0; i < 20; i++) await master.ask(VOLTAGE, 9);
    const took = performance.now() - began;
    expect(took).toBeGreaterThanOrEqual(20 * wireMs);
    expect(took).toBeLessThan(20 * wireMs * 3);
  });

  it('a request that comes in pieces takes as long as one that comes whole', async () => {
    const { master } = await start({ devices: [transmitter()], baud: 1200 });
    const began = performance.now();
    for (const byte of ADDRESS.split(' ')) {
      master.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await master.take(7);
    expect(performance.now() - began).toBeGreaterThanOrEqual(((8 + 3.5 + 7) * 10) / 1.2);
  });

  it('brings the bytes of a long reply while the wire does, none too soon', async () => {
    const { master } = await start({ devices: [meter()], baud: 2400 });
    const began = performance.now();
    master.send('07 04 00 00 00 50 F0 50');
    await master.take(165);
    const byteMs = 10 / 2.4;
    expect(master.arrivals.length).toBeGreaterThan(5);
    for (const { at, bytes } of master.arrivals) expect(at - began).toBeGreaterThanOrEqual((8 + bytes) * byteMs);
  });

  it('serves two requests that come without a gap, one after the other', async () => {
    const { master } = await start({ devices: [transmitter(), meter()] });
    master.send(ADDRESS + VOLTAGE);
    expect(await master.take(7)).toBe(ADDRESS_REPLY);
    expect(await master.take(9)).toMatch(VOLTAGE_REPLY);
  });

  it('is silent where no device has the unit, and where the CRC is wrong', async () => {
    const { line, master } = await start({ devices: [meter()] });
    master.send(ADDRESS);
    master.send('07 04 00 00 00 02 71 AE');
    expect(await master.ask(VOLTAGE, 9)).toMatch(VOLTAGE_REPLY);
    expect(master.received).toBe('');
    expect(line.behaviour.statistics).toMatchObject({ unknownUnits: 1, requests: 1, discardedBytes: 8 });
  });

  it('carries out a broadcast on every device and nobody answers', async () => {
    const io = waveshareIo8ch({ id: 'io', unit: 30 });
    const gate = gateController({ id: 'g', unit: 31 });
    const { line, master } = await start({ devices: [io, gate, meter()] });
    master.send('00 05 00 04 FF 00 CC 2A'); // coil 4: an output of the one, "open" for the other
    expect(await master.ask(VOLTAGE, 9)).toMatch(VOLTAGE_REPLY);
    expect(master.received).toBe('');
    expect(io.image.read('coil', 4, 1)).toEqual([1]);
    expect(gate.arm.state).toBe('opening');
    expect(line.behaviour.statistics.broadcasts).toBe(1);
  });

  it('counts a master that speaks into a reply', async () => {
    const { line, master } = await start({ devices: [meter()], baud: 1200 });
    master.send('07 04 00 00 00 50 F0 50');
    await until(
      () => master.arrivals.length > 0,
      5_000,
      () => 'no byte of the reply',
    );
    master.send(VOLTAGE);
    await master.take(165 + 9);
    expect(line.behaviour.statistics.overlaps).toBe(1);
  });

  it('loses nothing of what a master sends faster than the wire', async () => {
    const { line, master } = await start({ devices: [transmitter()], baud: 115_200 });
    for (let i = 0; i < 20; i++) master.send(ADDRESS.repeat(100));
    await master.take(2_000 * 7, 20_000);
    expect(line.behaviour.statistics).toMatchObject({ requests: 2_000, discardedBytes: 0 });
  });

  it('leaves the line to the newest connection', async () => {
    const { line, master } = await start({ devices: [meter()] });
    const second = await Master.connect(portOf(line));
    open.push(second);
    await master.waitForClose();
    expect(await second.ask(VOLTAGE, 9)).toMatch(VOLTAGE_REPLY);
  });

  it('comes back at the same port after it was unplugged', async () => {
    const { line, master } = await start({ devices: [meter()] });
    const port = portOf(line);
    await line.unplug();
    await master.waitForClose();
    expect(line.plugged).toBe(false);
    await expect(Master.connect(port)).rejects.toThrow('ECONNREFUSED');
    await line.plug();
    const again = await Master.connect(port);
    open.push(again);
    expect(await again.ask(VOLTAGE, 9)).toMatch(VOLTAGE_REPLY);
  });
});

describe('faults of a serial line', () => {
  it('silence of one device leaves the others alone', async () => {
    const { line, master } = await start({ devices: [transmitter(), meter()] });
    line.behaviour.setDeviceFaults('p', { silence: 1 });
    master.send(ADDRESS);
    expect(await master.ask(VOLTAGE, 9)).toMatch(VOLTAGE_REPLY);
    expect(master.received).toBe('');
  });

  it('a late reply does not hold up another device', async () => {
    const { line, master } = await start({ devices: [transmitter(), meter()] });
    line.behaviour.setDeviceFaults('p', { late: 1, lateMs: 300 });
    master.send(ADDRESS);
    master.send(VOLTAGE);
    expect(await master.take(9)).toMatch(VOLTAGE_REPLY);
    expect(await master.take(7)).toBe(ADDRESS_REPLY);
  });

  it('echo: the master hears itself first', async () => {
    const { master } = await start({ devices: [transmitter()], faults: { echo: 1 } });
    expect(await master.ask(ADDRESS, 8 + 7)).toBe('010300000001840a' + ADDRESS_REPLY);
  });

  it('merge: two replies come together', async () => {
    const { line, master } = await start({ devices: [transmitter()], faults: { merge: 1 } });
    master.send(ADDRESS);
    await until(
      () => line.behaviour.statistics.requests === 1,
      5_000,
      () => 'no request',
    );
    line.behaviour.faults = {};
    expect(await master.ask(ADDRESS, 14)).toBe(ADDRESS_REPLY + ADDRESS_REPLY);
  });

  it('another device answers first', async () => {
    const { master } = await start({ devices: [transmitter(), meter()], faults: { foreignReply: 1 } });
    const heard = await master.ask(ADDRESS, 12);
    expect(heard.startsWith('0783')).toBe(true);
    expect(heard.endsWith(ADDRESS_REPLY)).toBe(true);
  });

  it('disconnect: the connection is closed instead of a reply', async () => {
    const { master } = await start({ devices: [transmitter()], faults: { disconnect: 1 } });
    master.send(ADDRESS);
    await master.waitForClose();
    expect(master.received).toBe('');
  });

  it('half open: accepts, hears nothing, and serves again afterwards', async () => {
    const { line, master } = await start({ devices: [transmitter()], faults: { halfOpen: true } });
    master.send(ADDRESS);
    line.behaviour.setDeviceFaults('p', {});
    const second = await Master.connect(portOf(line));
    open.push(second);
    line.behaviour.faults = {};
    expect(await second.ask(ADDRESS, 7)).toBe(ADDRESS_REPLY);
    expect(line.behaviour.statistics.requests).toBe(1);
  });
});
