/** The combinable VIFEs as data. EN 13757-3:2018, combinable (orthogonal) VIFEs; The M-Bus: A Documentation Rev. 4.8, 8.4.5. */

export interface Modifier {
  readonly name: string;
  /** The value is 10^shift times as much. */
  readonly shift?: number;
  /** 10^offset is to be added. */
  readonly offset?: number;
  /** What follows the unit. */
  readonly per?: string;
  /** The value is no longer the VIF's quantity: a date of it, a number of events, or a duration in this unit. */
  readonly instead?: 'date' | 'count' | 's' | 'min' | 'h' | 'd';
  /** There is no value that can be used, and why. */
  readonly invalid?: string;
}

type Row = readonly [code: number, modifier: Modifier];

const NO_ERROR = 'no error';

/** Whether it makes the value one of another quantity, or of another kind, than the VIF says. */
export function isQualifier({ name, shift, offset, invalid }: Modifier): boolean {
  return shift === undefined && offset === undefined && invalid === undefined && name !== NO_ERROR;
}

/** What a slave reports of a record (slave to master). The M-Bus: A Documentation Rev. 4.8, chapter 8, record errors. */
const RECORD_ERRORS: readonly Row[] = [
  [0x01, 'too many DIFEs'],
  [0x02, 'storage number not implemented'],
  [0x03, 'unit number not implemented'],
  [0x04, 'tariff number not implemented'],
  [0x05, 'function not implemented'],
  [0x06, 'data class not implemented'],
  [0x07, 'data size not implemented'],
  [0x0b, 'too many VIFEs'],
  [0x0c, 'illegal VIF group'],
  [0x0d, 'illegal VIF exponent'],
  [0x0e, 'VIF/DIF mismatch'],
  [0x0f, 'unimplemented action'],
  [0x15, 'no data available (undefined value)'],
  [0x16, 'data overflow'],
  [0x17, 'data underflow'],
  [0x18, 'data error'],
].map(([code, name]) => [Number(code), { name: String(name), invalid: `the slave reports: ${name}` }]);

const PER: readonly Row[] = (
  [
    [0x20, 'per second', '/s'],
    [0x21, 'per minute', '/min'],
    [0x22, 'per hour', '/h'],
    [0x23, 'per day', '/d'],
    [0x24, 'per week', '/week'],
    [0x25, 'per month', '/month'],
    [0x26, 'per year', '/year'],
    [0x27, 'per revolution / measurement', '/revolution'],
    [0x28, 'increment per input pulse on input channel 0', '/pulse'],
    [0x29, 'increment per input pulse on input channel 1', '/pulse'],
    [0x2a, 'increment per output pulse on output channel 0', '/pulse'],
    [0x2b, 'increment per output pulse on output channel 1', '/pulse'],
    [0x2c, 'per litre', '/L'],
    [0x2d, 'per m3', '/m3'],
    [0x2e, 'per kg', '/kg'],
    [0x2f, 'per K', '/K'],
    [0x30, 'per kWh', '/kWh'],
    [0x31, 'per GJ', '/GJ'],
    [0x32, 'per kW', '/kW'],
    [0x33, 'per K·L', '/(K·L)'],
    [0x34, 'per V', '/V'],
    [0x35, 'per A', '/A'],
    [0x36, 'multiplied by s', '·s'],
    [0x37, 'multiplied by s/V', '·s/V'],
    [0x38, 'multiplied by s/A', '·s/A'],
  ] as const
).map(([code, name, per]) => [code, { name, per }]);

const CONDITIONS: readonly Row[] = [
  [0x00, { name: NO_ERROR }],
  [0x1c, { name: 'premature end of record, or standard conform data content' }],
  [0x1e, { name: 'compact profile with registers', invalid: 'compact profiles are not decoded' }],
  [0x1f, { name: 'compact profile without registers', invalid: 'compact profiles are not decoded' }],
  [0x39, { name: 'start date of', instead: 'date' }],
  [0x3a, { name: 'uncorrected unit, or value at metering conditions' }],
  [0x3b, { name: 'accumulation only of positive contributions (forward flow)' }],
  [0x3c, { name: 'accumulation of the absolute value only of negative contributions (backward flow)' }],
  [0x3d, { name: 'non-metric unit system', invalid: 'values of the non-metric unit system are not decoded' }],
  [0x3e, { name: 'value at base conditions' }],
  [0x3f, { name: 'OBIS declaration' }],
  [0x68, { name: 'value during lower limit exceed' }],
  [0x69, { name: 'leakage value' }],
  [0x6c, { name: 'value during upper limit exceed' }],
  [0x6d, { name: 'overflow value' }],
  [0x7e, { name: 'future value' }],
  [0x7f, { name: 'manufacturer specific' }],
];

const WHICH = ['first', 'last'] as const;
const LIMITS = ['lower', 'upper'] as const;
const EDGES = ['begin', 'end'] as const;
const UNITS = ['s', 'min', 'h', 'd'] as const;

/** E100 u000 to E101 ufnn: u which limit, f which time, b which edge, nn the unit. */
const OF_LIMITS: readonly Row[] = LIMITS.flatMap((limit, u): Row[] => [
  [0x40 | (u << 3), { name: `${limit} limit value` }],
  [0x41 | (u << 3), { name: `number of exceeds of the ${limit} limit`, instead: 'count' }],
  ...WHICH.flatMap((which, f): Row[] => [
    ...EDGES.map((edge, b): Row => [
      0x42 | (u << 3) | (f << 2) | b,
      { name: `date of the ${edge} of the ${which} ${limit} limit exceed`, instead: 'date' },
    ]),
    ...UNITS.map((unit, nn): Row => [
      0x50 | (u << 3) | (f << 2) | nn,
      { name: `duration of the ${which} ${limit} limit exceed`, instead: unit },
    ]),
  ]),
]);

/** E110 0fnn and E110 1f1b. */
const OF_VALUES: readonly Row[] = WHICH.flatMap((which, f): Row[] => [
  ...UNITS.map((unit, nn): Row => [0x60 | (f << 2) | nn, { name: `duration of the ${which}`, instead: unit }]),
  ...EDGES.map((edge, b): Row => [0x6a | (f << 2) | b, { name: `date of the ${which} ${edge}`, instead: 'date' }]),
]);

/** E111 0nnn, E111 10nn, E111 1101. */
const CORRECTIONS: readonly Row[] = [
  ...Array.from({ length: 8 }, (_, n): Row => [0x70 + n, { name: `multiplied by 10^${n - 6}`, shift: n - 6 }]),
  ...Array.from({ length: 4 }, (_, n): Row => [0x78 + n, { name: `plus 10^${n - 3} of its unit`, offset: n - 3 }]),
  [0x7d, { name: 'multiplied by 10^3', shift: 3 }],
];

export const COMBINABLE: ReadonlyMap<number, Modifier> = new Map([
  ...RECORD_ERRORS,
  ...PER,
  ...CONDITIONS,
  ...OF_LIMITS,
  ...OF_VALUES,
  ...CORRECTIONS,
]);

/** The VIFE behind FC. */
export const COMBINABLE_EXTENSION: ReadonlyMap<number, Modifier> = new Map([
  [0x01, { name: 'at phase L1' }],
  [0x02, { name: 'at phase L2' }],
  [0x03, { name: 'at phase L3' }],
  [0x04, { name: 'at neutral (N)' }],
  [0x05, { name: 'between phases L1 and L2' }],
  [0x06, { name: 'between phases L2 and L3' }],
  [0x07, { name: 'between phases L3 and L1' }],
  [0x10, { name: 'accumulation of the absolute value of positive and negative contributions' }],
]);
