import { describe, expect, it } from 'vitest';
import { isModbus, onSerialLine } from '../modbus/rtu-device.ts';
import { registers } from '../testing/asking.ts';
import type { Member } from '../wire/line.ts';
import { largeCommunity } from './large.ts';
import type { Community, LinePlan } from './plan.ts';
import { smallCommunity } from './small.ts';

const describeLine = (line: LinePlan): string => {
  const members: readonly Member[] = line.devices;
  const devices = members.map((each) => `${each.id} ${onSerialLine(each).address} ${each.model}`).join(', ');
  return `${line.id} ${line.type === 'serial' ? 'serial' : `${line.type} ${line.port}`}: ${devices}`;
};

/** As the clock of a running community does it. */
function run(community: Community, seconds: number): void {
  const devices = community.lines.flatMap((line) => line.devices);
  for (let now = 0; now <= seconds * 1000; now += 100) {
    for (const process of community.processes) process.advance(now);
    for (const device of devices) device.advance(now);
  }
}

function device(community: Community, id: string) {
  const found = community.lines.flatMap((line): readonly Member[] => line.devices).find((each) => each.id === id);
  if (found === undefined || !isModbus(found)) throw new Error(`no ${id}`);
  return found;
}

describe('the small community', () => {
  it('is the site of config/site.yaml: lines, units and models', () => {
    expect(smallCommunity(1).lines.map(describeLine)).toEqual([
      'lift-io-1 modbus-tcp 15021: lift-io-1 1 moxa-iologik-e1210',
      'lift-io-2 modbus-tcp 15022: lift-io-2 1 moxa-iologik-e1210',
      'lift-io-3 modbus-tcp 15023: lift-io-3 1 advantech-adam-6050',
      'lift-io-45 serial: lift-io-4 4 wb-mcm8, lift-io-5 5 wb-mcm8',
      'pump-room serial: drive-low 11 invt-goodrive, drive-mid 12 invt-goodrive, drive-high 13 invt-goodrive, ' +
        'pressure-low 21 pressure-transmitter, pressure-mid 22 pressure-transmitter, ' +
        'pressure-high 23 pressure-transmitter, pump-io 30 waveshare-io-8ch',
      'power tcp-serial 15031: genset 1 smartgen-hgm4000n, meter-main 2 eastron-sdm630',
      'genset-2 modbus-tcp 15032: genset-standby 10 deepsea-gencomm',
      'barriers serial: barrier-main 7 gate-controller, barrier-north 8 relay-barrier',
      'meters-1 serial: meter-lobby-1 1 eastron-sdm120, meter-lobby-2 2 eastron-sdm120, ' +
        'meter-lobby-3 3 eastron-sdm120, meter-shop-1 4 chint-dtsu666, water-b1 5 wb-mcm8',
      'meters-2 modbus-tcp 15033: meter-garage 1 schneider-iem3000',
      'fire-io modbus-tcp 15034: fire-io 1 advantech-adam-6050',
      'flats-3 tcp-serial 15035: flat-3-1201 1 wb-mcm8',
    ]);
  });

  it('has thirteen lifts, two contacts each', () => {
    const { lifts } = smallCommunity(1).plant;
    expect([...lifts.keys()]).toEqual([
      'lift-1-1', 'lift-1-2', 'lift-1-3', 'lift-2-1', 'lift-2-2', 'lift-2-3', 'lift-3-1', 'lift-3-2', 'lift-3-3',
      'lift-4-1', 'lift-4-2', 'lift-5-1', 'lift-5-2',
    ]); // prettier-ignore
    expect(lifts.get('lift-3-2')).toMatchObject({ alarm: { channel: 2 }, fault: { channel: 3 } });
  });

  it('after a minute pressures are where they should be, drives run and meters have counted', () => {
    const community = smallCommunity(1);
    run(community, 60);
    const pressure = registers(device(community, 'pressure-mid'), 3, 4, 1, 60_000).getInt16(0);
    expect(pressure).toBeGreaterThan(880);
    expect(pressure).toBeLessThan(920);
    const hz = registers(device(community, 'drive-mid'), 3, 0x3000, 1, 60_000).getUint16(0);
    expect(hz).toBeGreaterThan(3_500);
    expect(hz).toBeLessThan(4_100);
    const kWh = registers(device(community, 'meter-main'), 4, 0x0048, 2, 60_000).getFloat32(0);
    expect(kWh).toBeGreaterThan(45_678.9);
    expect(kWh).toBeLessThan(45_679.6);
    const volts = registers(device(community, 'meter-lobby-1'), 4, 0x0000, 2, 60_000).getFloat32(0);
    expect(Math.abs(volts - 230)).toBeLessThan(2);
  });

  it('water runs: within five minutes every water meter has counted', () => {
    const community = smallCommunity(1);
    run(community, 300);
    for (let channel = 0; channel < 8; channel++) {
      const count = registers(device(community, 'water-b1'), 4, 60 + 2 * channel, 2, 300_000).getUint32(0);
      expect(count).toBeGreaterThan(52_000 + 1_731 * channel);
    }
  });

  it('is the same again for the same seed', () => {
    const [one, other] = [smallCommunity(5), smallCommunity(5)];
    run(one, 20);
    run(other, 20);
    const words = (community: Community) => device(community, 'meter-shop-1').image.read('holding', 0x2006, 26);
    expect(words(one)).toEqual(words(other));
  });
});

describe('the large community', () => {
  it('adds ten lines of thirty meters at ports 15101 to 15110', () => {
    const towers = largeCommunity(1).lines.slice(smallCommunity(1).lines.length);
    expect(towers.map((line) => `${line.id} ${line.type === 'serial' ? '' : line.port}`)).toEqual([
      'tower-1-a 15101', 'tower-1-b 15102', 'tower-2-a 15103', 'tower-2-b 15104', 'tower-3-a 15105',
      'tower-3-b 15106', 'tower-4-a 15107', 'tower-4-b 15108', 'tower-5-a 15109', 'tower-5-b 15110',
    ]); // prettier-ignore
    for (const { type, devices } of towers) {
      expect(type).toBe('tcp-serial');
      expect(devices.map((each) => onSerialLine(each).address)).toEqual(
        Array.from({ length: 30 }, (_, i) => String(i + 1)),
      );
      expect(new Set(devices.map(({ model }) => model))).toEqual(new Set(['eastron-sdm120']));
    }
  });

  it('has no two devices of one name', () => {
    const ids = largeCommunity(1).lines.flatMap((line) => (line.devices as readonly Member[]).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
