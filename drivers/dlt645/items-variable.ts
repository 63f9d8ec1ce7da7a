/**
 * Instantaneous values, DI3 02. DL/T 645-2007, table A.3, as transcribed in sulfurandcu/dlt645-tool (electric table) and
 * 600888/dlt645 (variable_types.py); prices: GitHub source index, file id 52818683099.
 */
import { number, signed, type NumberFormat } from './format.ts';
import { ALL, PHASES, TOTAL_AND_PHASES, type Item } from './item.ts';
import { OBIS_C, obisOf } from './obis.ts';

interface Quantity {
  readonly name: string;
  readonly format: NumberFormat;
  /** DI1 00 is the sum of all phases. */
  readonly hasTotal: boolean;
  readonly obisC?: number;
}

/** By DI2, from 01 on. A power's sign is its direction. */
const BY_PHASE: readonly Quantity[] = [
  { name: 'voltage', format: number(2, 1, 'V'), hasTotal: false, obisC: OBIS_C.voltage },
  { name: 'current', format: signed(3, 3, 'A'), hasTotal: false, obisC: OBIS_C.current },
  { name: 'active power', format: signed(3, 4, 'kW'), hasTotal: true, obisC: OBIS_C.netActive },
  { name: 'reactive power', format: signed(3, 4, 'kvar'), hasTotal: true },
  { name: 'apparent power', format: signed(3, 4, 'kVA'), hasTotal: true, obisC: OBIS_C.forwardApparent },
  { name: 'power factor', format: signed(2, 3, ''), hasTotal: true, obisC: OBIS_C.powerFactor },
  { name: 'phase angle', format: number(2, 1, '°'), hasTotal: false },
  { name: 'voltage distortion', format: number(2, 2, '%'), hasTotal: false },
  { name: 'current distortion', format: number(2, 2, '%'), hasTotal: false },
];

/** 02 80 00 DI0. */
const SINGLE: Readonly<
  Record<number, { readonly name: string; readonly format: NumberFormat; readonly obis?: string }>
> = {
  0x01: { name: 'neutral current', format: signed(3, 3, 'A'), obis: '1-0:91.7.0' },
  0x02: { name: 'frequency', format: number(2, 2, 'Hz'), obis: obisOf('instantaneous', OBIS_C.frequency) },
  0x03: { name: 'active power, mean of one minute', format: signed(3, 4, 'kW') },
  0x04: { name: 'active demand', format: signed(3, 4, 'kW') },
  0x05: { name: 'reactive demand', format: signed(3, 4, 'kvar') },
  0x06: { name: 'apparent demand', format: signed(3, 4, 'kVA') },
  0x07: { name: 'temperature inside the meter', format: signed(2, 1, '°C') },
  0x08: { name: 'clock battery voltage', format: number(2, 2, 'V') },
  0x09: { name: 'reading battery voltage', format: number(2, 2, 'V') },
  0x0a: { name: 'internal battery operating time', format: number(4, 0, 'min') },
  0x0b: { name: 'price of the current ladder step', format: number(4, 4, 'yuan/kWh') },
  0x20: { name: 'current price', format: number(4, 4, 'yuan/kWh') },
};

/** DI2 of the harmonics of voltage and current: DI1 is the phase, DI0 the order. */
const HARMONICS: Readonly<Record<number, string>> = { 0x0a: 'voltage', 0x0b: 'current' };
const MAX_HARMONIC = 21;
const SINGLE_DI2 = 0x80;

/** 02 DI2 DI1 DI0. Null where the table has no such item. */
export function variableItem(di2: number, di1: number, di0: number): Item | null {
  const harmonic = HARMONICS[di2];
  if (harmonic !== undefined) return harmonicItem(harmonic, di1, di0);
  if (di2 === SINGLE_DI2) {
    const single = di1 === 0 ? SINGLE[di0] : undefined;
    return single === undefined ? null : { shape: 'one', ...single };
  }
  const quantity = BY_PHASE[di2 - 1];
  return quantity === undefined || di0 !== 0 ? null : phaseItem(quantity, di1);
}

function phaseItem({ name, format, hasTotal, obisC }: Quantity, di1: number): Item | null {
  const obis = (phase: number): string | undefined =>
    obisC === undefined ? undefined : obisOf('instantaneous', obisC, phase);
  if (di1 === ALL) {
    const labels = hasTotal ? TOTAL_AND_PHASES : PHASES;
    const firstPhase = hasTotal ? 0 : 1;
    const names = labels.map((_, index) => obis(firstPhase + index));
    return { shape: 'series', name: `${name}, by phase`, format, labels, labelsNeedAll: hasTotal, obis: names };
  }
  const label = di1 === 0 && !hasTotal ? undefined : TOTAL_AND_PHASES[di1];
  if (label === undefined) return null;
  return { shape: 'one', name: di1 === 0 ? `${name}, total` : `${name} of phase ${label}`, format, obis: obis(di1) };
}

function harmonicItem(of: string, di1: number, di0: number): Item | null {
  const phase = PHASES[di1 - 1];
  if (phase === undefined || di0 === 0) return null;
  const format = number(2, 2, '%');
  const name = `${of} harmonics of phase ${phase}`;
  if (di0 === ALL) {
    const labels = Array.from({ length: MAX_HARMONIC }, (_, index) => `harmonic ${index + 1}`);
    return { shape: 'series', name, format, labels };
  }
  return di0 <= MAX_HARMONIC ? { shape: 'one', name: `${name}, harmonic ${di0}`, format } : null;
}
