import { describe, expect, it } from 'vitest';
import { isModbus, onSerialLine } from '../modbus/rtu-device.ts';
import { MovableTime } from '../metering/community-time.ts';
import { DAY_MS, HOUR_MS, localMs } from '../metering/local-time.ts';
import type { Dial, LineDevice } from '../wire/line-device.ts';
import type { Member } from '../wire/line.ts';
import { meteringCommunity } from './metering.ts';
import type { Community, HomeMeter, HomeUtility } from './plan.ts';
import { smallCommunity } from './small.ts';
import { TROUBLES, troubleOf } from './troubles.ts';

const BEGINS = localMs(2026, 10, 31, 22);
/** `now` is the local time. */
const NOW = BEGINS;

function build(homes: number, seed = 1): Community {
  return meteringCommunity({ seed, homes, homesPerLine: 50, time: new MovableTime(NOW, BEGINS), now: NOW });
}

const small = smallCommunity(1).lines.length;
const hundred = build(100);
const devices = new Map(
  hundred.lines.flatMap((line): readonly Member[] => line.devices).map((device) => [device.id, onSerialLine(device)]),
);

function find(utility: HomeUtility, trouble: string | null): { meter: HomeMeter; device: LineDevice } {
  const meter = hundred.meters?.find((each) => each.utility === utility && each.trouble === trouble);
  const device = devices.get(meter?.id ?? '');
  if (meter === undefined || device === undefined) throw new Error(`no ${utility} meter is ${trouble}`);
  return { meter, device };
}

const REGISTER = {
  ...{ electricity: '1-0:1.8.0', coldWater: '8-0:1.0.0', gas: '7-0:3.0.0' },
  ...{ heat: '6-0:1.0.0', hotWater: '9-0:1.0.0', reclaimedWater: '8-0:1.0.0' },
} as const;
function shown({ device, meter }: ReturnType<typeof find>, at: number): number {
  const dial: Dial = device.dial?.(at) ?? {};
  return Number(dial[REGISTER[meter.utility]]);
}

describe('the metered community', () => {
  it('has a line of electricity, and one of water and gas, for fifty homes each', () => {
    const lines = hundred.lines.slice(small).map((line) => [line.id, line.devices.length]);
    expect(lines).toEqual([
      ['electricity-01', 51],
      ['water-gas-01', 100],
      ['electricity-02', 50],
      ['water-gas-02', 100],
    ]);
  });

  it('has one Modbus meter at its own rate between the electricity meters of the first line', () => {
    const [first] = hundred.lines.slice(small);
    const members: readonly Member[] = first?.devices ?? [];
    expect(members.filter(isModbus).map(({ id, serial }) => [id, serial])).toEqual([
      ['stairs-01', { baud: 9_600, format: '8N1' }],
    ]);
  });

  it('a thousand homes have three thousand meters, each of its own name and address', () => {
    const { meters = [] } = build(1_000);
    expect(meters).toHaveLength(3_000);
    expect(new Set(meters.map(({ id }) => id)).size).toBe(3_000);
    expect(new Set(meters.map(({ utility, address }) => utility + address)).size).toBe(3_000);
    const last = meters.filter(({ home }) => home === '10-2-2502');
    expect(last.map(({ utility, protocol, line }) => `${utility} ${protocol} ${line}`)).toEqual([
      'electricity dlt645-1997 electricity-20',
      'coldWater cjt188 water-gas-20',
      'gas cjt188 water-gas-20',
    ]);
  });

  it('is the same again for the same seed, and not for another', () => {
    const dials = (seed: number) =>
      build(3, seed)
        .lines.slice(small)
        .flatMap((line) => (line.devices as readonly Member[]).map((each) => onSerialLine(each).dial?.(NOW)));
    expect(dials(1)).toEqual(dials(1));
    expect(dials(1)).not.toEqual(dials(2));
  });

  it('begins with the readings of the list and what has been used in fourteen months', () => {
    const sound = find('electricity', null);
    const used = shown(sound, NOW) - Number(sound.meter.initial);
    expect(used).toBeGreaterThan(200);
    expect(used).toBeLessThan(8_000);
  });
});

describe('heated homes', () => {
  const { lines, meters = [] } = meteringCommunity({
    ...{ seed: 1, homes: 50, homesPerLine: 50, heatedHomes: 8 },
    ...{ time: new MovableTime(NOW, BEGINS), now: NOW },
  });
  const members = new Map(
    lines.flatMap((line): readonly Member[] => line.devices).map((device) => [device.id, onSerialLine(device)]),
  );
  const heating = meters.filter(({ line }) => line.startsWith('heating'));
  const shownOn = ({ id, utility }: HomeMeter, at: number): number =>
    Number((members.get(id)?.dial?.(at) ?? {})[REGISTER[utility]]);

  it('have three meters besides, by M-Bus and by CJ/T 188 in turn', () => {
    const of = (home: string) =>
      heating.filter((meter) => meter.home === home).map((meter) => `${meter.line} ${meter.protocol} ${meter.utility}`);
    expect(of('1-1-101')).toEqual([
      'heating-mbus mbus heat',
      'heating-mbus mbus hotWater',
      'heating-cjt188 cjt188 reclaimedWater',
    ]);
    expect(of('1-1-202')).toEqual([
      'heating-cjt188 cjt188-2018 heat',
      'heating-cjt188 cjt188 hotWater',
      'heating-cjt188 cjt188 reclaimedWater',
    ]);
    expect(heating).toHaveLength(24);
    expect(new Set(heating.map(({ line, address, utility }) => `${line} ${address} ${utility}`)).size).toBe(24);
  });

  it('begin with the readings of the list, in the unit of the list', () => {
    for (const meter of heating) {
      const used = shownOn(meter, NOW) - Number(meter.initial);
      // 60 to 180 MJ a day for four months; 30 to 270 l of hot water a day; a third of the cold water.
      const [least, most] = { kWh: [1_000, 8_000], GJ: [3.6, 29], m3: [0, 130] }[meter.unit];
      expect([meter.id, used >= (least ?? 0) && used < (most ?? 0)]).toEqual([meter.id, true]);
      const decimals = (meter.initial.split('.')[1] ?? '').length;
      expect(decimals).toBe(meter.decimals);
    }
    expect(heating.filter(({ unit }) => unit === 'GJ')).toHaveLength(1);
  });

  it('use heat in winter, and water all the year', () => {
    const used = (utility: HomeMeter['utility']): number =>
      heating
        .filter((meter) => meter.utility === utility && meter.unit !== 'GJ')
        .reduce((sum, meter) => sum + shownOn(meter, NOW + 60 * DAY_MS) - shownOn(meter, NOW + 30 * DAY_MS), 0);
    expect(used('heat') / 7 / 30).toBeGreaterThan(10);
    expect(used('heat') / 7 / 30).toBeLessThan(60);
    expect(used('hotWater') / 8 / 30).toBeGreaterThan(0.02);
    expect(used('reclaimedWater') / 8 / 30).toBeGreaterThan(0.02);
  });
});

describe('what is wrong with meters', () => {
  it('is one of each in each hundred homes', () => {
    for (const utility of ['electricity', 'coldWater', 'gas'] as const) {
      const found = Array.from({ length: 100 }, (_, i) => troubleOf(7, utility, 300 + i)).filter(
        (each) => each !== null,
      );
      expect([...found].sort()).toEqual([...TROUBLES[utility]].sort());
    }
  });

  const later = NOW + 12 * DAY_MS;

  it('jumps back: less than before, from a moment on', () => {
    for (const utility of ['electricity', 'coldWater', 'gas'] as const) {
      const meter = find(utility, 'jumps-back');
      expect(shown(meter, NOW + 9 * DAY_MS)).toBeGreaterThan(shown(meter, later) - 1_000);
      const falls = Array.from({ length: 24 * 12 }, (_, h) => [h, h + 1].map((n) => shown(meter, NOW + n * HOUR_MS)));
      expect(falls.filter(([before = 0, after = 0]) => after < before)).toHaveLength(1);
    }
  });

  it('rolls over: from the top to the bottom', () => {
    for (const utility of ['electricity', 'coldWater', 'gas'] as const) {
      const meter = find(utility, 'rolls-over');
      expect(shown(meter, NOW)).toBeGreaterThan(999_800);
      expect(shown(meter, later)).toBeLessThan(200);
    }
  });

  it('stuck: it stands still', () => {
    const meter = find('electricity', 'stuck');
    expect(shown(meter, later)).toBe(shown(meter, later + DAY_MS));
    expect(shown(meter, later)).toBeGreaterThan(shown(meter, NOW));
  });

  it('clock ahead: by an hour', () => {
    expect(find('electricity', 'clock-ahead').device.dial?.(NOW)).toMatchObject({ clock: '2026-10-31T23:00:00' });
  });

  it('late and noisy are faults of the wire', () => {
    const faults = hundred.lines.slice(small).map((line) => ('deviceFaults' in line ? line.deviceFaults : {}));
    const faulty = Object.assign({}, ...faults) as Record<string, unknown>;
    expect(faulty[find('electricity', 'late').meter.id]).toMatchObject({ lateMs: 1_200 });
    expect(faulty[find('electricity', 'noisy').meter.id]).toHaveProperty('garbage');
    expect(Object.keys(faulty)).toHaveLength(3);
  });
});
