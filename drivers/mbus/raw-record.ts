/**
 * Cuts variable data into records: data information block (DIF, DIFEs), value information block (VIF, VIFEs, plain text),
 * data. EN 13757-3:2018, 6.2 to 6.4; what they mean is decoded elsewhere.
 */
import { lengthOfLvar } from './lvar.ts';

/** A record as it stands in the telegram. */
export interface RawRecord {
  /** `special`: manufacturer specific data to the end of the telegram, after which more telegrams may follow. */
  readonly kind: 'data' | 'special';
  readonly dif: number;
  readonly difes: Uint8Array;
  readonly vif: number;
  readonly vifes: Uint8Array;
  /** The unit that a VIF of 7C or FC spells out, as it stands on the wire: the last letter first. */
  readonly plainText: Uint8Array;
  /** First byte of data of variable length: kind and length of the rest. Null where the DIF says the length. */
  readonly lvar: number | null;
  readonly data: Uint8Array;
}

export type RawRecords =
  { readonly ok: true; readonly records: readonly RawRecord[] } | { readonly ok: false; readonly message: string };

/** DIFs that are no data records. EN 13757-3:2018, Table 6. */
export const MANUFACTURER_DATA = 0x0f;
export const MORE_FOLLOW = 0x1f;
const IDLE_FILLER = 0x2f;

const EXTENSION = 0x80;
const DATA_FIELD = 0x0f;
const VARIABLE_LENGTH = 0x0d;
const PLAIN_TEXT_VIF = 0x7c;
/** EN 13757-3:2018, 6.3 and 6.4: no more than ten of either. */
const MOST_EXTENSIONS = 10;
/** Longest plain text unit that libmbus takes. */
const LONGEST_PLAIN_TEXT = 128;

/**
 * Bytes of data by the DIF's data field. EN 13757-3:2018, Table 4. Special functions other than those above are reserved;
 * libmbus takes eight bytes for them.
 */
const LENGTHS = [0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 8] as const;

const NONE = new Uint8Array(0);

/** The records of `data`, which begin at `start`; or at which byte of `data` they contradict themselves. Fillers are left out. */
export function cutRecords(data: Uint8Array, start: number): RawRecords {
  const records: RawRecord[] = [];
  const cursor: Cursor = { bytes: data, at: start };
  try {
    while (cursor.at < data.length) {
      const dif = takeByte(cursor, 'DIF');
      if (dif === IDLE_FILLER) continue;
      records.push(dif === MANUFACTURER_DATA || dif === MORE_FOLLOW ? special(dif, cursor) : dataRecord(dif, cursor));
    }
  } catch (error) {
    if (error instanceof Contradiction) return { ok: false, message: `record ${records.length}: ${error.message}` };
    throw error;
  }
  return { ok: true, records };
}

/** What reads forward, and never past the end. */
interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

class Contradiction extends Error {}

function special(dif: number, cursor: Cursor): RawRecord {
  const data = take(cursor, cursor.bytes.length - cursor.at, 'data');
  return { kind: 'special', dif, difes: NONE, vif: 0, vifes: NONE, plainText: NONE, lvar: null, data };
}

function dataRecord(dif: number, cursor: Cursor): RawRecord {
  const difes = takeExtensions(cursor, dif, 'DIFE');
  const vif = takeByte(cursor, 'VIF');
  // Meters and libmbus put the text right behind the VIF, before its VIFEs: P-mbus-032 has FC 03 `HR%` 74.
  const plainText = (vif & ~EXTENSION) === PLAIN_TEXT_VIF ? takePlainText(cursor) : NONE;
  const vifes = takeExtensions(cursor, vif, 'VIFE');
  const field = dif & DATA_FIELD;
  const lvar = field === VARIABLE_LENGTH ? takeByte(cursor, 'length byte (LVAR)') : null;
  const length = lvar === null ? LENGTHS[field] : lengthOfLvar(lvar);
  if (length === undefined || length === null) {
    throw new Contradiction(`its length byte (LVAR) ${hexByte(lvar ?? 0)} is reserved`);
  }
  return { kind: 'data', dif, difes, vif, vifes, plainText, lvar, data: take(cursor, length, 'data') };
}

function takePlainText(cursor: Cursor): Uint8Array {
  const length = takeByte(cursor, "plain text VIF's length");
  if (length > LONGEST_PLAIN_TEXT) throw new Contradiction(`its plain text VIF of ${length} characters is too long`);
  return take(cursor, length, 'plain text VIF');
}

/** The extensions that follow `first` as long as the highest bit says so. */
function takeExtensions(cursor: Cursor, first: number, what: 'DIFE' | 'VIFE'): Uint8Array {
  const found: number[] = [];
  let last = first;
  while ((last & EXTENSION) !== 0) {
    if (found.length === MOST_EXTENSIONS) throw new Contradiction(`it has more than ${MOST_EXTENSIONS} ${what}s`);
    last = takeByte(cursor, what);
    found.push(last);
  }
  return Uint8Array.from(found);
}

function takeByte(cursor: Cursor, what: string): number {
  const [byte = 0] = take(cursor, 1, what);
  return byte;
}

function take(cursor: Cursor, length: number, what: string): Uint8Array {
  const { bytes, at } = cursor;
  if (at + length > bytes.length)
    throw new Contradiction(`the data end after byte ${bytes.length}, before its ${what}`);
  cursor.at += length;
  return bytes.slice(at, at + length);
}

function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
