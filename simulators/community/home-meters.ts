/** The three meters of one home: electricity by DL/T 645, cold water and gas by CJ/T 188; and what is wrong with them. */
import { coldWaterMeter, gasMeter, type FlowOptions } from '../cjt188/meters.ts';
import { dlt645Meter } from '../dlt645/meter.ts';
import type { Dlt645Options } from '../dlt645/model.ts';
import type { CommunityTime } from '../metering/community-time.ts';
import { sum } from '../metering/drawn.ts';
import { createHousehold } from '../metering/household.ts';
import { DAY_MS, HOUR_MS, localText, type LocalMs } from '../metering/local-time.ts';
import { MeterClock } from '../metering/meter-clock.ts';
import { createRegister, dialText, type RegisterOptions } from '../metering/register.ts';
import { createRandom, integerBetween, seedFor } from '../random.ts';
import type { Faults } from '../wire/faults.ts';
import type { LineDevice } from '../wire/line-device.ts';
import type { HomeMeter } from './plan.ts';
import { troubleOf, type Trouble } from './troubles.ts';

export interface HomeOptions {
  readonly seed: number;
  /** From 0 on. */
  readonly index: number;
  /** `3-1-1201`. */
  readonly home: string;
  readonly time: CommunityTime;
  /** When the meters were installed. */
  readonly since: LocalMs;
  /** When the community begins; the meters' clocks have been set just now. */
  readonly begins: LocalMs;
  /** When what goes wrong all of a sudden goes wrong. */
  readonly troubleAt: LocalMs;
}

/** A meter, what the office has in its list of it, and its faults on the wire. */
export interface InstalledMeter {
  readonly device: LineDevice;
  readonly listed: Omit<HomeMeter, 'line'>;
  readonly faults: Faults | null;
}

export interface Home {
  readonly electricity: InstalledMeter;
  readonly coldWater: InstalledMeter;
  readonly gas: InstalledMeter;
}

/** XXXXXX.XX kWh in Wh. */
const ELECTRICITY_TOP = 1e9;
/** XXXXXX.XX m³ in hundredths. */
const FLOW_TOP = 1e8;
const LITRES_PER_STEP = 10;
const LATE: Faults = { late: 0.5, lateMs: 1_200 };
const NOISY: Faults = { garbage: 0.2, badChecksum: 0.15, truncate: 0.1 };

function wireFaults(trouble: Trouble | null): Faults | null {
  if (trouble === 'late') return LATE;
  return trouble === 'noisy' ? NOISY : null;
}

/** It has shown less, from `troubleAt` on, or counts no more. */
function registerTrouble(
  trouble: Trouble | null,
  troubleAt: LocalMs,
  back: number,
): Pick<RegisterOptions, 'jumps' | 'stuckFrom'> {
  if (trouble === 'jumps-back') return { jumps: [{ at: troubleAt, by: -back }] };
  return trouble === 'stuck' ? { stuckFrom: troubleAt } : {};
}

/** Every tenth meter is an old one; of the new ones some have three phases, or say FF of the phases that they lack. */
function electricityModel(index: number, trouble: Trouble | null): Partial<Dlt645Options> {
  if (index % 10 === 9) return { version: '1997', wakeUp: 2 };
  const relay = trouble === 'refuses-relay' ? ({ relay: 'secured' } as const) : {};
  if (index % 20 === 4) return { ...relay, phases: 3 };
  return { ...relay, ...(index % 20 === 5 && { absentPhases: 'FF' as const }) };
}

function electricity(options: HomeOptions): InstalledMeter {
  const { seed, index, home, time, since, begins, troubleAt } = options;
  const random = createRandom(seedFor(seed, `electricity meter ${index}`));
  const trouble = troubleOf(seed, 'electricity', index);
  const { electricity: drawn } = createHousehold(seedFor(seed, home), since);
  const usual = integerBetween(random, 0, 20_000) * 1_000;
  const all = trouble === 'rolls-over' ? ELECTRICITY_TOP - sum(drawn(troubleAt)) : usual;
  const initial = [0.1, 0.35, 0.3].map((share) => Math.floor(all * share));
  const id = `e-${home}`;
  const address = `330524${String(index + 1).padStart(6, '0')}`;
  const valley = all - sum(initial);
  const register = createRegister({
    drawn,
    initial: [...initial, valley],
    modulus: ELECTRICITY_TOP,
    ...registerTrouble(trouble, troubleAt, 50_000),
  });
  const clock = new MeterClock({
    since: begins,
    aheadMs: trouble === 'clock-ahead' ? HOUR_MS : integerBetween(random, -10_000, 10_000),
    driftPpm: integerBetween(random, -4, 4),
  });
  const device = dlt645Meter({
    id,
    address,
    time,
    clock,
    register,
    installedAt: since,
    replyDelayMs: integerBetween(random, 30, 150),
    ...electricityModel(index, trouble),
    ...(trouble === 'dead' && { deadFrom: troubleAt }),
    ...(trouble === 'cover-opened' && { coverOpenedAt: troubleAt }),
  });
  const listed = {
    id,
    home,
    utility: 'electricity',
    protocol: index % 10 === 9 ? 'dlt645-1997' : 'dlt645-2007',
    address,
    unit: 'kWh',
    digits: 6,
    decimals: 2,
    initial: dialText(all, 3, 2),
    installedAt: localText(since),
    trouble,
  } as const;
  return { device, listed, faults: wireFaults(trouble) };
}

function flow(options: HomeOptions, utility: 'coldWater' | 'gas'): InstalledMeter {
  const { seed, index, home, time, since, begins, troubleAt } = options;
  const random = createRandom(seedFor(seed, `${utility} meter ${index}`));
  const trouble = troubleOf(seed, utility, index);
  const isWater = utility === 'coldWater';
  const drawn = createHousehold(seedFor(seed, home), since)[utility];
  const usual = integerBetween(random, 0, 90_000);
  const initial = trouble === 'rolls-over' ? FLOW_TOP - Math.floor(sum(drawn(troubleAt)) / LITRES_PER_STEP) : usual;
  const id = `${isWater ? 'w' : 'g'}-${home}`;
  const address = `${isWater ? '7833' : '4012'}24${String(index + 1).padStart(8, '0')}`;
  const made: FlowOptions = {
    id,
    address,
    time,
    drawn,
    initial,
    register: registerTrouble(trouble, troubleAt, 3_000),
    clock: { since: begins, aheadMs: trouble === 'clock-ahead' ? HOUR_MS : 0, driftPpm: integerBetween(random, -8, 8) },
    model: {
      replyDelayMs: integerBetween(random, 40, 120),
      ...(isWater && index % 2 === 0 && { valve: { control: 0x04, motorMs: 10_000, isStuck: false } }),
      ...(trouble === 'dead' && { deadFrom: troubleAt }),
      ...(trouble === 'low-di-order' && { diOrder: 'low' }),
      ...(trouble === 'battery-low' && { batteryLowFrom: troubleAt }),
    },
  };
  const listed = {
    id,
    home,
    utility,
    protocol: 'cjt188',
    address,
    unit: 'm3',
    digits: 6,
    decimals: 2,
    initial: dialText(initial, 2, 2),
    installedAt: localText(since),
    trouble,
  } as const;
  return { device: (isWater ? coldWaterMeter : gasMeter)(made), listed, faults: wireFaults(trouble) };
}

export function installHome(options: HomeOptions): Home {
  return { electricity: electricity(options), coldWater: flow(options, 'coldWater'), gas: flow(options, 'gas') };
}

/** Meters that stop, jump, roll over or die do so some days after the community has begun, so that both can be seen. */
export function troubleTime(begins: LocalMs): LocalMs {
  return Math.floor(begins / DAY_MS) * DAY_MS + 10 * DAY_MS + 14 * HOUR_MS;
}
