/** Whether a bus can keep its schedule: each device's plan, its periods, and what its exchanges cost on the wire. */
import type { Driver, PollClass, Profile } from '../../drivers/contract.ts';
import type { BusConfig, DeviceConfig } from './schema.ts';
import { periodsOf, type SiteConfig } from './site-config.ts';
import { exchangeMs, lineCost, mediumOf } from './wire-time.ts';

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

const CLASSES = ['alarm', 'fast', 'normal', 'slow'] as const satisfies readonly PollClass[];

/** The budget of `bus`. Throws DriverError where a driver cannot plan for a device. */
export function busBudget(bus: BusConfig, config: SiteConfig, drivers: readonly Driver[]): BusBudget {
  const loads: Load[] = [];
  const longestReplies = new Map<string, number>();
  let longestExchangeMs = 0;
  for (const device of config.devices) {
    const profile = config.profiles.get(device.profile);
    if (device.bus !== bus.id || !device.enabled || !profile) continue;
    const blocks = planOf(bus, device, profile, drivers);
    const cost = lineCost(bus, device);
    for (const block of blocks) longestExchangeMs = Math.max(longestExchangeMs, exchangeMs(cost, block));
    longestReplies.set(device.id, Math.max(0, ...blocks.map(({ replyLength }) => replyLength)));
    const periods = periodsOf(config.poll, device);
    for (const poll of CLASSES) {
      const ofClass = blocks.filter((block) => block.poll === poll);
      if (ofClass.length === 0) continue;
      const wireMs = ofClass.reduce((sum, block) => sum + exchangeMs(cost, block), 0);
      const periodMs = periods[poll];
      loads.push({
        device: device.id,
        poll,
        periodMs,
        exchanges: ofClass.length,
        wireMs,
        utilisation: wireMs / periodMs,
      });
    }
  }
  loads.sort((a, b) => b.utilisation - a.utilisation);
  return {
    bus: bus.id,
    utilisation: total(loads),
    exchangesPerSecond: loads.reduce((sum, load) => sum + (load.exchanges * 1000) / load.periodMs, 0),
    longestExchangeMs,
    longestReplies,
    loads,
  };
}

/** The summed utilisation of `loads`. */
export function total(loads: readonly Load[]): number {
  return loads.reduce((sum, { utilisation }) => sum + utilisation, 0);
}

function planOf(bus: BusConfig, device: DeviceConfig, profile: Profile, drivers: readonly Driver[]) {
  const driver = drivers.find(({ name }) => name === profile.driver);
  if (!driver) return [];
  const session = driver.open({
    device: device.id,
    unit: device.unit,
    profile,
    medium: mediumOf(bus),
    cost: lineCost(bus, device),
    knowledge: {},
  });
  return session.plan();
}
