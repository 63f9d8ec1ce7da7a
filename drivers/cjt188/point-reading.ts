/** What a reply says of each point that stands in it: a value that is right, or none and the reason. */
import type { Reading } from '../contract.ts';
import { shiftUnit } from '../unit-shift.ts';
import type { DecodedField, MeasuredValue } from './decode-fields.ts';
import type { DecodedItem } from './decode-item.ts';
import type { MeterStatus, ValveState } from './decode-status.ts';
import type { MeterTime } from './decode-time.ts';
import type { Cjt188Point } from './profile.ts';

/** What a reading says of its point, without the point's key and the time. */
type Said = Omit<Reading, 'point' | 'at'>;

export interface ReplyContext {
  /** When the reply had arrived, Unix milliseconds. */
  readonly at: number;
  /** When the value of the settlement day so many times ago was kept, by the meter's clock; null where it cannot be told. */
  readonly settledAt: (ago: number) => string | null;
}

const VALVE_NAMES: Readonly<Record<ValveState, string>> = { open: 'open', closed: 'closed', fault: 'abnormal' };

/** One reading for each of `points`, all of which stand in `item`. */
export function pointReadings(
  points: readonly Cjt188Point[],
  item: DecodedItem,
  { at, settledAt }: ReplyContext,
): Reading[] {
  return points.map((point) => ({ point: point.key, at, ...said(point, item, settledAt) }));
}

/** Of a status that was read by itself. */
export function statusReadings(points: readonly Cjt188Point[], status: MeterStatus, at: number): Reading[] {
  const fields = [{ type: 'status', name: 'st', status }] as const;
  const own = points.filter(({ field }) => field === 'valve' || field === 'batteryLow');
  return pointReadings(own, { item: null, fields }, { at, settledAt: () => null });
}

/** The same for each of `points`. */
export function badReadings(points: readonly Cjt188Point[], reason: string, at: number): Reading[] {
  return points.map(({ key }) => ({ point: key, at, ...bad(reason) }));
}

function said(point: Cjt188Point, item: DecodedItem, settledAt: ReplyContext['settledAt']): Said {
  if (item.reason !== undefined) return bad(item.reason);
  const name = point.field === 'valve' || point.field === 'batteryLow' ? 'st' : point.field;
  const field = item.fields.find((one) => one.name === name);
  if (field === undefined) return bad(`the reply has no ${point.field}`);
  switch (field.type) {
    case 'measured':
      return point.frozen === undefined ? measured(point, field) : kept(point, field, item, settledAt);
    case 'number':
      return field.value === null ? bad(field.reason ?? 'no value') : good(Number(field.value));
    case 'time':
      return clock(field.time);
    case 'status':
      return statusBit(point, field.status);
    case 'raw':
      return good(field.hex);
  }
}

function measured({ unit }: Cjt188Point, { value, unit: sent, reason }: MeasuredValue): Said {
  if (value === null || sent === null || unit === undefined) return bad(reason ?? 'no value');
  const shifted = shiftUnit(value, sent, unit);
  return shifted.ok ? { ...good(Number(shifted.value)), exact: shifted.value } : bad(shifted.reason);
}

/** A meter that keeps no settlement day sends 0 in its place, or what its register shows now. */
function kept(
  point: Cjt188Point,
  field: MeasuredValue,
  { fields, ago }: DecodedItem,
  settledAt: ReplyContext['settledAt'],
): Said {
  const value = measured(point, field);
  if (value.quality === 'bad') return value;
  const isNow = fields.some((one) => isRegisterOf(field, one) && one.type === 'measured' && one.value === field.value);
  if (value.value === 0 || isNow) {
    const shows = value.value === 0 ? '0' : 'what the register shows now';
    return { ...value, quality: 'uncertain', reason: `${shows}: a meter that keeps no settlement day says that, too` };
  }
  const own = fields.find((one) => one.type === 'time');
  const time = ago === undefined ? null : timeIn(own?.time);
  const meterTime = time ?? settledAt(point.frozen?.ago ?? 1);
  return meterTime === null ? value : { ...value, meterTime };
}

/** `settlementHeat` is kept of `currentHeat`, `settlement` of `current`. */
function isRegisterOf({ name }: MeasuredValue, other: DecodedField): boolean {
  return other.name.startsWith('current') && name === other.name.replace('current', 'settlement');
}

function clock(time: MeterTime): Said {
  const text = timeIn(time);
  return text === null ? bad(time.reason ?? 'no time') : { ...good(text), meterTime: text };
}

function timeIn(time: MeterTime | undefined): string | null {
  return time?.isReal === true && time.text !== null ? time.text.replace(' ', 'T') : null;
}

function statusBit({ field, bit }: Cjt188Point, { st, valve, batteryLow, reason }: MeterStatus): Said {
  if (field === 'valve') return valve === null ? bad(reason ?? 'no status') : good(VALVE_NAMES[valve]);
  if (field === 'batteryLow') return batteryLow === null ? bad(reason ?? 'no status') : good(batteryLow);
  const byte = Number.parseInt(st.slice(bit === undefined || bit < 8 ? 0 : 2).slice(0, 2), 16);
  if (Number.isNaN(byte) || (bit !== undefined && byte === 0xff)) return bad('FF in place of a status');
  return good(bit === undefined ? st : ((byte >>> (bit % 8)) & 1) === 1);
}

function good(value: number | boolean | string): Said {
  return { value, quality: 'good' };
}

function bad(reason: string): Said {
  return { value: null, quality: 'bad', reason };
}
