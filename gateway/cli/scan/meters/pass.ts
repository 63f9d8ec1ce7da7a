/** What is asked of a line: each protocol with each setting that is usual for it. Pure. */
import type { BusConfig, SerialFormat } from '../../../config/schema.ts';
import { byteMs, serialRateOf, type SerialRate } from '../../../config/wire-time.ts';
import { usageError } from '../../exit.ts';
import type { ScanOptions } from '../options.ts';
import { HIGHEST_PRIMARY } from '../../../../drivers/mbus/frame-control.ts';
import { METER_PROTOCOLS, type MeterProtocol } from './found-meter.ts';

export interface Pass {
  readonly protocol: MeterProtocol;
  readonly rate: SerialRate;
  /** How long an answer may take to begin. */
  readonly timeoutMs: number;
  /** How many requests it takes where nobody answers. */
  readonly requests: number;
  /** How long one of them takes. */
  readonly requestMs: number;
}

/** DL/T 645-2007, annex C, and what is found in the field; CJ/T 188-2004, 5; EN 13757-2, 5. */
const USUAL: Readonly<Record<MeterProtocol, readonly SerialRate[]>> = {
  dlt645: [2_400, 1_200, 4_800, 9_600].map((baud) => ({ baud, format: '8E1' })),
  cjt188: [
    { baud: 2_400, format: '8E1' },
    { baud: 9_600, format: '8N1' },
    { baud: 9_600, format: '8E1' },
  ],
  mbus: [2_400, 9_600, 300].map((baud) => ({ baud, format: '8E1' })),
};

/** Wildcards in both versions; nine types with four questions each; secondary wildcards and the address of everybody. */
const REQUESTS: Readonly<Record<MeterProtocol, number>> = { dlt645: 6, cjt188: 36, mbus: 7 };
/** M-Bus: 0 are slaves that have not been given an address. */
export const PRIMARY_ADDRESSES: readonly number[] = Array.from(
  { length: HIGHEST_PRIMARY + 1 },
  (_, address) => address,
);
/** Of a request, wake-up bytes included. */
const REQUEST_BYTES: Readonly<Record<MeterProtocol, number>> = { dlt645: 18, cjt188: 20, mbus: 6 };
/** A device server, a converter and their drivers. */
const SLACK_MS = 150;
/** DL/T 645-2007, 5.3.2: at most 500 ms. CJ/T 188 names no such time; batteries take it slowly. */
const ANSWER_MS = 500;
/** EN 13757-2, 5.5: a slave answers within 330 bit times and 50 ms. */
const MBUS_BITS = 330;
const MBUS_MS = 50;

/** The meter protocols that `protocol` means. */
export function meterProtocols(protocol: ScanOptions['protocol']): readonly MeterProtocol[] {
  if (protocol === 'all') return METER_PROTOCOLS;
  return METER_PROTOCOLS.filter((one) => one === protocol);
}

/** Throws CliError where the line has no meters, or its rate cannot be chosen from here. */
export function passesOf(
  bus: BusConfig,
  options: Pick<ScanOptions, 'protocol' | 'rates' | 'formats' | 'timeout' | 'primary'>,
  configured: boolean,
): readonly Pass[] {
  const protocols = meterProtocols(options.protocol);
  if (bus.type === 'modbus-tcp' && options.protocol !== 'all' && protocols.length > 0) {
    throw usageError('meters are on serial lines', 'serial:///dev/ttyUSB0, or tcp-serial://10.0.0.6:4001');
  }
  return protocols.flatMap((protocol) =>
    ratesFor(protocol, bus, options, configured).map((rate) => passOf(protocol, rate, options)),
  );
}

/** A device server has one rate. */
function ratesFor(
  protocol: MeterProtocol,
  bus: BusConfig,
  { rates, formats }: Pick<ScanOptions, 'rates' | 'formats'>,
  configured: boolean,
): readonly SerialRate[] {
  const own = serialRateOf(bus);
  if (own === null) return [];
  if (bus.type === 'tcp-serial') {
    if (rates === undefined && formats === undefined) return [own];
    throw usageError('the rate of a serial device server is set in the server', 'leave out --rates and --formats');
  }
  if (rates !== undefined || formats !== undefined) {
    const usual = USUAL[protocol];
    const bauds = rates ?? [...new Set(usual.map(({ baud }) => baud))];
    return bauds.flatMap((baud) => formatsFor(usual, baud, formats).map((format) => ({ baud, format })));
  }
  return isChosen(bus, configured) ? distinct([own, ...USUAL[protocol]]) : USUAL[protocol];
}

function formatsFor(usual: readonly SerialRate[], baud: number, named: readonly SerialFormat[] | undefined) {
  if (named !== undefined) return named;
  const own = usual.filter((rate) => rate.baud === baud).map(({ format }) => format);
  return own.length > 0 ? own : (['8E1'] as const);
}

/** Whether somebody has said what the line's rate is, rather than left it at what it is by default. */
function isChosen(bus: BusConfig, configured: boolean): boolean {
  return configured || (bus.type === 'serial' && (bus.baud !== 9_600 || bus.format !== '8N1'));
}

function distinct(rates: readonly SerialRate[]): readonly SerialRate[] {
  return [...new Map(rates.map((rate) => [`${rate.baud} ${rate.format}`, rate])).values()];
}

function passOf(
  protocol: MeterProtocol,
  rate: SerialRate,
  { timeout, primary = [] }: Pick<ScanOptions, 'timeout' | 'primary'>,
): Pass {
  const answerMs = protocol === 'mbus' ? MBUS_MS + (MBUS_BITS * 1_000) / rate.baud : ANSWER_MS;
  const timeoutMs = timeout ?? Math.ceil(answerMs + SLACK_MS);
  const requestMs = timeoutMs + REQUEST_BYTES[protocol] * byteMs(rate.baud, rate.format);
  const requests = REQUESTS[protocol] + (protocol === 'mbus' ? primary.length : 0);
  return { protocol, rate, timeoutMs, requests, requestMs };
}
