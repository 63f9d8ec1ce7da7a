/** What a readout says of each point: a value that is right, or none and the reason. Pure. */
import type { Reading } from '../contract.ts';
import { shiftUnit } from '../unit-shift.ts';
import type { Unit } from '../units.ts';
import type { DataRecord } from './data-record.ts';
import type { FixedCounter } from './fixed-data.ts';
import { keptAt, wholeTime } from './kept-at.ts';
import { dateOf, pickRecord } from './pick-record.ts';
import type { MbusPoint, SlaveWanted } from './profile.ts';
import { QUANTITIES } from './quantities.ts';
import type { DataTelegram, MeterReadout } from './read-meter.ts';
import { statusBit, type StatusBit } from './status-bits.ts';

/** What a reading says of its point, without the point's key and the time. */
type Said = Omit<Reading, 'point' | 'at'>;
type RecordPoint = Extract<MbusPoint, { record: unknown }>;
type CounterPoint = Extract<MbusPoint, { counter: unknown }>;

/** One reading for each of `points`. `at`: when the readout had arrived, Unix milliseconds. */
export function pointReadings(
  points: readonly MbusPoint[],
  slave: SlaveWanted,
  readout: MeterReadout,
  at: number,
): Reading[] {
  const [first] = readout.telegrams;
  const stranger = first === undefined ? 'nothing was read' : whyOther(first, slave);
  return points.map((point) => {
    // Who answers is told also of a meter that the profile is not for.
    const said = stranger === null || 'header' in point ? sayOf(point, readout) : bad(stranger);
    return { point: point.key, at, ...said };
  });
}

function sayOf(point: MbusPoint, readout: MeterReadout): Said {
  if ('record' in point) return sayOfRecord(point, readout);
  if ('counter' in point) return sayOfCounter(point, readout);
  const [telegram] = readout.telegrams;
  if (telegram === undefined) return bad('nothing was read');
  return 'status' in point ? sayOfStatus(point.status, telegram) : good(identificationOf(telegram));
}

function sayOfRecord(point: RecordPoint, readout: MeterReadout): Said {
  const picked = pickRecord(readout, { ...point.record, unit: point.unit });
  if (!picked.ok) return bad(picked.reason);
  const said = sayOfValue(point, picked.record);
  if (said.quality === 'bad' || point.record.storage === 0 || isDate(picked.record)) return said;
  return point.frozen === undefined
    ? dated(said, point, readout, picked.record)
    : kept(said, point, readout, picked.record);
}

function sayOfValue({ unit, bit }: RecordPoint, record: DataRecord): Said {
  const { value, reason, exponent, unit: sent } = record;
  if (value === null) return bad(reason ?? 'no value');
  if (isDate(record)) return /^\d+-/.test(value) && value.includes('T') ? clock(wholeTime(value)) : good(value);
  if (bit !== undefined)
    return /^\d+$/.test(value) ? good(((BigInt(value) >> BigInt(bit)) & 1n) === 1n) : bad('no flags');
  return unit === undefined ? plain(value) : measured(value, exponent, sent, unit);
}

/** A moment is given where it is known; the value is what it is without it. */
function dated(said: Said, { record: { day } }: RecordPoint, readout: MeterReadout, record: DataRecord): Said {
  const date = dateOf(readout, record)?.value ?? null;
  const moment = date === null ? null : keptAt(date, day);
  return moment?.ok === true ? { ...said, meterTime: moment.meterTime } : said;
}

/** What the meter kept is of no use without its moment; and a meter that has kept nothing yet sends 0 with a date that is none. */
function kept(said: Said, { record: { day } }: RecordPoint, readout: MeterReadout, record: DataRecord): Said {
  const date = dateOf(readout, record);
  if (date === null) return bad('the readout does not say when it was kept');
  if (date.value === null) return bad(`nothing was kept: ${date.reason ?? 'it has no date'}`);
  const moment = keptAt(date.value, day);
  return moment.ok
    ? { ...said, meterTime: moment.meterTime }
    : { ...said, quality: 'uncertain', reason: moment.reason };
}

function sayOfCounter({ counter: wanted, unit }: CounterPoint, { telegrams }: MeterReadout): Said {
  const [telegram] = telegrams;
  if (telegram?.kind !== 'fixed') return bad('the meter sends variable data: records, and no counters');
  const counter = telegram.fixed.counters[wanted.number - 1];
  if (counter === undefined) return bad(`there is no counter ${wanted.number}`);
  if (counter.quantity !== wanted.quantity || counter.storage !== wanted.storage) {
    return bad(`counter ${wanted.number} is ${describeCounter(counter)}, not ${wanted.storage} ${wanted.quantity}`);
  }
  const { value, reason, exponent, unit: sent } = counter;
  if (value === null) return bad(reason ?? 'no value');
  return unit === undefined ? plain(value) : measured(value, exponent, sent, unit);
}

function describeCounter({ storage, quantity, reason = '' }: FixedCounter): string {
  return quantity === null ? `not known (${reason})` : `${storage} ${quantity}`;
}

function sayOfStatus(name: StatusBit, telegram: DataTelegram): Said {
  const { status } = telegram.kind === 'fixed' ? telegram.fixed : telegram.slave;
  const bit = statusBit(name, status, telegram.kind);
  return bit === null ? bad('the status of fixed data does not tell') : good(bit);
}

function identificationOf(telegram: DataTelegram): string {
  return telegram.kind === 'fixed' ? telegram.fixed.id : telegram.slave.id;
}

/** Why the meter that answered is none that the profile is for; null where it is. */
function whyOther(telegram: DataTelegram, { manufacturer, versions, media }: SlaveWanted): string | null {
  const medium = telegram.kind === 'fixed' ? telegram.fixed.medium : telegram.slave.medium;
  if (media && !media.includes(medium)) return `the meter says that its medium is ${medium}, not ${media.join(' or ')}`;
  if (telegram.kind === 'fixed') return null;
  const { slave } = telegram;
  if (manufacturer !== undefined && slave.manufacturer !== manufacturer) {
    return `a meter of ${slave.manufacturer} answers: the profile is for ${manufacturer}`;
  }
  if (versions && !versions.includes(slave.version)) {
    return `the meter is of version ${slave.version}: the profile is for ${versions.join(', ')}`;
  }
  return null;
}

/** A register that counts in tens has no digits for what is below: 2185 tens of Wh are 2185e1. */
function measured(value: string, exponent: number | null, sent: string | null, unit: Unit): Said {
  if (sent === null) return bad(`the meter sends ${value} without a unit`);
  const counted = exponent === null || exponent <= 0 ? value : `${BigInt(value) / 10n ** BigInt(exponent)}e${exponent}`;
  const shifted = shiftUnit(counted, sent, unit);
  return shifted.ok ? { ...plain(shifted.value), exact: shifted.value } : bad(shifted.reason);
}

/** A text is a text; a number beyond what a double holds travels as one. */
function plain(text: string): Said {
  const number = /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  const fits = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return good(fits ? number : text);
}

function isDate({ quantity }: DataRecord): boolean {
  return quantity !== null && QUANTITIES.get(quantity)?.kind === 'date';
}

function clock(text: string): Said {
  return { ...good(text), meterTime: text };
}

function good(value: number | boolean | string): Said {
  return { value, quality: 'good' };
}

function bad(reason: string): Said {
  return { value: null, quality: 'bad', reason };
}
