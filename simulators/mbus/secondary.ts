/** Secondary addresses: identification, manufacturer, version, medium, and the wildcards of a selection. EN 13757-3. */
import { hex } from '../../drivers/bytes/hex.ts';
import { hexLowFirst } from './data-record.ts';

export interface SecondaryAddress {
  /** Eight digits as printed; makers also use A to F. */
  readonly id: string;
  readonly manufacturer: string;
  readonly version: number;
  readonly medium: number;
}

/** ID 4, manufacturer 2, version, medium, as they stand in a header and in a selection. */
export function addressBytes({ id, manufacturer, version, medium }: SecondaryAddress): Uint8Array {
  const code = manufacturerCode(manufacturer);
  return Uint8Array.of(...hexLowFirst(id), code & 0xff, code >> 8, version, medium);
}

/** Three letters of five bits each, A being 1. */
export function manufacturerCode(letters: string): number {
  return Array.from(letters).reduce((code, letter) => code * 32 + letter.charCodeAt(0) - 64, 0);
}

const ID_BYTES = 4;
const ADDRESS_BYTES = 8;
const ANY_BYTE = 0xff;
const ANY_DIGIT = 'f';
/** DIF 0C VIF 78 before the fabrication number of an enhanced selection. */
const FABRICATION = [0x0c, 0x78];

/** Whether a selection means this slave: F matches any digit of a number, FF any other byte. */
export function isSelectedBy(asked: Uint8Array, own: SecondaryAddress, fabrication: string | null): boolean {
  const bytes = addressBytes(own);
  const rest = bytes.subarray(ID_BYTES);
  const isFit = asked.length >= ADDRESS_BYTES && digitsFit(asked.subarray(0, ID_BYTES), bytes.subarray(0, ID_BYTES));
  if (!isFit || !rest.every((byte, i) => asked[ID_BYTES + i] === ANY_BYTE || asked[ID_BYTES + i] === byte))
    return false;
  const enhanced = asked.subarray(ADDRESS_BYTES);
  if (enhanced.length === 0) return true;
  const isKnown = fabrication !== null && FABRICATION.every((byte, i) => enhanced[i] === byte);
  return isKnown && digitsFit(enhanced.subarray(FABRICATION.length), hexLowFirst(fabrication));
}

function digitsFit(asked: Uint8Array, own: Uint8Array): boolean {
  const digits = hex(own);
  return (
    asked.length === own.length &&
    Array.from(hex(asked)).every((digit, i) => digit === ANY_DIGIT || digit === digits[i])
  );
}
