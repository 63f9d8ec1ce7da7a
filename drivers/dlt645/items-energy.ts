/**
 * Energies and maximum demands, DI3 00 and 01. DL/T 645-2007, tables A.1 and A.2, as transcribed in the GitHub source
 * index, file id 69667332345, and in sulfurandcu/dlt645-tool (energy table).
 */
import { number, signed, type Format, type ItemUnit, type NumberFormat } from './format.ts';
import { ALL, PHASES, settlementLabel, tariffLabel, tariffLabels, type Item } from './item.ts';
import { OBIS_C, obisOf } from './obis.ts';

type Family = 'energy' | 'maximum demand';

interface Quantity {
  readonly name: string;
  readonly unit: 'active' | 'reactive' | 'apparent';
  /** A combination can be below zero; the top bit is then its sign. */
  readonly signed?: boolean;
  readonly obisC?: number;
}

const UNITS: Readonly<Record<Family, Readonly<Record<Quantity['unit'], ItemUnit>>>> = {
  energy: { active: 'kWh', reactive: 'kvarh', apparent: 'kVAh' },
  'maximum demand': { active: 'kW', reactive: 'kvar', apparent: 'kVA' },
};

/** DI2 01 to 0A, and of each phase in the same order. What is combined is up to the meter: no OBIS name fits. */
const QUANTITIES: readonly Quantity[] = [
  { name: 'forward active', unit: 'active', obisC: OBIS_C.forwardActive },
  { name: 'reverse active', unit: 'active', obisC: OBIS_C.reverseActive },
  { name: 'combined reactive 1', unit: 'reactive', signed: true },
  { name: 'combined reactive 2', unit: 'reactive', signed: true },
  { name: 'quadrant 1 reactive', unit: 'reactive', obisC: OBIS_C.q1 },
  { name: 'quadrant 2 reactive', unit: 'reactive', obisC: OBIS_C.q2 },
  { name: 'quadrant 3 reactive', unit: 'reactive', obisC: OBIS_C.q3 },
  { name: 'quadrant 4 reactive', unit: 'reactive', obisC: OBIS_C.q4 },
  { name: 'forward apparent', unit: 'apparent', obisC: OBIS_C.forwardApparent },
  { name: 'reverse apparent', unit: 'apparent', obisC: OBIS_C.reverseApparent },
];

/** DI2 80 to 86, and of each phase in the same order; energies only. */
const SPECIAL: readonly Quantity[] = [
  'related',
  'forward active fundamental',
  'reverse active fundamental',
  'forward active harmonic',
  'reverse active harmonic',
  'copper loss compensation',
  'iron loss compensation',
].map((name) => ({ name, unit: 'active' }));

const COMBINED_ACTIVE: Quantity = { name: 'combined active', unit: 'active', signed: true };

/** DI2 of the first quantity, of all phases and of A, B and C. */
const FIRST = [0x01, 0x15, 0x29, 0x3d] as const;
const FIRST_SPECIAL = [0x80, 0x94, 0xa8, 0xbc] as const;

const MAX_TARIFF = 63;
const MAX_SETTLEMENT = 12;

/** 00 DI2 DI1 DI0. Null where the table has no such item. */
export function energyItem(di2: number, di1: number, di0: number): Item | null {
  const found = di2 === 0 ? { quantity: COMBINED_ACTIVE, phase: 0 } : (locate(di2, FIRST, QUANTITIES) ?? special(di2));
  return found === null ? null : itemOf('energy', found, di1, di0);
}

/** 01 DI2 DI1 DI0. Null where the table has no such item. */
export function demandItem(di2: number, di1: number, di0: number): Item | null {
  const found = locate(di2, FIRST, QUANTITIES);
  return found === null ? null : itemOf('maximum demand', found, di1, di0);
}

interface Located {
  readonly quantity: Quantity;
  /** 0 of all phases, 1 to 3 of A to C. */
  readonly phase: number;
}

function special(di2: number): Located | null {
  return locate(di2, FIRST_SPECIAL, SPECIAL);
}

function locate(di2: number, first: readonly number[], quantities: readonly Quantity[]): Located | null {
  for (const [phase, from] of first.entries()) {
    const quantity = quantities[di2 - from];
    if (quantity !== undefined) return { quantity, phase };
  }
  return null;
}

function itemOf(family: Family, { quantity, phase }: Located, di1: number, di0: number): Item | null {
  const isTariff = di1 <= MAX_TARIFF || di1 === ALL;
  const isSettlement = di0 <= MAX_SETTLEMENT || di0 === ALL;
  // Phases and special energies have no tariffs; two dimensions at once are no block that the standard knows.
  const hasTariffs = phase === 0 && !SPECIAL.includes(quantity);
  if (!isTariff || !isSettlement || (di1 > 0 && !hasTariffs) || (di1 === ALL && di0 === ALL)) return null;
  const of = phase === 0 ? '' : ` of phase ${PHASES[phase - 1] ?? ''}`;
  const when = di0 === 0 || di0 === ALL ? '' : `, ${settlementLabel(di0)}`;
  const name = `${quantity.name} ${family}${of}`;
  const format = formatOf(family, quantity);
  const obis = (tariff: number): string | undefined =>
    quantity.obisC === undefined ? undefined : obisOf(family, quantity.obisC, phase, tariff);
  if (di1 === ALL) {
    const labels = tariffLabels(MAX_TARIFF);
    return { shape: 'series', name: `${name}, by tariff${when}`, format, labels, obis: labels.map((_, i) => obis(i)) };
  }
  const tariff = hasTariffs ? `, ${tariffLabel(di1)}` : '';
  if (di0 === ALL) {
    const labels = Array.from({ length: MAX_SETTLEMENT + 1 }, (_, day) => settlementLabel(day));
    return {
      shape: 'series',
      name: `${name}${tariff}, by settlement`,
      format,
      labels,
      obis: labels.map(() => obis(di1)),
    };
  }
  return { shape: 'one', name: `${name}${tariff}${when}`, format, obis: obis(di1) };
}

/** The format of `quantity`; the values that a freeze keeps of it have the same. */
function formatOf(family: Family, quantity: Quantity): Format {
  const unit = UNITS[family][quantity.unit];
  const of = (bytes: number, decimals: number): NumberFormat =>
    quantity.signed === true ? signed(bytes, decimals, unit) : number(bytes, decimals, unit);
  return family === 'energy' ? of(4, 2) : { kind: 'demand', number: of(3, 4) };
}
