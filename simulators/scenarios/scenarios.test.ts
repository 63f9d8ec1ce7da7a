import { describe, expect, it } from 'vitest';
import type { Community } from '../community/plan.ts';
import { smallCommunity } from '../community/small.ts';
import type { Device } from '../modbus/device.ts';
import { isModbus } from '../modbus/rtu-device.ts';
import { bits, registers } from '../testing/asking.ts';
import type { Member } from '../wire/line.ts';
import { SCENARIOS } from './index.ts';
import { play } from './scenario.ts';

interface Rehearsal {
  readonly community: Community;
  readonly said: string[];
  readonly device: (id: string) => Device;
}

/** Plays a scenario in no time; `look` is called at every tenth of a second of it. */
async function rehearse(name: string, look: (now: number, rehearsal: Rehearsal) => void): Promise<Rehearsal> {
  const scenario = SCENARIOS.find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const community = smallCommunity(1);
  const members = community.lines.flatMap((line): readonly Member[] => line.devices);
  const devices = new Map(members.map((device) => [device.id, device]));
  const device: Rehearsal['device'] = (id) => {
    const found = devices.get(id);
    if (found === undefined || !isModbus(found)) throw new Error(`no ${id}`);
    return found;
  };
  const rehearsal: Rehearsal = { community, said: [], device };
  let now = 0;
  const wait = (ms: number): Promise<void> => {
    for (const until = now + ms; now < until; now += 100) {
      for (const process of community.processes) process.advance(now);
      for (const each of devices.values()) each.advance(now);
      look(now, rehearsal);
    }
    return Promise.resolve();
  };
  await wait(10_000);
  now = 10_000;
  const clock = { now: () => now, monotonic: () => now };
  await play(scenario, { plant: community.plant, clock, announce: (line) => rehearsal.said.push(line), wait });
  await wait(1_000);
  return rehearsal;
}

describe('scenarios', () => {
  it('have the names that the command line knows', () => {
    expect(SCENARIOS.map(({ name }) => name)).toEqual([
      'a person trapped in lift 3-2',
      'mains fails, generator starts',
      'booster pump trips',
      'lift contact chatters',
      'barrier is blocked',
      'sump is flooding',
      'fire in building 2',
      'a flat is burgled',
    ]);
  });

  it('a person trapped in lift 3-2: a pulse, a long press, and nothing pressed at the end', async () => {
    const closed: number[] = [];
    const { device, said } = await rehearse('a person trapped in lift 3-2', (now, { device }) => {
      if (bits(device('lift-io-3'), 1, 2, 1, now)[0] === true) closed.push(now);
    });
    expect(closed.slice(0, 2)).toEqual([10_000, 10_100]);
    expect(closed.slice(2)).toEqual(Array.from({ length: 40 }, (_, i) => 13_000 + 100 * i));
    expect(bits(device('lift-io-3'), 1, 0, 12)).not.toContain(true);
    expect(said).toHaveLength(3);
  });

  it('mains fails, generator starts: 0 V, then the genset runs and carries the load, then the mains are back', async () => {
    const seen = { dark: 0, carried: 0, meterDark: 0 };
    const { device } = await rehearse('mains fails, generator starts', (now, { device }) => {
      if (registers(device('genset'), 3, 0, 1, now).getUint16(0) === 0) seen.dark++;
      if (bits(device('genset'), 1, 7, 1, now)[0] === true) seen.carried++;
      if (registers(device('meter-main'), 4, 0, 2, now).getFloat32(0) === 0) seen.meterDark++;
    });
    expect(seen.dark).toBe(400);
    expect(seen.carried).toBeGreaterThan(300);
    expect(seen.meterDark).toBeGreaterThan(380);
    expect(bits(device('genset'), 1, 6, 2)).toEqual([true, false]);
    expect(registers(device('genset'), 3, 0, 1).getUint16(0)).toBeGreaterThan(225);
  });

  it('booster pump trips: fault 11, relay closed, low pressure; and all is well at the end', async () => {
    let lowest = Number.POSITIVE_INFINITY;
    const faults = new Set<number>();
    const relays = new Set<boolean>();
    const { device } = await rehearse('booster pump trips', (now, { device }) => {
      lowest = Math.min(lowest, registers(device('pressure-mid'), 3, 4, 1, now).getInt16(0));
      faults.add(registers(device('drive-mid'), 3, 0x2102, 1, now).getUint16(0));
      relays.add(bits(device('pump-io'), 2, 2, 1, now)[0] === true);
    });
    expect(lowest).toBeLessThan(150);
    expect(faults).toEqual(new Set([0, 11]));
    expect(relays).toEqual(new Set([false, true]));
    expect(registers(device('drive-mid'), 3, 0x2100, 1).getUint16(0)).toBe(1);
    expect(registers(device('pressure-mid'), 3, 4, 1).getInt16(0)).toBeGreaterThan(870);
    expect(registers(device('pressure-low'), 3, 4, 1).getInt16(0)).toBeGreaterThan(530);
  });

  it('lift contact chatters: twenty closings of the fault contact of lift 1-2', async () => {
    let closings = 0;
    let was = false;
    await rehearse('lift contact chatters', (now, { device }) => {
      const is = bits(device('lift-io-1'), 2, 3, 1, now)[0] === true;
      if (is && !was) closings++;
      was = is;
    });
    expect(closings).toBe(20);
  });

  it('barrier is blocked: opens, closes, reports a fault, and is closed at the end', async () => {
    const course: number[] = [];
    await rehearse('barrier is blocked', (now, { device }) => {
      const status = registers(device('barrier-main'), 3, 0x2002, 1, now).getUint16(0);
      if (course.at(-1) !== status) course.push(status);
    });
    expect(course).toEqual([10, 1, 9, 2, 11, 2, 10]);
  });

  it('sump is flooding: the float switch is closed for a minute', async () => {
    let closed = 0;
    await rehearse('sump is flooding', (now, { device }) => {
      if (bits(device('pump-io'), 2, 0, 1, now)[0] === true) closed++;
    });
    expect(closed).toBe(600);
  });

  it('fire in building 2: its contact is closed for a minute, and no other', async () => {
    const closed = [0, 0, 0, 0, 0];
    const { said } = await rehearse('fire in building 2', (now, { device }) => {
      bits(device('fire-io'), 1, 0, 5, now).forEach((level, channel) => {
        if (level) closed[channel] = (closed[channel] ?? 0) + 1;
      });
    });
    expect(closed).toEqual([0, 600, 0, 0, 0]);
    expect(said[1]).toMatch(/barrier-main is closed, barrier-north is closed, the doors of building 2 are locked$/);
  });

  it('fire in building 2: says what was opened', async () => {
    const { said } = await rehearse('fire in building 2', (now, { community, device }) => {
      if (now !== 12_000) return;
      Object.values(community.plant.barriers).forEach(({ arm }) => arm.open());
      device('fire-io').image.put('coil', 0x0011, [1]);
    });
    expect(said[1]).toMatch(/barrier-main is open, barrier-north is open, the doors of building 2 are released$/);
  });

  it('a flat is burgled: key, window, living room, then the door and the key again', async () => {
    const course: string[] = [];
    const names = ['door', 'hall', 'window', 'button', 'gas', 'cover', 'none', 'key'];
    await rehearse('a flat is burgled', (now, { device }) => {
      const levels = bits(device('flat-3-1201'), 2, 0, 8, now);
      const closed = names.filter((_, channel) => levels[channel]).join('+');
      if (course.at(-1) !== closed) course.push(closed);
    });
    expect(course).toEqual(['', 'key', 'window+key', 'hall+window+key', 'window+key', 'door+window+key', '']);
  });

  it('at twice the speed only the waits between the steps are shorter', async () => {
    const waits: number[] = [];
    const scenario = SCENARIOS[0];
    if (scenario === undefined) throw new Error('no scenario');
    const { plant } = smallCommunity(1);
    const clock = { now: () => 0, monotonic: () => 0 };
    const wait = (ms: number): Promise<void> => {
      waits.push(ms);
      return Promise.resolve();
    };
    await play(scenario, { plant, clock, announce: () => undefined, wait }, 2);
    expect(waits).toEqual([1_500, 2_000]);
  });
});
