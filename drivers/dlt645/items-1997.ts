/**
 * The data items of DL/T 645-1997: what an identifier DI1 DI0 names; its last digit F asks for a block. As transcribed in
 * bobyuxinyang/dlt645_1997 (dlt645_api_97.c) and in the GitHub source index, file ids 48151513561 and 16975935110.
 */
import { clock, number, signed, type Format, type NumberFormat } from './format.ts';
import { PHASES, TOTAL_AND_PHASES, tariffLabel, tariffLabels, type Item } from './item.ts';
import { OBIS_C, obisOf } from './obis.ts';
import { STATUS_1997 } from './status-words.ts';

interface Quantity {
  readonly name: string;
  readonly isReactive: boolean;
  readonly obisC: number;
}

/** By the third digit, from 1 on. */
const ACTIVE: readonly Quantity[] = [
  { name: 'forward active', isReactive: false, obisC: OBIS_C.forwardActive },
  { name: 'reverse active', isReactive: false, obisC: OBIS_C.reverseActive },
];
/** By the third digit, from 1 on: the fourth quadrant comes before the second. */
const REACTIVE: readonly Quantity[] = [
  { name: 'forward reactive', isReactive: true, obisC: OBIS_C.forwardReactive },
  { name: 'reverse reactive', isReactive: true, obisC: OBIS_C.reverseReactive },
  { name: 'quadrant 1 reactive', isReactive: true, obisC: OBIS_C.q1 },
  { name: 'quadrant 4 reactive', isReactive: true, obisC: OBIS_C.q4 },
  { name: 'quadrant 2 reactive', isReactive: true, obisC: OBIS_C.q2 },
  { name: 'quadrant 3 reactive', isReactive: true, obisC: OBIS_C.q3 },
];

/** The second digit: the month, and whether active (even) or reactive. */
const MONTHS: Readonly<Record<number, string>> = { 0: '', 4: ', last month', 8: ', month before last' };
const MAX_TARIFF = 14;
const BLOCK = 0xf;

interface Single {
  readonly name: string;
  readonly format: Format;
  readonly obis?: string;
}

const SINGLE: Readonly<Record<string, Single>> = {
  B210: { name: 'last programming time', format: clock('MMDDhhmm') },
  B211: { name: 'last demand clearing time', format: clock('MMDDhhmm') },
  B212: { name: 'programming count', format: number(2, 0, 'count') },
  B213: { name: 'demand clearing count', format: number(2, 0, 'count') },
  B214: { name: 'battery operating time', format: number(3, 0, 'min') },
  B634: { name: 'forward active power limit', format: number(2, 2, 'kW') },
  B635: { name: 'reverse active power limit', format: number(2, 2, 'kW') },
  C010: { name: 'date and weekday', format: clock('YYMMDDWW'), obis: '1-0:0.9.2' },
  C011: { name: 'time', format: clock('hhmmss'), obis: '1-0:0.9.1' },
  C020: { name: 'meter status word', format: { kind: 'word', word: STATUS_1997.meter } },
  C021: { name: 'grid status word', format: { kind: 'word', word: STATUS_1997.grid } },
  C030: { name: 'active meter constant', format: number(3, 0, 'imp/kWh') },
  C031: { name: 'reactive meter constant', format: number(3, 0, 'imp/kvarh') },
  C032: { name: 'meter number', format: { kind: 'digits', bytes: 6 }, obis: '0-0:96.1.0' },
  C033: { name: 'customer number', format: { kind: 'digits', bytes: 6 } },
  C034: { name: 'device number', format: { kind: 'digits', bytes: 6 } },
  C111: { name: 'maximum demand period', format: number(1, 0, 'min') },
  C112: { name: 'sliding window', format: number(1, 0, 'min') },
  C113: { name: 'time of each screen', format: number(1, 0, 's') },
  C115: { name: 'decimals of displayed energy', format: number(1, 0, '') },
  C116: { name: 'decimals of displayed power', format: number(1, 0, '') },
  C117: { name: 'automatic reading day', format: clock('DDhh') },
  C119: { name: 'initial active energy', format: number(4, 1, 'kWh') },
  C11A: { name: 'initial reactive energy', format: number(4, 1, 'kvarh') },
  C211: { name: 'pulse width', format: number(2, 0, 'ms') },
  C310: { name: 'number of year zones', format: number(1, 0, '') },
  C311: { name: 'number of day period tables', format: number(1, 0, '') },
  C312: { name: 'number of day periods', format: number(1, 0, '') },
  C313: { name: 'number of tariffs', format: number(1, 0, '') },
  C314: { name: 'number of public holidays', format: number(1, 0, '') },
};

interface ByPhase {
  readonly name: string;
  readonly format: Format;
  readonly hasTotal: boolean;
  readonly obisC?: number;
}

/** By the first three digits; the last is the phase, 0 the total. The top bit of a power is its direction. */
const BY_PHASE: Readonly<Record<string, ByPhase>> = {
  B31: { name: 'phase break count', format: number(2, 0, 'count'), hasTotal: true },
  B32: { name: 'phase break duration', format: number(3, 0, 'min'), hasTotal: true },
  B33: { name: 'last phase break start', format: clock('MMDDhhmm'), hasTotal: true },
  B34: { name: 'last phase break end', format: clock('MMDDhhmm'), hasTotal: true },
  B61: { name: 'voltage', format: number(2, 0, 'V'), hasTotal: false, obisC: OBIS_C.voltage },
  B62: { name: 'current', format: number(2, 2, 'A'), hasTotal: false, obisC: OBIS_C.current },
  B63: { name: 'active power', format: signed(3, 4, 'kW'), hasTotal: true, obisC: OBIS_C.netActive },
  B64: { name: 'reactive power', format: signed(2, 2, 'kvar'), hasTotal: true },
  B65: { name: 'power factor', format: signed(2, 3, ''), hasTotal: true, obisC: OBIS_C.powerFactor },
};

/** The item that `di` names, four hex digits, DI1 first; null where no table knows it. */
export function itemOf1997(di: string): Item | null {
  const single = SINGLE[di];
  if (single !== undefined) return { shape: 'one', ...single };
  const last = Number.parseInt(di.slice(3), 16);
  const byPhase = BY_PHASE[di.slice(0, 3)];
  if (byPhase !== undefined) return phaseItem(byPhase, last);
  switch (di[0]) {
    case '9':
      return kept(di, last, 'energy', (unit) => number(4, 2, unit), ['kWh', 'kvarh']);
    case 'A':
      return kept(di, last, 'maximum demand', (unit) => number(3, 4, unit), ['kW', 'kvar']);
    case 'B':
      return kept(di, last, 'maximum demand time', () => clock('MMDDhhmm'), ['', '']);
    default:
      return null;
  }
}

function kept(
  di: string,
  tariff: number,
  family: string,
  formatIn: (unit: NumberFormat['unit']) => Format,
  [active, reactive]: readonly [NumberFormat['unit'], NumberFormat['unit']],
): Item | null {
  const second = Number.parseInt(di.slice(1, 2), 16);
  const month = MONTHS[second & 0xe];
  const quantity = ((second & 1) === 0 ? ACTIVE : REACTIVE)[Number.parseInt(di.slice(2, 3), 16) - 1];
  if (month === undefined || quantity === undefined) return null;
  const name = `${quantity.name} ${family}`;
  const format = formatIn(quantity.isReactive ? reactive : active);
  const obis = (of: number): string | undefined =>
    family === 'energy' || family === 'maximum demand' ? obisOf(family, quantity.obisC, 0, of) : undefined;
  if (tariff !== BLOCK) {
    return { shape: 'one', name: `${name}, ${tariffLabel(tariff)}${month}`, format, obis: obis(tariff) };
  }
  const labels = tariffLabels(MAX_TARIFF);
  return { shape: 'series', name: `${name}, by tariff${month}`, format, labels, obis: labels.map((_, of) => obis(of)) };
}

function phaseItem({ name, format, hasTotal, obisC }: ByPhase, phase: number): Item | null {
  const obis = (of: number): string | undefined =>
    obisC === undefined ? undefined : obisOf('instantaneous', obisC, of);
  if (phase === BLOCK) {
    const labels = hasTotal ? TOTAL_AND_PHASES : PHASES;
    const names = labels.map((_, index) => obis(index + (hasTotal ? 0 : 1)));
    return { shape: 'series', name: `${name}, by phase`, format, labels, labelsNeedAll: hasTotal, obis: names };
  }
  const label = phase === 0 && !hasTotal ? undefined : TOTAL_AND_PHASES[phase];
  if (label === undefined) return null;
  return {
    shape: 'one',
    name: phase === 0 ? `${name}, total` : `${name} of phase ${label}`,
    format,
    obis: obis(phase),
  };
}
