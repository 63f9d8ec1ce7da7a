/** Finds the record of a readout that a point means, and the one that says when its value was kept. Pure. */
import type { DataRecord } from './data-record.ts';
import type { RecordWanted } from './profile.ts';
import type { MeterReadout } from './read-meter.ts';
import { shiftUnit } from '../unit-shift.ts';
import type { Unit } from '../units.ts';

/** What a point asks for; `unit`: that of the point. */
export type Wanted = Omit<RecordWanted, 'day'> & { readonly unit: Unit | undefined };

export type Picked =
  | { readonly ok: true; readonly record: DataRecord }
  /** Why there is none, or no single one, in words. */
  | { readonly ok: false; readonly reason: string };

const DATES: ReadonlySet<string | null> = new Set(['Time point (date)', 'Time point (date & time)']);

/** Of several that are alike and say the same, the first; of several that differ, the one that `wanted.index` names. */
export function pickRecord(readout: MeterReadout, wanted: Wanted): Picked {
  if (readout.telegrams.every(({ kind }) => kind === 'fixed')) {
    return none('the meter sends fixed data: two counters, and no records');
  }
  const alike = recordsOf(readout, wanted.telegram).filter((record) => isMeant(record, wanted));
  const [other] = alike;
  const fitting = alike.filter((record) => whyNot(record, wanted.unit) === null);
  const { index } = wanted;
  const [first] = fitting;
  if (first === undefined) {
    return none((other && whyNot(other, wanted.unit)) ?? `${absence(readout)} ${describe(wanted)}`);
  }
  if (index !== undefined) {
    const record = fitting[index];
    if (record !== undefined) return { ok: true, record };
    return none(`${absence(readout)} ${describe(wanted)} with index ${index}: there are ${fitting.length}`);
  }
  if (fitting.every(({ value }) => value === first.value)) return { ok: true, record: first };
  return none(`the readout has ${fitting.length} times ${describe(wanted)}: the profile has to say which by index`);
}

/**
 * The date of the same storage number: of the same tariff and subunit where those have their own, the nearest before the value,
 * as meters that send two (the last and the next settlement day) name the last one first. Null where the readout has none.
 */
export function dateOf(readout: MeterReadout, value: DataRecord): DataRecord | null {
  const records = recordsOf(readout, undefined);
  const dates = records.filter(
    ({ quantity, storage, qualifiers }) => DATES.has(quantity) && storage === value.storage && qualifiers.length === 0,
  );
  const own = [
    (date: DataRecord) => date.function === value.function && isOf(date, value.tariff ?? 0, value.device ?? 0),
    (date: DataRecord) => date.function === value.function && isOf(date, 0, 0),
    (date: DataRecord) => date.function === 'instantaneous' && isOf(date, 0, 0),
  ].map((fits) => dates.filter(fits));
  const nearest = own.find(({ length }) => length > 0) ?? [];
  const at = records.indexOf(value);
  return nearest.findLast((date) => records.indexOf(date) < at) ?? nearest[0] ?? null;
}

function recordsOf({ telegrams }: MeterReadout, number: number | undefined): readonly DataRecord[] {
  const wanted = number === undefined ? telegrams : telegrams.slice(number - 1, number);
  return wanted.flatMap((telegram) => (telegram.kind === 'variable' ? telegram.records : []));
}

function isMeant(record: DataRecord, wanted: Wanted): boolean {
  return (
    record.quantity === wanted.quantity &&
    record.function === wanted.function &&
    record.storage === wanted.storage &&
    isOf(record, wanted.tariff, wanted.subunit) &&
    record.qualifiers.toSorted().join() === wanted.modifiers.toSorted().join()
  );
}

/** A record that says nothing of tariffs and subunits is of the total and of the meter itself. */
function isOf(record: DataRecord, tariff: number, subunit: number): boolean {
  return (record.tariff ?? 0) === tariff && (record.device ?? 0) === subunit;
}

/** Why a record cannot be told in `unit`; null where it can, also where it has no value for a reason of its own. */
function whyNot({ value, unit: sent }: DataRecord, unit: Unit | undefined): string | null {
  if (unit === undefined || value === null) return null;
  if (sent === null) return `the meter sends ${value} without a unit`;
  const shifted = shiftUnit(value, sent, unit);
  return shifted.ok ? null : shifted.reason;
}

/** `Volume of storage 1, tariff 2`. */
function describe({ quantity, function: kind, storage, tariff, subunit, modifiers, telegram }: Wanted): string {
  const places = [
    ...(kind === 'instantaneous' ? [] : [kind]),
    ...(storage === 0 ? [] : [`storage ${storage}`]),
    ...(tariff === 0 ? [] : [`tariff ${tariff}`]),
    ...(subunit === 0 ? [] : [`subunit ${subunit}`]),
    ...modifiers,
    ...(telegram === undefined ? [] : [`telegram ${telegram}`]),
  ];
  return places.length === 0 ? quantity : `${quantity} (${places.join(', ')})`;
}

function absence({ complete, reason = '' }: MeterReadout): string {
  return complete ? 'the readout has no' : `the readout was cut short (${reason}) and has no`;
}

function none(reason: string): Picked {
  return { ok: false, reason };
}
