/** What holds for every meter of a utility, unless the registry says otherwise of one. */
import { multiply, parseDecimal, toText } from '../../../drivers/bytes/decimal.ts';
import type { BilledUnit, DecimalText, Utility } from '../model.ts';
import type { Words } from './words.ts';

export interface UtilityFacts {
  /** The total that is billed, by IEC 62056-6-1. Reclaimed water is cold water to it: the utility tells them apart. */
  readonly obis: string;
  /** What its registers usually count in; the limits below are in it. */
  readonly unit: Exclude<BilledUnit, 'GJ'>;
  /** More than this cannot pass the register in an hour; before the multiplier, as the register counts what is behind the CT. */
  readonly maxPerHour: DecimalText;
  /** Less than this in a period is never found to be ten times the usual: who comes home after a month away uses that. */
  readonly noticeable: DecimalText;
  readonly name: Words;
}

/** DN20 at a flat's door: Q3 4 m³/h, overload flow Q4 = 1.25 × Q3 (ISO 4064-1). */
const WATER_MAX = '5';

export const UTILITIES: Readonly<Record<Utility, UtilityFacts>> = {
  // Three phases of 230 V at 100 A, the largest meter without CT, make 69 kW. Behind a CT it is 5 A, and far less.
  electricity: facts('1-0:1.8.0', 'kWh', '70', '10', '电', 'electricity'),
  coldWater: facts('8-0:1.0.0', 'm3', WATER_MAX, '1', '冷水', 'cold water'),
  hotWater: facts('9-0:1.0.0', 'm3', WATER_MAX, '1', '热水', 'hot water'),
  reclaimedWater: facts('8-0:1.0.0', 'm3', WATER_MAX, '1', '中水', 'reclaimed water'),
  // G4, the usual household size, has a Qmax of 6 m³/h (EN 1359).
  gas: facts('7-0:3.0.0', 'm3', '6', '1', '燃气', 'gas'),
  // 3 m³/h, twice the permanent flow of a flat's meter, cooled by 50 K at 1.163 kWh/(m³·K), make 174 kW.
  heat: facts('6-0:1.0.0', 'kWh', '175', '10', '热', 'heat'),
};

function facts(
  obis: string,
  unit: UtilityFacts['unit'],
  maxPerHour: DecimalText,
  noticeable: DecimalText,
  zh: string,
  en: string,
): UtilityFacts {
  return { obis, unit, maxPerHour, noticeable, name: { zh, en } };
}

/** 1 kWh = 3.6 MJ. A GJ is no decimal number of kWh: what is in both is summed up in GJ, and nobody is billed by such a sum. */
export const GJ_PER_KWH = { digits: 36n, exponent: -4 };

/** What the registers of a utility may count in, the usual unit first. Heat meters show either (GB/T 32224: J, Wh and their multiples). */
export function unitsOf(utility: Utility): readonly BilledUnit[] {
  const { unit } = UTILITIES[utility];
  return utility === 'heat' ? [unit, 'GJ'] : [unit];
}

/** In the unit of the register. */
export function limitsOf(utility: Utility, unit: BilledUnit): Pick<UtilityFacts, 'maxPerHour' | 'noticeable'> {
  const { maxPerHour, noticeable } = UTILITIES[utility];
  return unit === 'GJ' ? { maxPerHour: inGJ(maxPerHour), noticeable: inGJ(noticeable) } : { maxPerHour, noticeable };
}

function inGJ(kWh: DecimalText): DecimalText {
  const value = parseDecimal(kWh);
  if (value === null) throw new RangeError(`${kWh} is no decimal number`);
  return toText(multiply(value, GJ_PER_KWH));
}
