/** The requests of a master. EN 13757-2, link layer; EN 13757-3, selection. */
import { sealLong, sealShort } from './frame.ts';
import { FCB, REQ_UD2, SELECTED, SND_NKE, SND_UD } from './frame-control.ts';
import { SECONDARY_LENGTH, type SecondaryAddress } from './secondary-address.ts';

const SELECT_SLAVE = 0x52;
const HIGHEST_ADDRESS = 0xff;

/** Frame count bit of a request: 1 after a reset of the link, then in turn. The same again asks for the same data again. */
export type FrameCount = 0 | 1;

/** SND_NKE: the slave answers E5 and begins again with its first telegram. To FD: nobody is selected any more. */
export function buildLinkReset(address: number): Uint8Array {
  return sealShort(SND_NKE, checked(address));
}

/** REQ_UD2: the slave answers with RSP_UD. */
export function buildDataRequest(address: number, fcb: FrameCount): Uint8Array {
  return sealShort(fcb === 0 ? REQ_UD2 : REQ_UD2 | FCB, checked(address));
}

/** SND_UD to FD: a slave whose address fits answers E5 and listens to FD from now on; all others do not any more. */
export function buildSelect(address: SecondaryAddress): Uint8Array {
  if (address.length !== SECONDARY_LENGTH) throw new RangeError('a secondary address has eight bytes');
  return sealLong(SND_UD | FCB, SELECTED, SELECT_SLAVE, address);
}

function checked(address: number): number {
  if (!Number.isInteger(address) || address < 0 || address > HIGHEST_ADDRESS) {
    throw new RangeError(`${address} is no M-Bus address`);
  }
  return address;
}
