/** Reads all telegrams of one meter, by primary or secondary address. EN 13757-2, link layer; EN 13757-3, selection. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { askForData, reset, select, type LongFrame } from './ask.ts';
import { LEAST_COUNTED, LONG_ENVELOPE } from './frame.ts';
import { SELECTED } from './frame-control.ts';
import { buildDataRequest, buildLinkReset, buildSelect } from './requests.ts';
import {
  formatSecondaryAddress,
  isSelected,
  parseSecondaryAddress,
  type SecondaryAddress,
} from './secondary-address.ts';
import { readTelegram, type Telegram } from './telegram.ts';

/**
 * `secondary` may have wildcards as long as one meter alone fits. `id`: the identification number that the meter must have;
 * two meters with one primary address can answer as if they were a third.
 */
export type MeterAddress =
  | { readonly kind: 'primary'; readonly address: number; readonly id?: string | undefined }
  | { readonly kind: 'secondary'; readonly address: SecondaryAddress };

export type DataTelegram = Exclude<Telegram, { kind: 'error' }>;

export interface MeterReadout {
  /** In the order in which the meter sends them; at least one. */
  readonly telegrams: readonly DataTelegram[];
  /** Of all their frames. */
  readonly bytes: number;
  /** False where the meter has more than could be read; then `reason` says why. */
  readonly complete: boolean;
  readonly reason?: string;
}

/** A meter that always says that more follow must not be asked for ever. */
const MOST_TELEGRAMS = 64;
const ACCESS_NUMBER_AT = 8;

/**
 * What the meter has to say, all of it: as long as it says that more records follow, the next telegram is asked for with the
 * frame count bit turned. A later telegram that cannot be had leaves those before it. Rejects with DriverError: `refused`
 * (`detail` is the application error's code), `unsupported`, `foreign` where another meter answered, and the line's own.
 */
export async function readMeter(link: Link, address: MeterAddress): Promise<MeterReadout> {
  await begin(link, address);
  const to = address.kind === 'primary' ? address.address : SELECTED;
  const heard: Heard[] = [];
  while (heard.length < MOST_TELEGRAMS) {
    const fcb = heard.length % 2 === 0 ? 1 : 0;
    const answer = await ask(link, buildDataRequest(to, fcb), heard.length === 0 ? 1 : 2);
    const next = answer instanceof DriverError ? answer : accept(answer, address, heard);
    if (next instanceof DriverError) {
      if (heard.length === 0) throw next;
      return readout(heard, next.message);
    }
    heard.push(next);
    if (next.telegram.kind === 'fixed' || !next.telegram.moreFollow) return readout(heard, null);
  }
  return readout(heard, `the meter has more than ${MOST_TELEGRAMS} telegrams`);
}

interface Heard {
  readonly frame: LongFrame;
  readonly telegram: DataTelegram;
}

/** What was read stays read, whatever became of the rest. */
function readout(heard: readonly Heard[], reason: string | null): MeterReadout {
  const telegrams = heard.map(({ telegram }) => telegram);
  const bytes = heard.reduce((sum, { frame }) => sum + frame.data.length + LEAST_COUNTED + LONG_ENVELOPE, 0);
  return reason === null ? { telegrams, bytes, complete: true } : { telegrams, bytes, complete: false, reason };
}

/** After it the meter begins with its first telegram and takes the frame count bit 1 for new (libmbus issues 84 and 105). */
async function begin(link: Link, address: MeterAddress): Promise<void> {
  // Nothing may be asked before a selection is acknowledged (libmbus issue 88). Some meters do not acknowledge a reset, and
  // give their data all the same.
  if (address.kind === 'secondary') await select(link, buildSelect(address.address));
  else await reset(link, buildLinkReset(address.address));
}

/** The same request with the same frame count bit makes the meter repeat its telegram: asking twice costs none. */
async function ask(link: Link, request: Uint8Array, attempts: number): Promise<LongFrame | DriverError> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await askForData(link, request);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      if (attempt === attempts || !error.retryable) return error;
    }
  }
}

/** The next telegram, if it is one of the meter that was asked. */
function accept(frame: LongFrame, address: MeterAddress, before: readonly Heard[]): Heard | DriverError {
  const telegram = readTelegram(frame);
  if (telegram.kind === 'undecodable') return new DriverError('unsupported', telegram.message);
  if (telegram.kind === 'error') {
    return new DriverError('refused', `the meter reports an application error: ${telegram.name}`, telegram.code);
  }
  const stranger = strangerIn(telegram, address, before[0]?.telegram);
  if (stranger !== null) return new DriverError('foreign', stranger);
  const last = before.at(-1);
  if (last !== undefined && isSameTelegram(last.frame.data, frame.data)) {
    return new DriverError('foreign', 'the meter sends the same telegram again instead of the next one');
  }
  return { frame, telegram };
}

/** Who answered instead, in words; null where it is the meter that was asked. */
function strangerIn(telegram: DataTelegram, address: MeterAddress, first: DataTelegram | undefined): string | null {
  const id = idOf(telegram);
  if (first !== undefined) {
    // Its further telegrams may have another version and medium: P-mbus-045 and P-mbus-049 are two of one meter.
    return id === idOf(first) ? null : `meter ${id} answered instead of ${idOf(first)}`;
  }
  if (address.kind === 'primary') {
    const wanted = address.id ?? id;
    return wanted === id ? null : `meter ${id} answered at address ${address.address} instead of ${wanted}`;
  }
  const name = telegram.kind === 'fixed' ? id : telegram.slave.secondaryText;
  if (isSelected(address.address, secondaryOf(telegram, address.address))) return null;
  return `meter ${name} answered where ${formatSecondaryAddress(address.address)} was selected`;
}

/** Fixed data name neither manufacturer nor version: there they are what was asked for. */
function secondaryOf(telegram: DataTelegram, asked: SecondaryAddress): SecondaryAddress {
  return telegram.kind === 'fixed'
    ? (parseSecondaryAddress(telegram.fixed.id + formatSecondaryAddress(asked).slice(telegram.fixed.id.length)) ??
        asked)
    : telegram.slave.secondary;
}

function idOf(telegram: DataTelegram): string {
  return telegram.kind === 'fixed' ? telegram.fixed.id : telegram.slave.id;
}

/** The access number counts how often the meter was asked; a meter that heeds no frame count bit changes nothing else. */
function isSameTelegram(before: Uint8Array, after: Uint8Array): boolean {
  return before.length === after.length && before.every((byte, i) => i === ACCESS_NUMBER_AT || byte === after[i]);
}
