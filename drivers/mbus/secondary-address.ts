/**
 * Secondary addresses: identification number, manufacturer, version and medium, as they stand in the header of variable data.
 * EN 13757-3, selection; The M-Bus: A Documentation Rev. 4.8, chapter 7. Written as 16 hex digits, the two bytes of the
 * manufacturer as they stand on the wire: 00025776 2D48 03 07.
 */

/** Eight bytes in wire order: four of the identification number (BCD, low byte first), manufacturer (low byte first), version, medium. */
export type SecondaryAddress = Uint8Array;

export const SECONDARY_LENGTH = 8;
const ID_LENGTH = 4;
const ANY_DIGIT = 'F';
const WILD_BYTE = 0xff;

/**
 * Reads `000257762D480307`; F is any digit of the identification number, FFFF, FF and FF any manufacturer, version and
 * medium. A to E are no digits, and some meters have them all the same (P-mbus-035).
 */
export function parseSecondaryAddress(text: string): SecondaryAddress | null {
  if (!/^[\dA-F]{16}$/i.test(text)) return null;
  const bytes = Uint8Array.from(Buffer.from(text, 'hex'));
  return Uint8Array.of(...bytes.subarray(0, ID_LENGTH).toReversed(), ...bytes.subarray(ID_LENGTH));
}

export function formatSecondaryAddress(address: SecondaryAddress): string {
  return identification(address) + Buffer.from(address.subarray(ID_LENGTH)).toString('hex').toUpperCase();
}

/** The identification number as it is printed on the meter: eight digits. A damaged one may have A to F among them. */
export function identification(header: Uint8Array): string {
  return Buffer.from(header.subarray(0, ID_LENGTH).toReversed()).toString('hex').toUpperCase();
}

/** The address that selects every slave whose identification number begins with `digits` (at most eight). */
export function addressMask(digits: string): SecondaryAddress {
  const address = parseSecondaryAddress(digits.padEnd(2 * ID_LENGTH, 'F') + 'F'.repeat(2 * ID_LENGTH));
  if (address === null) throw new RangeError(`${digits} are not up to eight digits of an identification number`);
  return address;
}

/** Whether a slave with the address `slave` takes part when `mask` is selected. */
export function isSelected(mask: SecondaryAddress, slave: SecondaryAddress): boolean {
  const id = identification(mask);
  const own = identification(slave);
  const idFits = Array.from(id).every((digit, i) => digit === ANY_DIGIT || digit === own[i]);
  return idFits && manufacturerFits(mask, slave) && byteFits(mask[6], slave[6]) && byteFits(mask[7], slave[7]);
}

function manufacturerFits(mask: SecondaryAddress, slave: SecondaryAddress): boolean {
  const wild = mask[4] === WILD_BYTE && mask[5] === WILD_BYTE;
  return wild || (mask[4] === slave[4] && mask[5] === slave[5]);
}

function byteFits(mask: number | undefined, own: number | undefined): boolean {
  return mask === WILD_BYTE || mask === own;
}
