/** Billing on a real store: a registry as it came in tables, readings as they were stored, a clock that is moved by hand. */
import { onTestFinished } from 'vitest';
import type { Profile } from '../../../../drivers/contract.ts';
import { siteSchema } from '../../../config/schema.ts';
import type { SiteConfig } from '../../../config/site-config.ts';
import type { NewMeterReading } from '../../../store/rows.ts';
import type { Store } from '../../../store/store.ts';
import { openTestStore, storeFile } from '../../../store/testing/fixtures.ts';
import type { Home, Meter } from '../../model.ts';
import { createRegistry, registryFile } from '../../registry/registry.ts';
import { at, type Unnumbered } from '../../rules/testing/on-paper.ts';
import { Billing } from '../billing.ts';

export { at, meter, read } from '../../rules/testing/on-paper.ts';

const HOMES: readonly Home[] = [
  { id: '3-1-1201', building: '3号楼', unit: '1单元', room: '1201', extension: null },
  { id: '1-2-3', building: '=cmd|calc', unit: '2', room: '3', extension: null },
];

/** Of the meters that are read from a device. */
const WITH_CLOCK: Profile = {
  ...{ id: 'with-clock', driver: 'dlt645', maker: 'none', model: 'meter', nameZh: '电表', commands: [] },
  points: [
    { key: 'importEnergy', nameZh: '电能', unit: 'kWh', poll: 'slow', obis: '1-0:1.8.0' },
    { key: 'meterClock', nameZh: '时钟', poll: 'rare', obis: '0-0:1.0.0' },
  ],
};

const HOMES_CSV = [
  'id,building,unit,room',
  ...HOMES.map(({ id, building, unit, room }) => [id, building, unit, room].join()),
];

export interface BillingSite {
  readonly store: Store;
  readonly file: string;
  readonly billing: Billing;
  /** Ids of runs that were closed, in order. */
  readonly closed: string[];
  readonly time: { now: number };
  readonly add: (...readings: readonly Unnumbered[]) => Promise<number[]>;
  /** Another registry comes into force, and other settings where they are given. */
  readonly register: (meters: readonly Meter[], metering?: Readonly<Record<string, unknown>>) => void;
  /** As after a crash: another process's view of the same file. */
  readonly again: () => Billing;
}

/** On the fifth of December 2026, in Shanghai. */
export async function billingSite(
  meters: readonly Meter[],
  metering: Readonly<Record<string, unknown>> = {},
): Promise<BillingSite> {
  const file = storeFile();
  const store = await openTestStore(file, { maxMegabytes: 512 });
  onTestFinished(() => store.close());
  const time = { now: at('12-05 09:00') };
  const state = { config: configOf(meters, metering) };
  const closed: string[] = [];
  const clock = { now: () => time.now, monotonic: () => 0 };
  const make = () => new Billing({ store, clock, config: () => state.config, onClosed: (id) => closed.push(id) });
  return {
    ...{ store, file, closed, time, billing: make(), again: make },
    add: (...readings) => {
      const rows = readings.map((reading): NewMeterReading => reading);
      return store.write('addMeterReadings', rows, { at: time.now, who: 'test', what: 'test', detail: {} });
    },
    register: (next, settings = metering) => {
      state.config = configOf(next, settings);
    },
  };
}

export function configOf(meters: readonly Meter[], metering: Readonly<Record<string, unknown>> = {}): SiteConfig {
  const { devices, ...file } = siteSchema.parse({
    site: { id: 'east-garden', nameZh: '东苑', timezone: 'Asia/Shanghai' },
    buses: [{ id: 'b', type: 'modbus-tcp', host: '192.0.2.10' }],
    devices: meters.flatMap(({ place }) =>
      place ? [{ id: place.device, bus: 'b', unit: 1, profile: WITH_CLOCK.id }] : [],
    ),
    metering,
  });
  const files = [
    registryFile('meters', 'meters.csv', Buffer.from(JSON.stringify(meters))),
    registryFile('homes', 'homes.csv', Buffer.from(HOMES_CSV.join('\n'))),
  ];
  const profiles = new Map([[WITH_CLOCK.id, WITH_CLOCK]]);
  return { ...file, devices, profiles, alarms: [], registry: createRegistry(meters, HOMES, files) };
}

/** What a step that must be done gives. */
export function done<T extends { readonly ok: boolean }>(outcome: T): Extract<T, { ok: true }> {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome as Extract<T, { ok: true }>;
}

export function codeOf(outcome: { readonly ok: boolean; readonly refusal?: { readonly code: string } }): string | null {
  return outcome.ok ? null : (outcome.refusal?.code ?? '');
}

/** Drafted, checked, closed. */
export async function close(billing: Billing, id: string, by = 'wang') {
  const { row } = done(await billing.check({ id, by }));
  return done(await billing.close({ id, by, draft: row.run.run.draft }));
}
