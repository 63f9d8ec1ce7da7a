/** The requests that a gateway sends, checked. Writing of parameters, addresses and calibrations is not among them. */
import { bytesLowFirst } from '../bytes/bcd-low-first.ts';
import { DriverError } from '../errors.ts';
import { FUNCTIONS_1997, FUNCTIONS_2007, type Version } from './control-codes.ts';
import type { Frame } from './frame.ts';
import { ANY_METER, BROADCAST } from './frame-address.ts';
import { freezeData, type FreezeMoment } from './freeze-moment.ts';
import { localTimeData, type LocalTime } from './local-time.ts';
import { RELAY_COMMANDS, type RelayCommand } from './relay-command.ts';

/** One meter on a line, as it is talked to. */
export interface Meter {
  /** Twelve digits as printed on it. */
  readonly address: string;
  readonly version: Version;
}

/** What a meter asks of who commands it. */
export interface Credentials {
  /** Two digits: 00 is the highest level, 09 the lowest. */
  readonly level: string;
  /** Six digits. */
  readonly password: string;
  /** Eight digits: who it was, for the meter's own records. */
  readonly operator: string;
}

const DI = { '2007': /^[0-9A-F]{8}$/i, '1997': /^[0-9A-F]{4}$/i } as const;
const MAX_SEQUENCE = 255;
const NOTHING = new Uint8Array();

/** `di` as it goes over the wire, without the +33H: its last byte first. Throws DriverError `config` where it is none. */
export function identifierBytes(di: string, version: Version): Uint8Array {
  if (!DI[version].test(di)) throw new DriverError('config', `${di} is no data identifier of DL/T 645-${version}`);
  return Uint8Array.from(Buffer.from(di, 'hex')).reverse();
}

/** 11H; 1997: 01H. */
export function buildRead({ address, version }: Meter, di: string): Frame {
  return { address, control: functionsOf(version).read, data: identifierBytes(di, version) };
}

/** 12H with the number of the follow-on frame, 1 to 255; 1997: 02H without. */
export function buildReadMore({ address, version }: Meter, di: string, sequence: number): Frame {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > MAX_SEQUENCE) {
    throw new DriverError('config', `${sequence} is no number of a follow-on frame`);
  }
  const identifier = identifierBytes(di, version);
  const data = version === '2007' ? Uint8Array.of(...identifier, sequence) : identifier;
  return { address, control: functionsOf(version).readMore, data };
}

/** 13H: the one meter on the line says its address. */
export function buildReadAddress(): Frame {
  return { address: ANY_METER, control: FUNCTIONS_2007.readAddress, data: NOTHING };
}

/**
 * 08H: sets the clock of every meter on the line, or of one; nobody answers. Meters take it once a day, by up to five
 * minutes, and not around midnight.
 */
export function buildSetTime(time: LocalTime, address = BROADCAST): Frame {
  return { address, control: FUNCTIONS_2007.setTime, data: localTimeData(time) };
}

/** 16H: a broadcast is not answered. 1997 has no such function. */
export function buildFreeze(address: string, moment: FreezeMoment): Frame {
  return { address, control: FUNCTIONS_2007.freeze, data: freezeData(moment) };
}

/** 1CH. The meter refuses once `validUntil`, in its local time, is over. */
export function buildRelay(address: string, command: RelayCommand, who: Credentials, validUntil: LocalTime): Frame {
  if (address === BROADCAST || address.toLowerCase().includes('a')) {
    throw new DriverError('config', 'a relay command is for one meter, by its whole address');
  }
  const data = [...credentialsData(who), RELAY_COMMANDS[command], 0x00, ...localTimeData(validUntil)];
  return { address, control: FUNCTIONS_2007.relay, data: Uint8Array.from(data) };
}

function functionsOf(version: Version): { readonly read: number; readonly readMore: number } {
  return version === '2007' ? FUNCTIONS_2007 : FUNCTIONS_1997;
}

/** PA P0 P1 P2 C0 C1 C2 C3. What is wrong with a password is said without the password. */
function credentialsData({ level, password, operator }: Credentials): number[] {
  const [levelBytes, passwordBytes, operatorBytes] = [level, password, operator].map(bytesLowFirst);
  if (levelBytes?.length !== 1) throw new DriverError('config', 'the password level is two digits');
  if (passwordBytes?.length !== 3) throw new DriverError('config', 'the password is six digits');
  if (operatorBytes?.length !== 4) throw new DriverError('config', 'the operator code is eight digits');
  return [...levelBytes, ...passwordBytes, ...operatorBytes];
}
