/** DI3 04: date and time, numbers and names, status words. DL/T 645-2007, table A.5; status words: C.1. */
import type { LocalMs } from '../metering/local-time.ts';
import { bcd, clockData, text, word, type Data } from './coded.ts';
import type { Recurring } from './moments.ts';
import type { MeterState } from './state.ts';

const ALL = 0xff;
const STATUS_WORDS = 7;
/** Status word 3. */
const RELAY_OPEN = 1 << 4;
const RELAY_ORDERED_OPEN = 1 << 6;
const PRE_TRIP_ALARM = 1 << 7;

export function relayIsOpen({ options }: MeterState, local: LocalMs): boolean {
  return !options.register.supply.isOn(local);
}

/** Word 3 tells of the relay; all others are quiet. */
function statusWord(meter: MeterState, n: number, local: LocalMs): number[] {
  if (n !== 3) return word(0);
  const open = relayIsOpen(meter, local) ? RELAY_OPEN : 0;
  const ordered = meter.relayOrder === 'open' ? RELAY_ORDERED_OPEN : 0;
  return word(open | ordered | (meter.alarm ? PRE_TRIP_ALARM : 0));
}

function statusItem(meter: MeterState, di0: number, local: LocalMs): Data | null {
  if (di0 === ALL) return Array.from({ length: STATUS_WORDS }, (_, i) => statusWord(meter, i + 1, local)).flat();
  return di0 >= 1 && di0 <= STATUS_WORDS ? statusWord(meter, di0, local) : null;
}

/** DDhh. */
export function dayAndHour(recurring: Recurring): Data {
  const day = recurring.each === 'month' ? recurring.day : 0;
  const hour = recurring.each === 'hour' ? 0 : recurring.hour;
  return [...bcd(hour, 1), ...bcd(day, 1)];
}

/** hhmm. */
function hourAndMinute(recurring: Recurring): Data {
  return [...bcd(recurring.minute, 1), ...bcd(recurring.each === 'hour' ? 0 : recurring.hour, 1)];
}

/** 17H and 04000703: bit 3 is 2400. */
const BAUD_BYTES: Readonly<Record<number, number>> = {
  600: 0x02,
  1200: 0x04,
  2400: 0x08,
  4800: 0x10,
  9600: 0x20,
  19200: 0x40,
};

/** By DI1 and DI0 of 04 00. */
function parameter(meter: MeterState, key: string, local: LocalMs): Data | null {
  const { address, phases = 1, serial } = meter.options;
  const number12 = (digits: string): Data => [...Buffer.from(digits, 'hex')].reverse();
  const shown = meter.shown(local);
  const known: Readonly<Record<string, () => Data>> = {
    '0101': () => clockData(shown, 'WDMY'),
    '0102': () => clockData(shown, 'smh'),
    '0103': () => bcd(15, 1),
    '0104': () => bcd(15, 1),
    '010C': () => clockData(shown, 'smhWDMY'),
    '0204': () => bcd(meter.tariffs, 1),
    '0306': () => bcd(1, 3),
    '0307': () => bcd(1, 3),
    '0401': () => number12(address),
    '0402': () => number12(address),
    '0403': () => text(address.padStart(32, '0')),
    '0404': () => text('220V', 6),
    '0405': () => text('5A', 6),
    '0406': () => text('60A', 6),
    '0407': () => text(phases === 1 ? '2.0' : '1.0', 4),
    '0409': () => bcd(phases === 1 ? 1_200 : 400, 3),
    '040B': () => text(phases === 1 ? 'DDZY-SIM' : 'DTZY-SIM', 10),
    '040D': () => text('DL/T645-2007-14', 16),
    '0703': () => [BAUD_BYTES[serial?.baud ?? 2_400] ?? 0x08],
    '0B01': () => dayAndHour(meter.settlement),
    '0B02': () => [0x99, 0x99],
    '0B03': () => [0x99, 0x99],
    '1203': () => hourAndMinute(meter.dailyFreeze),
  };
  return known[key]?.() ?? null;
}

export function parameterItem(meter: MeterState, di2: number, di1: number, di0: number, local: LocalMs): Data | null {
  if (di2 !== 0) return null;
  if (di1 === 0x05) return statusItem(meter, di0, local);
  return parameter(meter, Buffer.of(di1, di0).toString('hex').toUpperCase(), local);
}
