/** Status bytes. Their three highest bits mean what the manufacturer says. */

/** Variable data: the two lowest bits are one code. EN 13757-7:2018, 7.5.6. */
const APPLICATION = ['no error', 'application busy', 'any application error', 'abnormal condition or alarm'] as const;

/** In both headers. EN 13757-7:2018, 7.5.6; The M-Bus: A Documentation Rev. 4.8, chapter 6. */
const ERRORS: readonly (readonly [bit: number, name: string])[] = [
  [2, 'power low'],
  [3, 'permanent error'],
  [4, 'temporary error'],
];
const MANUFACTURER_BITS = [5, 6, 7] as const;

/** Fixed data: the two lowest bits say how the counters are to be read. Ibid. */
const BINARY = 0x01;
const STORED = 0x02;

/** What the status byte of variable data says, by name; empty where it says that all is well. */
export function statusNames(status: number): string[] {
  const application = status & 0x03;
  return [...(application === 0 ? [] : [APPLICATION[application] ?? '']), ...errorNames(status)];
}

export interface FixedStatus {
  /** The counters are signed binary numbers, otherwise BCD. */
  readonly binary: boolean;
  /** The counters were stored at a fixed date, otherwise they are the actual ones. */
  readonly stored: boolean;
  readonly names: readonly string[];
}

export function fixedStatus(status: number): FixedStatus {
  return { binary: (status & BINARY) !== 0, stored: (status & STORED) !== 0, names: errorNames(status) };
}

function errorNames(status: number): string[] {
  const set = (bit: number): boolean => ((status >> bit) & 1) === 1;
  return [
    ...ERRORS.flatMap(([bit, name]) => (set(bit) ? [name] : [])),
    ...MANUFACTURER_BITS.flatMap((bit) => (set(bit) ? [`manufacturer specific (bit ${bit})`] : [])),
  ];
}
