/**
 * The metered community: the small one, and homes with three meters each: electricity lines, and lines with water and gas. The
 * first homes have heat, hot water and reclaimed water besides: a line of M-Bus, and one of CJ/T 188.
 */
import { sdm120 } from '../devices/eastron-sdm120.ts';
import type { MovableTime } from '../metering/community-time.ts';
import { DAY_MS } from '../metering/local-time.ts';
import type { Faults } from '../wire/faults.ts';
import type { Member } from '../wire/line.ts';
import type { SerialSettings } from '../wire/line-device.ts';
import { installHeating, type HeatedHome } from './heated-homes.ts';
import { installHome, troubleTime, type Home, type HomeOptions, type InstalledMeter } from './home-meters.ts';
import type { Community, HomeMeter, LinePlan } from './plan.ts';
import { smallCommunity } from './small.ts';

export interface MeteringOptions {
  readonly seed: number;
  readonly homes: number;
  /** How many homes one electricity line, and one line of water and gas, serves. */
  readonly homesPerLine: number;
  /** How many of them have heat, hot water and reclaimed water besides. Default none. */
  readonly heatedHomes?: number;
  /** Already at the moment at which the community begins. */
  readonly time: MovableTime;
  /** Monotonic milliseconds of that moment. */
  readonly now: number;
}

const FIRST_PORT = 15201;
const HEATING_PORTS = { mbus: 15191, cjt188: 15192 };
const METERS: SerialSettings = { baud: 2_400, format: '8E1' };
const MODBUS: SerialSettings = { baud: 9_600, format: '8N1' };
/** Some lines run beside something that disturbs them: of twenty, one of electricity and one of water and gas. */
const NOISY_LINE: Faults = { garbage: 0.03, badChecksum: 0.02, split: 0.05 };
const NOISY = [4, 9];
/** The meters hang there for so long before the community begins. */
const HISTORY_DAYS = 420;
const UNITS = 2;
const FLOORS = 25;
const ROOMS = 2;

/** Building, unit, room: `1-2-1302`. */
function homeName(index: number): string {
  const room = index % ROOMS;
  const floor = Math.floor(index / ROOMS) % FLOORS;
  const unit = Math.floor(index / (ROOMS * FLOORS)) % UNITS;
  const building = Math.floor(index / (ROOMS * FLOORS * UNITS));
  return `${building + 1}-${unit + 1}-${floor + 1}0${room + 1}`;
}

interface WiredLine {
  readonly plan: LinePlan;
  readonly meters: readonly HomeMeter[];
}

function wire(id: string, port: number, installed: readonly InstalledMeter[], also: readonly Member[] = []): WiredLine {
  const faulty = installed.flatMap(({ device, faults }) => (faults === null ? [] : [[device.id, faults] as const]));
  const n = port - FIRST_PORT;
  return {
    plan: {
      id,
      type: 'tcp-serial',
      port,
      serial: METERS,
      devices: [...also, ...installed.map(({ device }) => device)],
      deviceFaults: Object.fromEntries(faulty),
      ...(NOISY.includes(n % 20) && { faults: NOISY_LINE }),
    },
    meters: installed.map(({ listed }) => ({ ...listed, line: id })),
  };
}

/** On the first line of each ten a Modbus meter of the stairs hangs on the same wire, at its own rate. */
function linesOf(homes: readonly Home[], n: number): readonly WiredLine[] {
  const number = String(n + 1).padStart(2, '0');
  const stairs = n % 10 === 0 ? [{ ...sdm120({ id: `stairs-${number}`, unit: 1 }), serial: MODBUS }] : [];
  return [
    wire(
      `electricity-${number}`,
      FIRST_PORT + 2 * n,
      homes.map((home) => home.electricity),
      stairs,
    ),
    wire(
      `water-gas-${number}`,
      FIRST_PORT + 2 * n + 1,
      homes.flatMap((home) => [home.coldWater, home.gas]),
    ),
  ];
}

/** None where no home is heated. */
function heatingLines(homes: readonly HeatedHome[]): readonly WiredLine[] {
  if (homes.length === 0) return [];
  return [
    wire(
      'heating-mbus',
      HEATING_PORTS.mbus,
      homes.flatMap((home) => home.onMbus),
    ),
    wire(
      'heating-cjt188',
      HEATING_PORTS.cjt188,
      homes.flatMap((home) => home.onCjt188),
    ),
  ];
}

export function meteringCommunity(options: MeteringOptions): Community {
  const { seed, homes, homesPerLine, heatedHomes = 0, time, now } = options;
  const small = smallCommunity(seed);
  const begins = time.local(now);
  const since = Math.floor(begins / DAY_MS - HISTORY_DAYS) * DAY_MS;
  const troubleAt = troubleTime(begins);
  const optionsOf = (index: number): HomeOptions => {
    return { seed, index, home: homeName(index), time, since, begins, troubleAt };
  };
  const installed = Array.from({ length: homes }, (_, index) => installHome(optionsOf(index)));
  const heated = Array.from({ length: Math.min(homes, heatedHomes) }, (_, index) => installHeating(optionsOf(index)));
  const groups = Array.from({ length: Math.ceil(homes / homesPerLine) }, (_, n) =>
    installed.slice(n * homesPerLine, (n + 1) * homesPerLine),
  );
  const wired = [...groups.flatMap((each, n) => linesOf(each, n)), ...heatingLines(heated)];
  return {
    ...small,
    lines: [...small.lines, ...wired.map(({ plan }) => plan)],
    meters: wired.flatMap(({ meters }) => meters),
    time,
  };
}
