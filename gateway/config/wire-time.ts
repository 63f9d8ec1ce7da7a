/** What bytes cost on a line: the one place where baud rates become milliseconds. */
import type { Block, LineCost, SessionSetup } from '../../drivers/contract.ts';
import type { BusConfig, DeviceConfig, SerialFormat } from './schema.ts';

/** Rate and format that a device is spoken to with. */
export interface SerialRate {
  readonly baud: number;
  readonly format: SerialFormat;
}

/** Bits of one character on the wire: start, data, parity, stop. */
export function bitsPerByte(format: SerialFormat): number {
  const data = format.startsWith('7') ? 7 : 8;
  const parity = format[1] === 'N' ? 0 : 1;
  const stop = format.endsWith('2') ? 2 : 1;
  return 1 + data + parity + stop;
}

/** Time of one character, in milliseconds. `baud` in bits per second. */
export function byteMs(baud: number, format: SerialFormat): number {
  return (bitsPerByte(format) * 1000) / baud;
}

/**
 * Silence between two RTU frames, in milliseconds: 3.5 characters, and 1.75 ms at any rate above 19,200.
 * Modbus over Serial Line V1.02, 2.5.1.1.
 */
export function gapMs(baud: number, format: SerialFormat): number {
  return baud > 19_200 ? 1.75 : 3.5 * byteMs(baud, format);
}

/**
 * Silence before a request to a meter, whose frames have a length and an end: 33 bits, in milliseconds. IEC 60870-5-1, frame
 * format FT1.2, which those of DL/T 645, CJ/T 188 and M-Bus are made after, has it so after a damaged frame.
 */
export function meterGapMs(baud: number): number {
  return (33 * 1000) / baud;
}

/** What the frames of a bus are: those of Modbus TCP, or serial ones over whatever medium. */
export function mediumOf(bus: BusConfig): SessionSetup<never>['medium'] {
  return bus.type === 'modbus-tcp' ? 'ip' : 'line';
}

/** The serial settings for a device: its own where one line mixes protocols. Null where there is no serial line. */
export function serialRateOf(bus: BusConfig, device?: Pick<DeviceConfig, 'serial'>): SerialRate | null {
  if (bus.type === 'modbus-tcp') return null;
  return { baud: device?.serial?.baud ?? bus.baud, format: device?.serial?.format ?? bus.format };
}

/** Silence before a request to this device, in milliseconds: the bus's own, or what its rate and its protocol ask for. */
export function requestGapMs(bus: BusConfig, device?: Pick<DeviceConfig, 'serial' | 'address'>): number {
  const rate = serialRateOf(bus, device);
  if (bus.gapMs !== undefined || rate === null) return bus.gapMs ?? 0;
  return device?.address === undefined ? gapMs(rate.baud, rate.format) : meterGapMs(rate.baud);
}

/** The cost model by which drivers plan their requests and the budget counts them. */
export function lineCost(bus: BusConfig, device?: Pick<DeviceConfig, 'serial' | 'address'>): LineCost {
  const rate = serialRateOf(bus, device);
  return {
    byteMs: rate ? byteMs(rate.baud, rate.format) : 0,
    overheadMs: requestGapMs(bus, device) + bus.turnaroundMs,
  };
}

type Lengths = Pick<Block, 'requestLength' | 'replyLength' | 'exchanges' | 'longestReply'>;

/** How long a poll of `block` occupies its line when all goes well, in milliseconds. */
export function pollMs(cost: LineCost, { requestLength, replyLength, exchanges = 1 }: Lengths): number {
  return exchanges * cost.overheadMs + (requestLength + replyLength) * cost.byteMs;
}

/** How long its longest exchange does. Its requests are of about one length. */
export function exchangeMs(cost: LineCost, block: Lengths): number {
  const { requestLength, replyLength, exchanges = 1, longestReply = replyLength } = block;
  return cost.overheadMs + (requestLength / exchanges + longestReply) * cost.byteMs;
}
