/** The twelve bytes before the records of variable data: who sends them. EN 13757-3, long header. */
import { manufacturerName } from './manufacturer.ts';
import { mediumName } from './medium.ts';
import { productName } from './products.ts';
import {
  formatSecondaryAddress,
  identification,
  SECONDARY_LENGTH,
  type SecondaryAddress,
} from './secondary-address.ts';
import { statusNames } from './status.ts';

export const HEADER_LENGTH = 12;
/** Fifteen bits spell the manufacturer; bit 15 marks an address that is unique only within an installation (EN 13757-4). */
const LETTERS_LIMIT = 0x8000;

export interface SlaveHeader {
  /** The identification number as it is printed on the meter. */
  readonly id: string;
  readonly secondary: SecondaryAddress;
  /** As it is written in configuration: 16 hex digits. */
  readonly secondaryText: string;
  readonly manufacturer: string;
  readonly version: number;
  readonly medium: string;
  /** Empty where no name is known. */
  readonly product: string;
  readonly accessNumber: number;
  readonly status: number;
  /** What the status says, by name. */
  readonly statusNames: readonly string[];
  readonly signature: number;
}

/** Null where `data` are shorter than a header. */
export function readSlaveHeader(data: Uint8Array): SlaveHeader | null {
  if (data.length < HEADER_LENGTH) return null;
  const [, , , idHigh = 0, makerLow = 0, makerHigh = 0, version = 0, medium = 0] = data;
  const [accessNumber = 0, status = 0, signatureLow = 0, signatureHigh = 0] = data.subarray(SECONDARY_LENGTH);
  const secondary = data.slice(0, SECONDARY_LENGTH);
  const code = makerHigh * 256 + makerLow;
  const manufacturer = manufacturerName(code);
  return {
    id: identification(secondary),
    secondary,
    secondaryText: formatSecondaryAddress(secondary),
    manufacturer,
    version,
    medium: mediumName(medium),
    product: code < LETTERS_LIMIT ? productName(manufacturer, version, medium, idHigh) : '',
    accessNumber,
    status,
    statusNames: statusNames(status),
    signature: signatureHigh * 256 + signatureLow,
  };
}
