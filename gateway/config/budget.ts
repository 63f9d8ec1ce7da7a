/** Whether a bus can keep its schedule: each device's plan, its periods, and what its exchanges cost on the wire. */
import type { Block, Driver, LineCost, PollClass, Profile } from '../../drivers/contract.ts';
import { POLL_CLASSES } from '../../drivers/poll-classes.ts';
import { openIfAddressed } from './open-session.ts';
import type { BusConfig, DeviceConfig } from './schema.ts';
import { periodsOf, type SiteConfig } from './site-config.ts';
import { exchangeMs, lineCost, pollMs } from './wire-time.ts';

/** What one class of one device's points asks of its bus. */
export interface Load {
  readonly device: string;
  readonly poll: PollClass;
  readonly periodMs: number;
  /** Exchanges per period. */
  readonly exchanges: number;
  /** Time on the wire per period. */
  readonly wireMs: number;
  readonly utilisation: number;
}

export interface BusBudget {
  readonly bus: string;
  /** Share of the line's time that the schedule takes while every device answers: 1 is all of it. */
  readonly utilisation: number;
  readonly exchangesPerSecond: number;
  /** The longest single exchange: what an alarm poll may find in its way. */
  readonly longestExchangeMs: number;
  /** The longest reply of each device, in bytes. */
  readonly longestReplies: ReadonlyMap<string, number>;
  /** Largest first. */
  readonly loads: readonly Load[];
}

interface Planned {
  readonly device: DeviceConfig;
  readonly blocks: readonly Block[];
  readonly cost: LineCost;
}

/** The budget of `bus`. Throws DriverError where a driver cannot plan for a device. */
export function busBudget(bus: BusConfig, config: SiteConfig, drivers: readonly Driver[]): BusBudget {
  const planned = plansOf(bus, config, drivers);
  const loads = planned
    .flatMap(({ device, blocks, cost }) => loadsOf(device, blocks, cost, periodsOf(config.poll, device)))
    .sort((a, b) => b.utilisation - a.utilisation);
  const longestReply = (blocks: readonly Block[]): number =>
    Math.max(0, ...blocks.map(({ replyLength, longestReply: longest = replyLength }) => longest));
  const exchanges = planned.flatMap(({ blocks, cost }) => blocks.map((block) => exchangeMs(cost, block)));
  return {
    bus: bus.id,
    utilisation: total(loads),
    exchangesPerSecond: loads.reduce((sum, load) => sum + (load.exchanges * 1000) / load.periodMs, 0),
    longestExchangeMs: exchanges.reduce((longest, ms) => Math.max(longest, ms), 0),
    longestReplies: new Map(planned.map(({ device, blocks }) => [device.id, longestReply(blocks)])),
    loads,
  };
}

/** The summed utilisation of `loads`. */
export function total(loads: readonly Load[]): number {
  return loads.reduce((sum, { utilisation }) => sum + utilisation, 0);
}

function loadsOf(
  device: DeviceConfig,
  blocks: readonly Block[],
  cost: LineCost,
  periods: Readonly<Record<PollClass, number>>,
): Load[] {
  return POLL_CLASSES.flatMap((poll) => {
    const ofClass = blocks.filter((block) => block.poll === poll);
    if (ofClass.length === 0) return [];
    const wireMs = ofClass.reduce((sum, block) => sum + pollMs(cost, block), 0);
    const exchanges = ofClass.reduce((sum, block) => sum + (block.exchanges ?? 1), 0);
    const periodMs = periods[poll];
    return [{ device: device.id, poll, periodMs, exchanges, wireMs, utilisation: wireMs / periodMs }];
  });
}

/** The devices of a line are mostly of one model: one at one rate is planned as the next is, whatever its address. */
function plansOf(bus: BusConfig, config: SiteConfig, drivers: readonly Driver[]): Planned[] {
  const plans = new Map<string, readonly Block[]>();
  return config.devices.flatMap((device) => {
    const profile = config.profiles.get(device.profile);
    if (device.bus !== bus.id || !device.enabled || !profile) return [];
    const cost = lineCost(bus, device);
    const key = `${profile.id} ${cost.byteMs} ${cost.overheadMs}`;
    const blocks = plans.get(key) ?? plan(bus, device, profile, drivers);
    plans.set(key, blocks);
    return [{ device, blocks, cost }];
  });
}

function plan(bus: BusConfig, device: DeviceConfig, profile: Profile, drivers: readonly Driver[]): readonly Block[] {
  return openIfAddressed({ drivers, profile, bus, device, knowledge: {} })?.plan() ?? [];
}
