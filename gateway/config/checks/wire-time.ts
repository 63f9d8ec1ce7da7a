/** Whether the wire has the time that the schedule and the time-outs ask of it. */
import { DriverError } from '../../../drivers/errors.ts';
import { busBudget, total, type BusBudget, type Load } from '../budget.ts';
import type { CheckInput } from './input.ts';
import { error, warning, type Finding } from '../mistakes/mistake.ts';
import type { BusConfig, DeviceConfig } from '../schema.ts';
import { serialRateOf, byteMs } from '../wire-time.ts';

/** What is left above it is for retries, commands and devices that answer slowly. */
const COMFORTABLE = 0.8;

/** What of a bus its budget follows from. */
const TIMES = ['baud', 'format', 'replyTimeoutMs', 'turnaroundMs', 'gapMs'];

export function checkWireTime(input: CheckInput): Finding[] {
  // A device with a mistake is taken for one that asks nothing of the wire.
  const devices = input.config.devices.map((device, index) =>
    input.lost.touches(['devices', index]) ? { ...device, enabled: false } : device,
  );
  return input.config.buses.flatMap((bus, index) => {
    if (input.lost.anyOf(['buses', index], TIMES)) return [];
    try {
      const budget = busBudget(bus, { ...input.config, devices }, input.drivers);
      const schedule = input.lost.touches(['poll']) ? [] : checkSchedule(budget, index);
      return [...schedule, ...checkReplyTimes(bus, budget, devices)];
    } catch (failure) {
      if (!(failure instanceof DriverError)) throw failure;
      return [error(['buses', index, 'id'], `no schedule can be made for this bus: ${failure.message}`)];
    }
  });
}

function checkSchedule(budget: BusBudget, index: number): Finding[] {
  if (budget.utilisation <= COMFORTABLE) return [];
  const path = ['buses', index, 'id'] as const;
  const percent = `${Math.round(budget.utilisation * 100)} % of its wire time`;
  const bus = `bus ${JSON.stringify(budget.bus)}`;
  const { who, remedy } = advice(budget.loads);
  return budget.utilisation > 1
    ? [error(path, `${bus} cannot keep its schedule: it takes ${percent}, ${who}`, remedy)]
    : [warning(path, `${bus} has little room: its schedule takes ${percent}, ${who}`, remedy)];
}

/** Who takes most, and the period of that class with which the bus would be comfortable. */
function advice(loads: readonly Load[]): { who: string; remedy: string } {
  const classes = [...Map.groupBy(loads, ({ poll }) => poll)]
    .map(([poll, ofClass]) => ({ poll, ofClass, share: total(ofClass) }))
    .sort((a, b) => b.share - a.share);
  const shares = classes.map(({ poll, share }) => `${poll} ${Math.round(share * 100)} %`).join(', ');
  const [heaviest] = classes;
  if (!heaviest) return { who: '', remedy: '' };
  const devices = heaviest.ofClass.map(({ device }) => device);
  const named = devices.slice(0, 4).join(', ') + (devices.length > 4 ? ` and ${devices.length - 4} more` : '');
  const who = `${shares}; most of ${heaviest.poll} is ${named}`;
  const room = COMFORTABLE - (total(loads) - heaviest.share);
  const now = Math.max(...heaviest.ofClass.map(({ periodMs }) => periodMs));
  const factor = heaviest.share / room;
  if (room <= 0 || factor > 20)
    return {
      who,
      remedy: `no one class can make room: every period ${times(total(loads) / COMFORTABLE)} as long, or another bus`,
    };
  return {
    who,
    remedy: `a period of ${rounded(now * factor)} ms for ${heaviest.poll} would fit (now ${now}), or another bus`,
  };
}

function times(factor: number): string {
  return `${(Math.ceil(factor * 10) / 10).toString()} times`;
}

/** Upward to two figures: 1,234 → 1,300. */
function rounded(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / step) * step;
}

/**
 * The reply must have begun within the reply timeout. Device servers and many adapters hand a reply over only when it
 * is whole, so its time on the wire counts too.
 */
function checkReplyTimes(bus: BusConfig, { longestReplies }: BusBudget, devices: readonly DeviceConfig[]): Finding[] {
  return devices.flatMap((device, index) => {
    const longest = longestReplies.get(device.id);
    const rate = serialRateOf(bus, device);
    if (longest === undefined || device.bus !== bus.id) return [];
    const wireMs = rate ? longest * byteMs(rate.baud, rate.format) : 0;
    const needed = Math.ceil(bus.turnaroundMs + wireMs);
    const given = device.replyTimeoutMs ?? bus.replyTimeoutMs;
    if (given >= needed) return [];
    const path = ['devices', index, ...(device.replyTimeoutMs === undefined ? [] : ['replyTimeoutMs'])];
    const message = `${JSON.stringify(device.id)} may take ${needed} ms to answer (${longest} bytes), and is given ${given} ms`;
    return [error(path, message, `replyTimeoutMs: ${rounded(needed)} for the device or its bus`)];
  });
}
