/** A driver's view of a bus, on behalf of one device and one priority. */
import type { Exchange, Link, Priority } from '../../drivers/contract.ts';
import type { Clock } from '../clock.ts';
import type { BusConfig, DeviceConfig } from '../config/schema.ts';
import { byteMs, mediumOf, requestGapMs, serialRateOf } from '../config/wire-time.ts';
import type { Bus } from './bus.ts';

export interface LinkOptions {
  readonly priority: Priority;
  /** What is asked has failed again and again while the device answered other questions. */
  readonly doubtful?: boolean;
  /** Asked when an exchange's turn has come: it leaves once this has resolved; a DriverError that it rejects with stops it. */
  readonly permit?: (exchange: Exchange) => Promise<void>;
}

export function createLink(
  bus: Bus,
  busConfig: BusConfig,
  device: DeviceConfig,
  clock: Clock,
  options: LinkOptions,
): Link {
  const rate = serialRateOf(busConfig, device);
  const request = {
    ...options,
    device: device.id,
    replyTimeoutMs: device.replyTimeoutMs ?? busConfig.replyTimeoutMs,
    byteMs: rate ? byteMs(rate.baud, rate.format) : 0,
    gapMs: requestGapMs(busConfig, device),
    serial: busConfig.type === 'serial' ? (rate ?? undefined) : undefined,
  };
  return {
    medium: mediumOf(busConfig),
    exchange: (exchange) => bus.exchange(exchange, request),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => clock.now(),
  };
}
