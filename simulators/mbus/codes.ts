/** The control and CI fields that a slave knows, and the addresses with a meaning of their own. EN 13757-2, EN 13757-3. */

/** C. FCV: the frame count bit counts; FCB: it toggles from one request to the next. */
export const CONTROL = { sndNke: 0x40, sndUd: 0x53, reqUd1: 0x5a, reqUd2: 0x5b, rspUd: 0x08, fcb: 0x20, fcv: 0x10 } as const; // prettier-ignore

export const SELECTED_ADDRESS = 0xfd;
/** Every slave answers to it. */
export const TEST_ADDRESS = 0xfe;
/** Every slave hears it and none answers. */
export const BROADCAST_ADDRESS = 0xff;
export const HIGHEST_ADDRESS = 250;

export const CI = {
  applicationReset: 0x50,
  data: 0x51,
  select: 0x52,
  synchronize: 0x54,
  applicationError: 0x70,
  variable: 0x72,
  fixed: 0x73,
} as const;

/** CI fields that change the rate; the acknowledgement comes at the old one. */
export const BAUD_OF_CI: ReadonlyMap<number, number> = new Map([
  [0xb8, 300],
  [0xb9, 600],
  [0xba, 1200],
  [0xbb, 2400],
  [0xbc, 4800],
  [0xbd, 9600],
  [0xbe, 19_200],
  [0xbf, 38_400],
]);

/** What a report of an error (CI 70) says. */
export const ERROR = { unspecified: 0x00, unknownCi: 0x01, busy: 0x08 } as const;

/** What a meter counts: EN 13757-3, device types. */
export const MEDIUM = { electricity: 0x02, gas: 0x03, heat: 0x04, warmWater: 0x06, water: 0x07, coldWater: 0x16 } as const; // prettier-ignore

/** Of the status byte. */
export const POWER_LOW = 0x04;
