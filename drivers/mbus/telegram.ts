/** What a whole frame of a slave says: the application layer. EN 13757-3, CI field. */
import { applicationErrorName } from './application-error.ts';
import { readDataRecord, type DataRecord } from './data-record.ts';
import { readFixedData, type FixedData } from './fixed-data.ts';
import type { Frame } from './frame.ts';
import { controlOf } from './frame-control.ts';
import { libmbusRecord, type LibmbusRecord } from './libmbus-record.ts';
import { cutRecords, MORE_FOLLOW, type RawRecord } from './raw-record.ts';
import { HEADER_LENGTH, readSlaveHeader, type SlaveHeader } from './slave-header.ts';

export const VARIABLE_DATA = 0x72;
export const FIXED_DATA = 0x73;
export const APPLICATION_ERROR = 0x70;

export type Telegram =
  | VariableTelegram
  | { readonly kind: 'fixed'; readonly fixed: FixedData }
  /** The slave says that it cannot do what was asked. */
  | { readonly kind: 'error'; readonly code: number; readonly name: string };

export interface VariableTelegram {
  readonly kind: 'variable';
  readonly slave: SlaveHeader;
  readonly records: readonly DataRecord[];
  /** What follows the records: only its maker knows what it means. In hex; null where there is none. */
  readonly manufacturerData: string | null;
  /** More telegrams follow this one. */
  readonly moreFollow: boolean;
  readonly libmbus: readonly LibmbusRecord[];
}

export interface TelegramError {
  readonly kind: 'undecodable';
  /** `unsupported`: a frame of another kind. `records`: data that contradict themselves. */
  readonly code: 'unsupported' | 'records';
  readonly message: string;
}

/** Reads RSP_UD. Of data that contradict themselves nothing is given. Never throws. */
export function readTelegram(frame: Extract<Frame, { kind: 'long' }>): Telegram | TelegramError {
  const { name } = controlOf(frame.control);
  if (name !== 'RSP_UD') {
    return undecodable('unsupported', `${name ?? `C field ${hexByte(frame.control)}`} is no reply of a slave`);
  }
  switch (frame.ci) {
    case VARIABLE_DATA:
      return readVariableData(frame.data);
    case FIXED_DATA: {
      const fixed = readFixedData(frame.data);
      if (fixed !== null) return { kind: 'fixed', fixed };
      return undecodable('records', `fixed data of ${frame.data.length} bytes: they are always 16`);
    }
    case APPLICATION_ERROR: {
      const [code = 0] = frame.data;
      return { kind: 'error', code, name: applicationErrorName(code) };
    }
    default:
      return undecodable('unsupported', `${ciName(frame.ci)} is not decoded`);
  }
}

function readVariableData(data: Uint8Array): Telegram | TelegramError {
  const slave = readSlaveHeader(data);
  if (slave === null) {
    return undecodable('records', `a header of ${data.length} bytes: it has ${HEADER_LENGTH}`);
  }
  const cut = cutRecords(data, HEADER_LENGTH);
  if (!cut.ok) return undecodable('records', cut.message);
  const special = cut.records.find(({ kind }) => kind === 'special');
  return {
    kind: 'variable',
    slave,
    records: cut.records.filter(({ kind }) => kind === 'data').map(readDataRecord),
    manufacturerData: manufacturerData(special),
    moreFollow: special?.dif === MORE_FOLLOW,
    libmbus: cut.records.map(libmbusRecord),
  };
}

function manufacturerData(special: RawRecord | undefined): string | null {
  return special === undefined || special.data.length === 0 ? null : Buffer.from(special.data).toString('hex');
}

const CI_NAMES: ReadonlyMap<number, string> = new Map([
  [0x71, 'an alarm status'],
  [0x76, 'variable data, high byte first (mode 2)'],
  [0x77, 'fixed data, high byte first (mode 2)'],
  [0x78, 'variable data without a header'],
  [0x7a, 'variable data with a short header'],
]);

function ciName(ci: number): string {
  const name = CI_NAMES.get(ci);
  return name === undefined ? `CI field ${hexByte(ci)}` : `${name} (CI ${hexByte(ci)})`;
}

function undecodable(code: TelegramError['code'], message: string): TelegramError {
  return { kind: 'undecodable', code, message };
}

function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
