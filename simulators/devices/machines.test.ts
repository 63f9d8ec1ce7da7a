import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { ask, bits, registers, writeCoil, writeRegister } from '../testing/asking.ts';
import { bytes } from '../testing/hex.ts';
import { gencomm } from './deepsea-gencomm.ts';
import { goodrive } from './invt-goodrive.ts';
import { hgm4000n } from './smartgen-hgm4000n.ts';

/** Walks a device through time, as the ten advances a second do. */
function run(device: { advance(now: number): void }, from: number, to: number): void {
  for (let now = from; now <= to; now += 100) device.advance(now);
}

describe('INVT Goodrive', () => {
  const word = (device: ReturnType<typeof goodrive>, address: number, now: number): number =>
    registers(device, 3, address, 1, now).getUint16(0);

  it('stands at first: status 3, 0 Hz, DC bus 540.0 V, model 010A', () => {
    const drive = goodrive({ id: 'd', unit: 12 });
    expect([0x2100, 0x3000, 0x3002, 0x2103].map((at) => word(drive, at, 0))).toEqual([3, 0, 5400, 0x010a]);
  });

  it('runs up to its set frequency on command 1: 45.00 Hz, 342 V, 1305 rpm', () => {
    const drive = goodrive({ id: 'd', unit: 12 });
    drive.advance(0);
    expect(hex(writeRegister(drive, 0x2001, 4500))).toBe('0620011194');
    expect(hex(writeRegister(drive, 0x2000, 1))).toBe('0620000001');
    run(drive, 0, 10_000);
    expect([0x2100, 0x3000, 0x3003, 0x3005].map((at) => word(drive, at, 10_000))).toEqual([1, 4500, 342, 1305]);
  });

  it('trips: status 4, the fault code twice, no frequency; refuses to run with 01 until it is reset', () => {
    const drive = goodrive({ id: 'd', unit: 12 });
    drive.start();
    run(drive, 0, 10_000);
    drive.trip(11);
    expect([0x2100, 0x2102, 0x5000, 0x3000].map((at) => word(drive, at, 10_100))).toEqual([4, 11, 11, 0]);
    expect(hex(writeRegister(drive, 0x2000, 1, 10_200))).toBe('8601');
    expect(hex(writeRegister(drive, 0x2000, 7, 10_300))).toBe('0620000007');
    expect(hex(writeRegister(drive, 0x2000, 1, 10_400))).toBe('0620000001');
    expect([0x2100, 0x2102].map((at) => word(drive, at, 10_500))).toEqual([1, 0]);
  });

  it('refuses commands that it does not have, and writes to what it measures', () => {
    const drive = goodrive({ id: 'd', unit: 12 });
    expect(hex(writeRegister(drive, 0x2000, 9))).toBe('8603');
    expect(hex(writeRegister(drive, 0x3000, 1))).toBe('8602');
  });

  it('shows the closed loop in tenths of a percent', () => {
    const drive = goodrive({ id: 'd', unit: 12 });
    drive.loop(45, 44.9);
    expect([0x3008, 0x3009].map((at) => word(drive, at, 0))).toEqual([450, 449]);
  });
});

describe('SmartGen HGM4000N', () => {
  const make = () => hgm4000n({ id: 'g', unit: 1 });
  const words = (device: ReturnType<typeof make>, address: number, count: number, now: number): number[] => {
    const reply = registers(device, 3, address, count, now);
    return Array.from({ length: count }, (_, i) => reply.getUint16(2 * i));
  };
  const coil = (device: ReturnType<typeof make>, address: number, now: number): boolean =>
    bits(device, 1, address, 1, now)[0] === true;

  it('stands by: mains 230, 231, 229 V and 50.0 Hz, battery 26.5 V, fuel 87 %, automatic mode', () => {
    const device = make();
    expect(words(device, 0x0000, 7, 0)).toEqual([230, 231, 229, 399, 398, 398, 500]);
    expect(words(device, 0x0018, 1, 0)).toEqual([265]);
    expect(words(device, 0x0015, 1, 0)).toEqual([87]);
    expect(bits(device, 1, 0x0028, 4)).toEqual([false, true, false, false]);
    expect(coil(device, 0x0041, 0)).toBe(true);
  });

  it('starts when the mains have been gone for 2 s, and takes the load', () => {
    const device = make();
    run(device, 0, 1_000);
    device.mains([0, 0, 0], 0);
    run(device, 1_000, 2_000);
    expect([0x40, 0x41, 0x45, 0x06].map((at) => coil(device, at, 2_000))).toEqual([true, false, true, false]);
    expect(words(device, 0x0022, 1, 2_900)).toEqual([0]);
    run(device, 2_900, 3_500);
    expect(words(device, 0x0022, 1, 3_500)).toEqual([3]); // cranking
    run(device, 3_500, 12_000);
    expect(words(device, 0x0022, 1, 12_000)).toEqual([9]); // normal running
    expect(words(device, 0x0007, 7, 12_000)).toEqual([230, 230, 230, 398, 398, 398, 500]);
    expect(words(device, 0x0017, 1, 12_000)).toEqual([1500]);
    expect([0x07, 0x48].map((at) => coil(device, at, 12_000))).toEqual([true, true]);
    expect(words(device, 0x001a, 1, 12_000)).toEqual([420]);
  });

  it('gives the load back when the mains have been good for 5 s, cools down and stands by', () => {
    const device = make();
    run(device, 0, 1_000);
    device.mains([0, 0, 0], 0);
    run(device, 1_000, 20_000);
    device.mains([230, 231, 229], 50);
    run(device, 20_000, 24_000);
    expect(coil(device, 0x07, 24_000)).toBe(true);
    run(device, 24_000, 26_000);
    expect([0x06, 0x07].map((at) => coil(device, at, 26_000))).toEqual([true, false]);
    expect(words(device, 0x0022, 1, 26_000)).toEqual([10]); // cooling
    run(device, 26_000, 60_000);
    expect(words(device, 0x0022, 1, 60_000)).toEqual([0]);
    expect(words(device, 0x002f, 1, 60_000)).toEqual([59]); // one start more
  });

  it('does not start in stop mode, and starts by its key in manual mode only', () => {
    const device = make();
    writeCoil(device, 0, true, 0);
    device.advance(1_000);
    expect(device.engine.state).toBe('standby');
    writeCoil(device, 1, true, 0);
    device.mains([0, 0, 0], 0);
    run(device, 0, 10_000);
    expect(words(device, 0x0017, 1, 10_000)).toEqual([0]);
    writeCoil(device, 0, true, 10_000);
    run(device, 10_000, 20_000);
    expect(words(device, 0x0017, 1, 20_000)).toEqual([0]);
    writeCoil(device, 4, true, 20_000);
    writeCoil(device, 0, true, 20_000);
    run(device, 20_000, 30_000);
    expect(words(device, 0x0017, 1, 30_000)).toEqual([1500]);
  });
});

describe('Deep Sea GenComm', () => {
  const make = () => gencomm({ id: 'g', unit: 10 });
  const word = (device: ReturnType<typeof make>, address: number, now = 0): number =>
    registers(device, 3, address, 1, now).getUint16(0);
  const key = (device: ReturnType<typeof make>, value: number, complement: number, now: number): string => {
    const write = [0x10, 0x10, 0x08, 0, 2, 4, value >> 8, value & 0xff, complement >> 8, complement & 0xff];
    return hex(ask(device, write, now));
  };

  it('stands in automatic mode: 38 °C, fuel 76 %, battery 26.4 V, 400 000 s, 81 starts', () => {
    const device = make();
    expect([0x0304, 0x0401, 0x0403, 0x0405, 0x0580].map((at) => word(device, at))).toEqual([1, 38, 76, 264, 0]);
    expect(registers(device, 3, 0x0706, 2).getUint32(0)).toBe(400_000);
    expect(registers(device, 3, 0x0710, 2).getUint32(0)).toBe(81);
  });

  it('reads 7FFF for an oil temperature that it does not measure', () => {
    expect(word(make(), 0x0402)).toBe(0x7fff);
  });

  it('starts in manual mode: 1500 rpm, 50.0 Hz, 230.2 V', () => {
    const device = make();
    expect(key(device, 35_702, 29_833, 0)).toBe('1010080002');
    expect(key(device, 35_705, 29_830, 0)).toBe('1010080002');
    run(device, 0, 10_000);
    expect([0x0304, 0x0580, 0x0406, 0x0407].map((at) => word(device, at, 10_000))).toEqual([2, 3, 1500, 500]);
    expect(registers(device, 3, 0x0408, 2, 10_000).getUint32(0)).toBe(2302);
  });

  it('refuses a key without its complement, and a start in automatic mode', () => {
    const device = make();
    expect(key(device, 35_702, 29_834, 0)).toBe('9003');
    expect(key(device, 35_705, 29_830, 0)).toBe('9003');
    expect(word(device, 0x0304)).toBe(1);
  });

  it('packs four alarms into a register, the first in the highest bits', () => {
    const device = make();
    device.setAlarm(6, 3); // the seventh: fail to start, shutdown
    expect(hex(ask(device, [...bytes('03 9A00 0003')]))).toBe('030600' + '20' + '1111' + '1131');
  });

  it('knows FC 03 and 16 only', () => {
    expect(hex(ask(make(), [0x04, 0x04, 0x00, 0, 1]))).toBe('8401');
    expect(hex(writeRegister(make(), 0x1008, 35_701))).toBe('8601');
  });
});
