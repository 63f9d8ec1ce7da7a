import { describe, expect, it } from 'vitest';
import type { Point, Reading } from '../../../drivers/contract.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { AlarmRow, CommandRow } from '../../store/rows.ts';
import { at } from '../rules/testing/on-paper.ts';
import { MeterWatch, type WatchOptions } from './watch.ts';

const POINTS: readonly Point[] = [
  { key: 'coverOpenCount', nameZh: '', poll: 'rare' },
  { key: 'valve', nameZh: '', poll: 'slow' },
  { key: 'relayOpen', nameZh: '', poll: 'slow' },
  { key: 'meterClock', nameZh: '', poll: 'rare', obis: '0-0:1.0.0' },
];
const CONFIG = {
  site: { id: 's', nameZh: '', timezone: 'Asia/Shanghai' },
  metering: { clockBeyondS: 60 },
  devices: [{ id: 'm1', profile: 'p' }],
  profiles: new Map([['p', { points: POINTS }]]),
} as unknown as SiteConfig;

interface Kept {
  readonly openings?: number;
  readonly clockAlarm?: boolean;
  /** Newest first. */
  readonly commands?: readonly Partial<CommandRow>[];
}

function watching({ openings, clockAlarm = false, commands = [] }: Kept = {}) {
  const store: WatchOptions['store'] = {
    points: { lastGoodNumbers: () => new Map(openings === undefined ? [] : [['coverOpenCount', openings]]) },
    alarms: { get: () => (clockAlarm ? ({ active: true } as AlarmRow) : undefined) },
    commands: { list: () => commands as CommandRow[] },
  };
  const watch = new MeterWatch(CONFIG, { store, onClock: () => undefined });
  return (point: string, value: Reading['value'], more: Partial<Reading> = {}) => {
    const reading: Reading = { point, value, quality: 'good', at: at('11-15 12:00'), ...more };
    const { seen, observation } = watch.take({
      device: 'm1',
      seen: [reading],
      pulses: [],
      observation: { device: 'm1' },
    });
    const found = seen.find((one) => one.point.endsWith(`:${point}`));
    return { isSo: found?.value, events: (observation.events ?? []).map(({ type, data }) => ({ type, ...data })) };
  };
}

describe('a cover', () => {
  it('that was opened since it was last read is told with how often', () => {
    const see = watching();
    expect(see('coverOpenCount', 3)).toEqual({ isSo: false, events: [] });
    expect(see('coverOpenCount', 5)).toMatchObject({
      isSo: true,
      events: [{ type: 'coverOpened', times: 2, count: 5 }],
    });
    expect(see('coverOpenCount', 5)).toEqual({ isSo: false, events: [] });
  });

  it('that was opened while the gateway was down is told at the first look', () => {
    expect(watching({ openings: 3 })('coverOpenCount', 4).isSo).toBe(true);
  });
});

describe('a supply', () => {
  const left = (action: string, sentAt = 1): Partial<CommandRow> => ({ action, sentAt });
  const NOON = at('11-15 12:00');

  it.each([
    ['valve', 'closed'],
    ['relayOpen', true],
  ])('that is cut off (%s: %s) and nobody asked for it', (point, value) => {
    expect(watching()(point, value).isSo).toBe(true);
    expect(watching({ commands: [left('openValve'), left('closeValve')] })(point, value).isSo).toBe(true);
    expect(watching({ commands: [{ action: 'closeValve', sentAt: null }] })(point, value).isSo).toBe(true);
  });

  it.each([
    ['valve', 'closed', 'closeValve'],
    ['relayOpen', true, 'tripRelay'],
  ])('that was cut off by a command from here (%s: %s)', (point, value, action) => {
    expect(watching({ commands: [left('keepPowerOff'), left(action)] })(point, value).isSo).toBe(false);
  });

  it('that was permitted to close is not cut off unasked while the button of its meter may still be pressed', () => {
    const permitted = (minutes: number) => left('closeRelay', NOON - minutes * 60_000);
    const isSo = (...commands: ReturnType<typeof left>[]) => watching({ commands })('relayOpen', true).isSo;
    expect(isSo(permitted(1), left('tripRelay'))).toBe(false);
    expect(isSo(permitted(1), permitted(2), left('tripRelay'))).toBe(false);
    expect(isSo(permitted(16), left('tripRelay'))).toBe(true);
    expect(isSo(permitted(1), left('directClose'))).toBe(true);
    expect(isSo(permitted(1))).toBe(true);
  });

  it.each([
    ['valve', 'open'],
    ['valve', 'abnormal'],
    ['relayOpen', false],
  ])('that is there (%s: %s)', (point, value) => {
    expect(watching()(point, value).isSo).toBe(false);
  });

  it('of which nothing was read says nothing', () => {
    expect(watching()('valve', null, { quality: 'bad' }).isSo).toBeUndefined();
  });
});

describe('a clock', () => {
  it('is not judged by a box that has no time yet', () => {
    const see = watching();
    const inFactory = { meterTime: '2026-11-15T12:00:00', at: 60_000 };
    expect(see('meterClock', '', inFactory)).toEqual({ isSo: undefined, events: [] });
  });

  const wrong = { meterTime: '2026-11-15T13:00:00' };
  const right = { meterTime: '2026-11-15T12:00:05' };

  it('that is off is told once, with how much, and again when it is right', () => {
    const see = watching();
    expect(see('meterClock', '', right)).toEqual({ isSo: false, events: [] });
    expect(see('meterClock', '', wrong)).toMatchObject({ isSo: true, events: [{ type: 'clockOff', offS: 3600 }] });
    expect(see('meterClock', '', wrong)).toEqual({ isSo: true, events: [] });
    expect(see('meterClock', '', right)).toMatchObject({ isSo: false, events: [{ type: 'clockRight', offS: 5 }] });
  });

  it('that was told to be off before a restart is not told again', () => {
    const see = watching({ clockAlarm: true });
    expect(see('meterClock', '', wrong)).toEqual({ isSo: true, events: [] });
  });
});
