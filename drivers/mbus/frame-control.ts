/** The C field. EN 13757-2, link layer; The M-Bus: A Documentation Rev. 4.8, chapter 5. */

export const SND_NKE = 0x40;
export const SND_UD = 0x53;
export const REQ_UD1 = 0x5a;
export const REQ_UD2 = 0x5b;
export const RSP_UD = 0x08;
/** Frame count bit: toggles from one request to the next, so that a slave tells a repetition from a new request. */
export const FCB = 0x20;

/** Addresses with a meaning of their own. The slaves' own are 1 to 250; 0 is a slave as it leaves the works. */
export const SELECTED = 0xfd;
export const ALL_ANSWER = 0xfe;
export const HIGHEST_PRIMARY = 250;

const FROM_MASTER = 0x40;
/** FCB in requests, ACD (class 1 data are waiting) in replies; FCV in requests, DFC (slave is full) in replies. */
const VARYING = 0x30;

/** What a C field says. `name` is null where EN 13757-2 gives it no meaning. */
export interface Control {
  readonly fromMaster: boolean;
  readonly name: 'SND_NKE' | 'SND_UD' | 'REQ_UD1' | 'REQ_UD2' | 'RSP_UD' | null;
  readonly fcb: 0 | 1;
}

export function controlOf(control: number): Control {
  return { fromMaster: (control & FROM_MASTER) !== 0, name: nameOf(control), fcb: (control & FCB) === 0 ? 0 : 1 };
}

function nameOf(control: number): Control['name'] {
  if (control === SND_NKE) return 'SND_NKE';
  switch (control & ~FCB) {
    case SND_UD:
      return 'SND_UD';
    case REQ_UD1:
      return 'REQ_UD1';
    case REQ_UD2:
      return 'REQ_UD2';
    default:
      return (control & ~VARYING) === RSP_UD ? 'RSP_UD' : null;
  }
}
