/** What the status byte in the header of a readout says, each as one yes or no. EN 13757-7:2018, 7.5.6. */

export const STATUS_BITS = [
  'applicationBusy',
  'applicationError',
  'alarm',
  'powerLow',
  'permanentError',
  'temporaryError',
  'manufacturerBit5',
  'manufacturerBit6',
  'manufacturerBit7',
] as const;

export type StatusBit = (typeof STATUS_BITS)[number];

/** The two lowest bits are one number. */
const APPLICATION_CODES = { applicationBusy: 1, applicationError: 2, alarm: 3 } as const;
const BITS = {
  powerLow: 2,
  permanentError: 3,
  temporaryError: 4,
  manufacturerBit5: 5,
  manufacturerBit6: 6,
  manufacturerBit7: 7,
} as const;

/** Null where the header does not say: in fixed data the two lowest bits tell how the counters are coded. */
export function statusBit(name: StatusBit, status: number, data: 'variable' | 'fixed'): boolean | null {
  if (name in BITS) return ((status >> BITS[name as keyof typeof BITS]) & 1) === 1;
  if (data === 'fixed') return null;
  return (status & 0x03) === APPLICATION_CODES[name as keyof typeof APPLICATION_CODES];
}
