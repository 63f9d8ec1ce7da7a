/**
 * What a meter kept at a moment, DI3 05: DI2 is the occasion, DI1 the data, DI0 how many times ago. DL/T 645-2007, table
 * A.6, as transcribed in the GitHub source index, file id 69667332345; lengths: file id 30290789291.
 */
import { clock, number, signed, type Format, type NumberFormat } from './format.ts';
import { ALL, TOTAL_AND_PHASES, tariffLabels, type Item, type Part } from './item.ts';
import { OBIS_C, obisOf } from './obis.ts';

/** By DI2. 07 is monthly in some meters; with others, a switch of the price ladders. */
const OCCASIONS: readonly string[] = [
  'timed freeze',
  'instantaneous freeze',
  'zone table switch freeze',
  'period table switch freeze',
  'hourly freeze',
  'price switch freeze',
  'daily freeze',
  'monthly or ladder switch freeze',
];
const HOURLY = 0x04;

interface Kept {
  readonly name: string;
  readonly format: Format;
  readonly obisC?: number;
}

function demand(unit: 'kW'): Format {
  return { kind: 'demand', number: number(3, 4, unit) };
}

/** By DI1, from 01 on: each with the total and every tariff. */
const KEPT: readonly Kept[] = [
  { name: 'forward active energy', format: number(4, 2, 'kWh'), obisC: OBIS_C.forwardActive },
  { name: 'reverse active energy', format: number(4, 2, 'kWh'), obisC: OBIS_C.reverseActive },
  { name: 'combined reactive 1 energy', format: signed(4, 2, 'kvarh') },
  { name: 'combined reactive 2 energy', format: signed(4, 2, 'kvarh') },
  { name: 'quadrant 1 reactive energy', format: number(4, 2, 'kvarh'), obisC: OBIS_C.q1 },
  { name: 'quadrant 2 reactive energy', format: number(4, 2, 'kvarh'), obisC: OBIS_C.q2 },
  { name: 'quadrant 3 reactive energy', format: number(4, 2, 'kvarh'), obisC: OBIS_C.q3 },
  { name: 'quadrant 4 reactive energy', format: number(4, 2, 'kvarh'), obisC: OBIS_C.q4 },
  { name: 'forward active maximum demand', format: demand('kW'), obisC: OBIS_C.forwardActive },
  { name: 'reverse active maximum demand', format: demand('kW'), obisC: OBIS_C.reverseActive },
];

const TIME = 0x00;
const VARIABLES = 0x10;
const MAX_TARIFF = 63;

/** 05 DI2 DI1 DI0. Null where the table has no such item. */
export function freezeItem(di2: number, di1: number, di0: number): Item | null {
  const occasion = OCCASIONS[di2];
  if (occasion === undefined || di0 === 0 || di0 === ALL) return null;
  const called = (name: string): string => `${name}, ${occasion} ${di0}`;
  if (di1 === TIME) return { shape: 'one', name: called('time'), format: clock('YYMMDDhhmm') };
  if (di1 === VARIABLES) return { shape: 'record', name: called('powers'), parts: powers() };
  if (di1 === ALL) {
    const name = called('all');
    return di2 === HOURLY
      ? { shape: 'record', name, parts: HOURLY_PARTS }
      : { shape: 'block', name, partsIn: partsOfBlock };
  }
  const kept = KEPT[di1 - 1];
  return kept === undefined ? null : keptItem(kept, called(kept.name));
}

function keptItem({ format, obisC }: Kept, name: string): Item {
  const labels = tariffLabels(MAX_TARIFF);
  const kind = format.kind === 'demand' ? 'maximum demand' : 'energy';
  const obis = obisC === undefined ? undefined : labels.map((_, tariff) => obisOf(kind, obisC, 0, tariff));
  return { shape: 'series', name, format, labels, obis, mayBeOne: true };
}

const FREEZE_TIME: Part = { label: 'time', format: clock('YYMMDDhhmm') };
/** An hour keeps the totals of two energies, whatever the meter has (two sources besides: sulfurandcu/dlt645-tool, 44291828865). */
const HOURLY_PARTS: readonly Part[] = [FREEZE_TIME, ...KEPT.slice(0, 2).flatMap((kept) => partsOf(kept, 0))];
/** Time and powers; and what each tariff, or the total, adds: eight energies and two demands. */
const FIXED_LENGTH = 5 + 24;
const LENGTH_PER_TARIFF = 8 * 4 + 2 * 8;

/**
 * Everything that was kept, one after the other: time, energies, demands, powers. Null where the meter keeps more or less
 * than the standard lists, for then nothing says what is where.
 */
function partsOfBlock(length: number): Part[] | null {
  const tariffs = (length - FIXED_LENGTH) / LENGTH_PER_TARIFF - 1;
  if (!Number.isInteger(tariffs) || tariffs < 0 || tariffs > MAX_TARIFF) return null;
  return [FREEZE_TIME, ...KEPT.flatMap((kept) => partsOf(kept, tariffs)), ...powers()];
}

function partsOf({ name, format, obisC }: Kept, tariffs: number): Part[] {
  const kind = format.kind === 'demand' ? 'maximum demand' : 'energy';
  return tariffLabels(tariffs).map((label, tariff) => ({
    label: `${name}, ${label}`,
    format,
    obis: obisC === undefined ? undefined : obisOf(kind, obisC, 0, tariff),
  }));
}

function powers(): Part[] {
  const of = (kind: string, format: NumberFormat): Part[] =>
    TOTAL_AND_PHASES.map((phase) => ({
      label: `${kind} power, ${phase === 'total' ? phase : `phase ${phase}`}`,
      format,
    }));
  return [...of('active', signed(3, 4, 'kW')), ...of('reactive', signed(3, 4, 'kvar'))];
}
