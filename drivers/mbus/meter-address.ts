/**
 * How the address of a slave is written in configuration: `5` or `5/12345678` (primary, and the identification number that must
 * answer there), `12345678` or `12345678-KAM-01-04` (secondary: identification number, manufacturer, version, medium).
 */
import type { Addressing, Caution } from '../contract.ts';
import { HIGHEST_PRIMARY, SELECTED } from './frame-control.ts';
import { manufacturerCode, manufacturerName } from './manufacturer.ts';
import type { MeterAddress } from './read-meter.ts';
import { parseSecondaryAddress, type SecondaryAddress } from './secondary-address.ts';

const RIGHT = '1 to 250, or the eight digits of the identification number: "12345678"';
const RIGHT_NUMBER = 'the eight digits that are printed on the meter: "12345678"';
const RIGHT_FULL = '"12345678-KAM-01-04": identification number, manufacturer, version and medium, the last two in hex';

type Parsed = ReturnType<Addressing['parse']>;

export const mbusAddressing: Addressing = {
  key: 'address',
  parse(text, bus) {
    if (bus === 'modbus-tcp') return no('an M-Bus meter is on a serial line', 'a bus of type serial or tcp-serial');
    if (/^\d{1,3}$/.test(text)) return primary(text, null);
    const [, address, id] = /^(\d{1,3})\/(.*)$/.exec(text) ?? [];
    if (address !== undefined && id !== undefined) return primary(address, id);
    if (/^[\dA-F]{16}$/i.test(text)) return asCodecWrites(text.toUpperCase());
    return text.includes('-') ? inFull(text) : identification(text);
  },
};

/** Of an address that `mbusAddressing` has written. Throws a plain Error for anything else. */
export function meterAddressOf(text: string): MeterAddress {
  const [first = '', id] = text.split('/');
  if (/^\d{1,3}$/.test(first)) return { kind: 'primary', address: Number(first), id };
  const [number = '', maker, version = 'FF', medium = 'FF'] = text.split('-');
  const address = parseSecondaryAddress(number + (maker === undefined ? 'FFFF' : makerBytes(maker)) + version + medium);
  if (address === null) throw new Error(`${text} is no address of an M-Bus meter`);
  return { kind: 'secondary', address };
}

/** As a person writes it in full; null where its manufacturer is not spelled in letters. */
export function fullAddress(address: SecondaryAddress): string | null {
  const [, , , , low = 0, high = 0, version = 0, medium = 0] = address;
  const maker = manufacturerName(high * 256 + low);
  if (manufacturerCode(maker) !== high * 256 + low) return null;
  const number = Buffer.from(address.subarray(0, 4).toReversed()).toString('hex');
  const rest = Buffer.from([version, medium]).toString('hex');
  return [number, maker, rest.slice(0, 2), rest.slice(2)].join('-').toUpperCase();
}

function primary(text: string, id: string | null): Parsed {
  const address = Number(text);
  if (address === 0)
    return no('0 is a meter that has not been given an address', `give it one, or ask for it by ${RIGHT_NUMBER}`);
  if (address > HIGHEST_PRIMARY) {
    const what = address === SELECTED ? 'is whoever is selected' : address > SELECTED ? 'is everybody' : 'is reserved';
    return no(`${address} ${what}`, RIGHT);
  }
  if (id === null) return { ok: true, address: String(address), caution: anybodyAt(address) };
  const number = identification(id);
  return number.ok ? { ok: true, address: `${address}/${number.address}` } : number;
}

function anybodyAt(address: number): Caution {
  return {
    message: `whichever meter answers at primary address ${address} is taken for this one, also after an exchange that nobody noted`,
    hint: `with the identification number that is printed on it: "${address}/12345678"`,
  };
}

/** Some meters have letters up to E in it (P-mbus-035); F stands for any digit. */
function identification(text: string): Parsed {
  const what = JSON.stringify(text);
  if (!/^[\dA-F]+$/i.test(text)) return no(`${what} is no identification number`, RIGHT);
  if (/F/i.test(text)) return no(`${what} has F in it, which stands for any digit`, RIGHT_NUMBER);
  if (text.length > 8) return no(`${what} has ${text.length} digits: an identification number has eight`, RIGHT_NUMBER);
  if (text.length < 8) {
    const hint = `have zeros in front been lost? then it is "${text.padStart(8, '0')}", in quotes`;
    return no(`${what} has ${text.length} digits: an identification number has eight`, hint);
  }
  return { ok: true, address: text.toUpperCase() };
}

function inFull(text: string): Parsed {
  const [number = '', maker = '', version = '', medium = '', ...more] = text.toUpperCase().split('-');
  const id = identification(number);
  if (!id.ok) return id;
  const what = JSON.stringify(text);
  if (manufacturerCode(maker) === null)
    return no(`${what}: ${maker || 'nothing'} is no manufacturer of three letters`, RIGHT_FULL);
  if (more.length > 0 || ![version, medium].every((byte) => /^[\dA-F]{2}$/.test(byte))) {
    return no(`${what}: version and medium are two hex digits each`, RIGHT_FULL);
  }
  if (version === 'FF' || medium === 'FF') return no(`${what}: FF stands for any version or medium`, RIGHT_FULL);
  return { ok: true, address: [id.address, maker, version, medium].join('-') };
}

/** As a search and `decode` print it. */
function asCodecWrites(text: string): Parsed {
  const address = parseSecondaryAddress(text);
  const written = address === null ? null : fullAddress(address);
  const hint = written === null ? RIGHT_NUMBER : `write it as "${written}"`;
  return no(`${text} is the address as it stands on the wire`, hint);
}

function makerBytes(maker: string): string {
  const code = manufacturerCode(maker) ?? 0;
  return Buffer.from([code & 0xff, code >> 8]).toString('hex');
}

function no(message: string, hint: string): Parsed {
  return { ok: false, message, hint };
}
