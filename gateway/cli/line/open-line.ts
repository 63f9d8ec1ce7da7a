/** A line that a command has for itself: the gateway's own bus, with everything on it overheard. */
import { setTimeout as delay } from 'node:timers/promises';
import { Bus } from '../../bus/bus.ts';
import { systemClock } from '../../clock.ts';
import type { BusConfig } from '../../config/schema.ts';
import { serialRateOf } from '../../config/wire-time.ts';
import { transportOf } from '../../field.ts';
import { CliError } from '../exit.ts';
import { tapWire, type Overheard } from './wire-tap.ts';

export interface OpenLine {
  readonly bus: Bus;
  /** What went over the wire since the last call. */
  readonly overheard: () => readonly Overheard[];
  /** Resolves when the line is open; to false where it is not within `ms`. A lost connection is opened again meanwhile. */
  readonly reopened: (ms: number) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** A command asks few things once: no device of it is ever left to rest. */
const NEVER_RESTS = { failures: Infinity, firstBackoffMs: 0, maxBackoffMs: 0 };

/** Rejects with CliError where the line cannot be opened, which says why. */
export async function openLine(config: BusConfig): Promise<OpenLine> {
  const { id, interByteTimeoutMs, echo } = config;
  const serial = serialRateOf(config) ?? undefined;
  const settings = { id, interByteTimeoutMs, echo, serial, breaker: NEVER_RESTS, silenceLimit: 0 };
  const tap = tapWire(transportOf(config), systemClock);
  const waiting = new Set<() => void>();
  const bus = new Bus(tap, settings, systemClock, () => {
    for (const look of waiting) look();
  });
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
    });

  const first = changed();
  bus.start();
  await first;
  if (bus.state !== 'open') {
    const reason = bus.reason ?? 'it does not open';
    await bus.stop();
    throw new CliError(reason, hintFor(config, reason));
  }
  return {
    bus,
    overheard: () => tap.take(),
    reopened: async (ms) => {
      const end = systemClock.monotonic() + ms;
      for (let left = ms; bus.state !== 'open' && left > 0; left = end - systemClock.monotonic()) {
        await Promise.race([changed(), delay(left, undefined, { ref: false })]);
      }
      return bus.state === 'open';
    },
    close: () => bus.stop(),
  };
}

function hintFor({ type }: BusConfig, reason: string): string | undefined {
  if (type === 'serial' && reason.includes('another program')) {
    return 'a running gateway has its lines for itself: stop it first, or ask its API';
  }
  return undefined;
}
