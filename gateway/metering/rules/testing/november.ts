/**
 * A month by hand: November 2026 in Shanghai, from 11-01 00:00 to 12-01 00:00, worked out on paper. Each case has its sum in a
 * comment; the program has computed none of the figures. Tolerances ±2 h (read) and ±72 h (noted), estimates allowed.
 */
import { at, billed, meter, october, read, type Paper } from './on-paper.ts';

export interface Expected {
  readonly opening: string;
  readonly closing: string;
  readonly consumption: string | null;
  /** On each register, in order. */
  readonly uses: readonly (string | null)[];
  readonly reasons?: readonly string[];
  readonly findings?: readonly string[];
  /** Who used what: `begins–ends: consumption`. */
  readonly parts?: readonly string[];
  readonly multiplier?: string;
  /** What December opens with, where it is not the closing value. */
  readonly next?: string;
}

const FROZEN = { quality: 'frozen' } as const;
const MANUAL = { quality: 'manual' } as const;
const SUSPECT = { standing: 'suspect' } as const;
const water = { utility: 'coldWater', digits: 5, decimals: 2 } as const;
const gas = { utility: 'gas', digits: 5, decimals: 3 } as const;

export const NOVEMBER_ON_PAPER: readonly (readonly [name: string, paper: Paper, expected: Expected])[] = [
  [
    '01 an electricity meter that froze both cuts, in its first run',
    {
      meters: [meter('E01')],
      readings: [
        read('E01', '11-01 00:00', '1000.00', FROZEN),
        read('E01', '11-01 00:07', '1000.04'),
        read('E01', '11-30 23:52', '1234.50'),
        read('E01', '12-01 00:00', '1234.56', FROZEN),
      ],
    },
    // 1234.56 − 1000.00 = 234.56; the actual readings beside the cuts do not count.
    {
      opening: '1000.00 frozen 11-01 00:00',
      closing: '1234.56 frozen 12-01 00:00',
      consumption: '234.56',
      uses: ['234.56'],
    },
  ],
  [
    '02 one that freezes nothing: the nearest reading, and what October ended with',
    {
      meters: [meter('E02')],
      billed: billed('E02', '11-01 00:09', '5432.10', 'actual'),
      readings: [
        read('E02', '10-31 23:58', '5431.00'),
        read('E02', '11-30 23:48', '5700.00'),
        read('E02', '12-01 00:03', '5700.35'),
        read('E02', '12-01 00:18', '5701.00'),
      ],
    },
    // October billed up to 5432.10, so the nearer 5431.00 of 23:58 would bill 1.10 twice: it is not asked.
    // Nearest to 00:00 are 23:48 (12 min), 00:03 (3 min), 00:18: 5700.35. 5700.35 − 5432.10 = 268.25.
    {
      opening: '5432.10 actual 11-01 00:09',
      closing: '5700.35 actual 12-01 00:03',
      consumption: '268.25',
      uses: ['268.25'],
    },
  ],
  [
    '03 the pumps of a building behind a CT of 200/5',
    {
      meters: [meter('E03', { home: null, multiplier: '40' })],
      billed: billed('E03', '11-01 00:00', '512.30'),
      readings: [read('E03', '12-01 00:00', '563.85', FROZEN)],
    },
    // 563.85 − 512.30 = 51.55; 51.55 × 40 = 2062.00.
    {
      ...{ opening: '512.30 frozen 11-01 00:00', closing: '563.85 frozen 12-01 00:00', uses: ['51.55'] },
      ...{ consumption: '2062.00', multiplier: '40' },
    },
  ],
  [
    '04 a water meter on a pulse counter',
    {
      meters: [meter('W04', { ...water, place: { device: 'pulses-3', point: 'counter1', pulseWeight: '0.01' } })],
      billed: billed('W04', '11-01 00:20', '88.12', 'actual'),
      readings: [read('W04', '11-30 23:20', '97.31'), read('W04', '12-01 00:20', '97.35')],
    },
    // 23:20 is 40 min from the cut, 00:20 is 20 min: 97.35 − 88.12 = 9.23.
    { opening: '88.12 actual 11-01 00:20', closing: '97.35 actual 12-01 00:20', consumption: '9.23', uses: ['9.23'] },
  ],
  [
    '05 gas, with three decimals',
    {
      meters: [meter('G05', gas)],
      billed: billed('G05', '11-01 00:00', '402.117', 'actual'),
      readings: [read('G05', '12-01 00:00', '419.02')],
    },
    // 419.020 − 402.117 = 16.903.
    {
      opening: '402.117 actual 11-01 00:00',
      closing: '419.02 actual 12-01 00:00',
      consumption: '16.903',
      uses: ['16.903'],
    },
  ],
  [
    '06 a water meter that rolled over',
    {
      meters: [meter('W06', water)],
      billed: billed('W06', '11-01 00:00', '99990.10', 'actual'),
      readings: [read('W06', '12-01 00:00', '3.45')],
    },
    // Five digits: 100000 − 99990.10 = 9.90 to the top, and 3.45 from it: 13.35.
    {
      ...{
        opening: '99990.10 actual 11-01 00:00',
        closing: '3.45 actual 12-01 00:00',
        consumption: '13.35',
        uses: ['13.35'],
      },
      ...{ reasons: ['rollOver'], findings: ['rollOver'] },
    },
  ],
  [
    '07 a meter that was replaced',
    {
      meters: [
        meter('E07a', { removedAt: '2026-11-12T10:00:00', final: '4600.00' }),
        meter('E07b', { replaces: 'E07a', installedAt: '2026-11-12T10:30:00', initial: '0.12' }),
      ],
      billed: billed('E07a', '11-01 00:00', '4521.30'),
      readings: [read('E07a', '11-12 09:45', '4599.80'), read('E07b', '12-01 00:00', '55.62', FROZEN)],
    },
    // Old: 4600.00 − 4521.30 = 78.70. New: 55.62 − 0.12 = 55.50. Together 134.20.
    {
      ...{ opening: '4521.30 frozen 11-01 00:00', closing: '55.62 frozen 12-01 00:00', consumption: '134.20' },
      ...{ uses: ['78.70', '55.50'], reasons: ['replacement'], findings: ['replacement'] },
    },
  ],
  [
    '08 one behind a CT that was replaced together with its CT, 40 by 60',
    {
      meters: [
        meter('E08a', { multiplier: '40', removedAt: '2026-11-20T09:00:00', final: '110.00' }),
        meter('E08b', { multiplier: '60', replaces: 'E08a', installedAt: '2026-11-20T11:00:00', initial: '0' }),
      ],
      billed: billed('E08a', '11-01 00:00', '100.00'),
      readings: [read('E08b', '12-01 00:00', '2.50', FROZEN)],
    },
    // 10.00 × 40 = 400.00; 2.50 × 60 = 150.00; together 550.00.
    {
      ...{
        opening: '100.00 frozen 11-01 00:00',
        closing: '2.50 frozen 12-01 00:00',
        consumption: '550.00',
        multiplier: '60',
      },
      ...{ uses: ['10.00', '2.50'], reasons: ['replacement'], findings: ['replacement'] },
    },
  ],
  [
    '09 a meter that fell silent on the 20th, without a past to estimate by',
    {
      meters: [meter('W09', water)],
      billed: billed('W09', '11-01 00:00', '70.00', 'actual'),
      readings: [read('W09', '11-20 07:00', '75.00')],
    },
    // Nothing within 2 h of the cut: no figure. December opens with 70.00 again, so the 5.00 are not lost.
    {
      ...{ opening: '70.00 actual 11-01 00:00', closing: 'missing', consumption: null, uses: [null] },
      ...{ reasons: ['missing'], findings: ['missing'], next: '70.00 actual 11-01 00:00' },
    },
  ],
  [
    '10 a zero at the cut, read twice, that nobody has settled',
    {
      meters: [meter('W10', water)],
      billed: billed('W10', '11-01 00:00', '312.40', 'actual'),
      readings: [read('W10', '12-01 00:00', '0.00', SUSPECT)],
    },
    // Held: neither a consumption nor a roll-over.
    {
      ...{ opening: '312.40 actual 11-01 00:00', closing: 'missing', consumption: null, uses: [null] },
      ...{
        reasons: ['missing', 'suspectAtCut'],
        findings: ['missing', 'suspectAtCut'],
        next: '312.40 actual 11-01 00:00',
      },
    },
  ],
  [
    '11 a suspect jump right at the cut beside a good reading, and one that a clerk rejected',
    {
      meters: [meter('E11')],
      billed: billed('E11', '11-01 00:00', '200.00'),
      readings: [
        read('E11', '11-30 23:00', '290.00'),
        read('E11', '12-01 00:00', '9290.00', SUSPECT),
        read('E11', '12-01 00:15', '9999.00', { standing: 'rejected' }),
      ],
    },
    // The good one, an hour before: 290.00 − 200.00 = 90.00; but the run waits until the suspect one is settled.
    {
      ...{
        opening: '200.00 frozen 11-01 00:00',
        closing: '290.00 actual 11-30 23:00',
        consumption: '90.00',
        uses: ['90.00'],
      },
      ...{ reasons: ['suspectAtCut'], findings: ['suspectAtCut'] },
    },
  ],
  [
    '12 a gas meter without a reading: estimated by October',
    {
      meters: [meter('G12', gas)],
      billed: billed('G12', '11-01 00:00', '100.000', 'actual'),
      history: [october('31.000')],
      readings: [],
    },
    // October: 31.000 in 31 days is 1.000 a day; 30 days of November: 30.000.
    {
      ...{ opening: '100.000 actual 11-01 00:00', closing: '130.000 estimated 12-01 00:00', consumption: '30.000' },
      ...{ uses: ['30.000'], reasons: ['estimate'], findings: ['estimate'] },
    },
  ],
  [
    '13 people who moved out on the 10th, and others in on the 15th',
    {
      meters: [meter('E13')],
      billed: billed('E13', '11-01 00:00', '800.00'),
      readings: [
        read('E13', '11-10 10:00', '845.20', { occasion: 'moveOut' }),
        read('E13', '11-15 18:00', '846.00', { occasion: 'moveIn', ...MANUAL }),
        read('E13', '12-01 00:00', '901.75', FROZEN),
      ],
    },
    // 845.20 − 800.00 = 45.20; empty 0.80; 901.75 − 846.00 = 55.75. Together 101.75.
    {
      ...{ opening: '800.00 frozen 11-01 00:00', closing: '901.75 frozen 12-01 00:00', consumption: '101.75' },
      ...{ uses: ['45.20', '0.80', '55.75'], reasons: ['moveOut', 'moveIn'] },
      parts: ['period–moveOut: 45.20', 'moveOut–moveIn: 0.80', 'moveIn–period: 55.75'],
    },
  ],
  [
    '14 a new home: installed on the 18th at 3.00',
    {
      meters: [meter('W14', { ...water, installedAt: '2026-11-18T14:00:00', initial: '3.00' })],
      readings: [read('W14', '12-01 00:00', '5.25')],
    },
    // 5.25 − 3.00 = 2.25.
    {
      ...{
        opening: '3.00 manual 11-18 14:00',
        closing: '5.25 actual 12-01 00:00',
        consumption: '2.25',
        uses: ['2.25'],
      },
      ...{ reasons: ['installed'] },
    },
  ],
  [
    '15 a meter that was taken down for good on the 25th',
    {
      meters: [meter('G15', { ...gas, removedAt: '2026-11-25T09:00:00', final: '77.500' })],
      billed: billed('G15', '11-01 00:00', '70.000', 'actual'),
      readings: [],
    },
    // 77.500 − 70.000 = 7.500.
    {
      ...{
        opening: '70.000 actual 11-01 00:00',
        closing: '77.500 manual 11-25 09:00',
        consumption: '7.500',
        uses: ['7.500'],
      },
      ...{ reasons: ['removed'] },
    },
  ],
  [
    '16 a meter that has never answered',
    { meters: [meter('W16', water)], readings: [] },
    // Installed in 2024 at 0: two and a half years are no month. No figure at all.
    {
      opening: 'missing',
      closing: 'missing',
      consumption: null,
      uses: [null],
      reasons: ['missing', 'missing'],
      findings: ['missing'],
      next: 'missing',
    },
  ],
  [
    '17 a dead radio: a person read the dial on the day after',
    {
      meters: [meter('W17', water)],
      billed: billed('W17', '11-01 00:00', '41.00', 'actual'),
      readings: [
        read('W17', '11-29 12:00', '49.00', MANUAL),
        read('W17', '12-02 09:30', '50.50', { ...MANUAL, notes: ['read by Li, photo 118'] }),
      ],
    },
    // 11-29 12:00 is 36 h from the cut, 12-02 09:30 is 33.5 h: 50.50 − 41.00 = 9.50.
    {
      ...{
        opening: '41.00 actual 11-01 00:00',
        closing: '50.50 manual 12-02 09:30',
        consumption: '9.50',
        uses: ['9.50'],
      },
      ...{ reasons: ['manual', 'noted'] },
    },
  ],
  [
    '18 an empty flat',
    {
      meters: [meter('E18')],
      billed: billed('E18', '11-01 00:00', '66.60'),
      readings: [read('E18', '12-01 00:00', '66.60', FROZEN)],
    },
    // 66.60 − 66.60 = 0.00.
    {
      ...{
        opening: '66.60 frozen 11-01 00:00',
        closing: '66.60 frozen 12-01 00:00',
        consumption: '0.00',
        uses: ['0.00'],
      },
      findings: ['zeroUse'],
    },
  ],
  [
    '19 a burst pipe: ten times the usual, on a meter whose clock is an hour slow',
    {
      meters: [meter('W19', water)],
      billed: billed('W19', '11-01 00:00', '100.00', 'actual'),
      history: [
        october('6.20'),
        { consumption: '6.00', from: at('09-01 00:00'), to: at('10-01 00:00'), isEstimated: false },
      ],
      readings: [read('W19', '12-01 00:00', '160.00')],
      clockOff: -3600,
    },
    // Usual: 6.20 in 31 days and 6.00 in 30 days are 0.20 a day. Now 60.00 in 30 days: 2.00 a day, ten times that.
    {
      ...{
        opening: '100.00 actual 11-01 00:00',
        closing: '160.00 actual 12-01 00:00',
        consumption: '60.00',
        uses: ['60.00'],
      },
      findings: ['tenTimes', 'clockOff'],
    },
  ],
  [
    '20 a meter whose October was estimated too high',
    {
      meters: [meter('G20', gas)],
      billed: billed('G20', '11-01 00:00', '250.000', 'estimated'),
      readings: [read('G20', '12-01 00:00', '247.400')],
    },
    // 247.400 − 250.000 = −2.600: given back, and said.
    {
      ...{ opening: '250.000 estimated 11-01 00:00', closing: '247.400 actual 12-01 00:00', consumption: '-2.600' },
      ...{ uses: ['-2.600'], reasons: ['credit'], findings: ['credit'] },
    },
  ],
  [
    '21 a meter that October had no value of: both months',
    {
      meters: [meter('W21', water)],
      billed: billed('W21', '10-01 00:00', '20.00', 'actual'),
      readings: [read('W21', '11-03 00:00', '26.50'), read('W21', '12-01 00:00', '33.10')],
    },
    // September's end was 20.00: 33.10 − 20.00 = 13.10 for October and November.
    {
      ...{
        opening: '20.00 actual 10-01 00:00',
        closing: '33.10 actual 12-01 00:00',
        consumption: '13.10',
        uses: ['13.10'],
      },
      ...{ reasons: ['sinceEarlier'], findings: ['sinceEarlier'] },
    },
  ],
  [
    '22 heat, which a clerk estimated with a note',
    {
      meters: [meter('H22', { utility: 'heat', decimals: 0 })],
      billed: billed('H22', '11-01 00:00', '8100', 'actual'),
      readings: [
        read('H22', '12-01 00:00', '8450', { quality: 'estimated', notes: ['estimated by Wang: battery empty'] }),
      ],
    },
    // 8450 − 8100 = 350.
    {
      ...{
        opening: '8100 actual 11-01 00:00',
        closing: '8450 estimated 12-01 00:00',
        consumption: '350',
        uses: ['350'],
      },
      ...{ reasons: ['estimate', 'noted'], findings: ['estimate'] },
    },
  ],
  [
    '23 a dial that went back, and nobody knows why',
    {
      meters: [meter('E23')],
      billed: billed('E23', '11-01 00:00', '700.00', 'actual'),
      readings: [read('E23', '12-01 00:00', '650.00')],
    },
    // 650.00 is less than 700.00 and 700.00 is nowhere near 1000000: no figure; December opens with 700.00 again.
    {
      ...{
        opening: '700.00 actual 11-01 00:00',
        closing: '650.00 actual 12-01 00:00',
        consumption: null,
        uses: [null],
      },
      ...{ reasons: ['backwards'], findings: ['backwards'], next: '700.00 actual 11-01 00:00' },
    },
  ],
  [
    '24 a gas meter that fell silent on the 21st, estimated from there on',
    {
      meters: [meter('G24', gas)],
      billed: billed('G24', '11-01 00:00', '100.000', 'actual'),
      history: [october('15.500')],
      readings: [read('G24', '11-21 00:00', '140.000')],
    },
    // October: 15.500 in 31 days is 0.500 a day. It showed 140.000 on the 21st, and ten days make 5.000: 145.000. Less 100.000: 45.000.
    {
      ...{ opening: '100.000 actual 11-01 00:00', closing: '145.000 estimated 12-01 00:00', consumption: '45.000' },
      ...{ uses: ['45.000'], reasons: ['estimate'], findings: ['estimate'] },
    },
  ],
  [
    '25 a roll-over that only the readings between show',
    {
      meters: [meter('E25', { digits: 4, decimals: 1 })],
      billed: billed('E25', '11-01 00:00', '9700.0'),
      readings: [
        read('E25', '11-20 00:00', '9999.5'),
        read('E25', '11-20 00:15', '0.1'),
        read('E25', '12-01 00:00', '160.0', FROZEN),
      ],
    },
    // 9700.0 is not in the last hundredth, 160.0 not in the first; 9999.5 → 0.1 is both. 10000 − 9700.0 + 160.0 = 460.0.
    {
      ...{
        opening: '9700.0 frozen 11-01 00:00',
        closing: '160.0 frozen 12-01 00:00',
        consumption: '460.0',
        uses: ['460.0'],
      },
      ...{ reasons: ['rollOver'], findings: ['rollOver'] },
    },
  ],
];
