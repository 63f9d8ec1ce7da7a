/** What the schema of a profile cannot express. */
import type { ProfileMistake } from '../contract.ts';
import { suggestion } from '../profile/suggest.ts';
import { shiftUnit } from '../unit-shift.ts';
import { UNITS, type Unit } from '../units.ts';
import { MEDIUM_NAMES } from './medium.ts';
import type { MbusPointFile, SlaveWanted } from './profile.ts';
import { FIXED_QUANTITIES, QUALIFIERS, QUANTITIES, type Quantity } from './quantities.ts';
import { COMBINABLE, COMBINABLE_EXTENSION } from './vife-table.ts';

/** A well-formed point and its place in the file. */
export interface PlacedPoint {
  readonly index: number;
  readonly point: MbusPointFile;
}

/** Where in the point, and what is wrong. */
type Finding = readonly [path: readonly (string | number)[], text: string];
type RecordPoint = Extract<MbusPointFile, { record: unknown }>;
type CounterPoint = Extract<MbusPointFile, { counter: unknown }>;

const CLOCK_OBIS = '0-0:1.0.0';
const MODIFIERS = [...COMBINABLE.values(), ...COMBINABLE_EXTENSION.values()];

export function pointMistakes(points: readonly PlacedPoint[]): readonly ProfileMistake[] {
  return points.flatMap(({ index, point }, at) => {
    const before = points.slice(0, at);
    return [...findings(point), ...repeats(point, before), ...otherData(point, before)].map(([path, text]) => ({
      path: ['points', index, ...path],
      message: `point ${point.key}: ${text}`,
    }));
  });
}

export function slaveMistakes({ media = [] }: SlaveWanted): readonly ProfileMistake[] {
  return media.flatMap((medium, index) =>
    MEDIUM_NAMES.includes(medium)
      ? []
      : [
          {
            path: ['slave', 'media', index],
            message: `there is no medium ${JSON.stringify(medium)}${suggestion(medium, MEDIUM_NAMES, 'media')}`,
          },
        ],
  );
}

function findings(point: MbusPointFile): readonly Finding[] {
  if ('record' in point) return recordFindings(point);
  if ('counter' in point) return counterFindings(point);
  return [
    ...(point.obis === undefined ? [] : [[['obis'], 'only registers and the clock have an OBIS code'] as const]),
    ...(point.unit === undefined ? [] : [[['unit'], 'it has no unit: leave it out'] as const]),
  ];
}

function recordFindings(point: RecordPoint): readonly Finding[] {
  const quantity = QUANTITIES.get(point.record.quantity);
  if (quantity === undefined) return [noQuantity('record', point.record.quantity, QUANTITIES)];
  const wrong = modifierFindings(point);
  if (wrong.length > 0) return wrong;
  const meant = modified(quantity, point.record.modifiers);
  return [
    ...(point.bit === undefined ? unitFindings(point.unit, point.record.quantity, meant) : bitFindings(point, meant)),
    ...obisFindings(point, meant),
    ...keptFindings(point, meant),
  ];
}

function counterFindings({ counter, unit }: CounterPoint): readonly Finding[] {
  const quantity = FIXED_QUANTITIES.get(counter.quantity);
  if (quantity === undefined) return [noQuantity('counter', counter.quantity, FIXED_QUANTITIES)];
  if (counter.storage === 'historic' && counter.number === 1) {
    return [[['counter', 'storage'], 'the second counter alone can be an earlier value of the first']];
  }
  return unitFindings(unit, counter.quantity, quantity);
}

function noQuantity(where: string, name: string, known: ReadonlyMap<string, Quantity>): Finding {
  const near = suggestion(name, [...known.keys()], 'quantities');
  return [[where, 'quantity'], `there is no quantity ${JSON.stringify(name)}${near}`];
}

function modifierFindings({ record }: RecordPoint): readonly Finding[] {
  return record.modifiers.flatMap((name, index): Finding[] => {
    const path = ['record', 'modifiers', index];
    if (!QUALIFIERS.includes(name)) {
      return [[path, `there is no modifier ${JSON.stringify(name)}${suggestion(name, QUALIFIERS, 'modifiers')}`]];
    }
    const per = MODIFIERS.find((one) => one.name === name)?.per;
    return per === undefined ? [] : [[path, `a value ${name} has a unit (…${per}) that points do not have`]];
  });
}

/** What a value is that a modifier makes a date, a number of events or a duration. */
function modified(quantity: Quantity, modifiers: readonly string[]): Quantity {
  const instead = MODIFIERS.find(
    ({ name, instead: other }) => other !== undefined && modifiers.includes(name),
  )?.instead;
  if (instead === undefined) return quantity;
  if (instead === 'date') return { units: [], kind: 'date' };
  return { units: instead === 'count' ? [] : [instead], kind: 'number' };
}

function unitFindings(unit: Unit | undefined, name: string, { units }: Quantity): readonly Finding[] {
  const [first] = units;
  if (first === undefined) return unit === undefined ? [] : [[['unit'], `${name} has no unit: leave it out`]];
  if (unit === undefined) return [[['unit'], `${name} is measured (in ${units.join(', ')}): give its unit`]];
  const fits = units.some((sent) => shiftUnit('0', sent, unit).ok);
  if (fits) return [];
  return [
    [
      ['unit'],
      `${name} comes in ${units.join(', ')}, and ${unit} is a unit of ${UNITS[unit]} that none of them becomes`,
    ],
  ];
}

function bitFindings({ unit, record }: RecordPoint, { kind }: Quantity): readonly Finding[] {
  if (kind !== 'flags') return [[['bit'], `${record.quantity} is no set of flags: it has no bits of its own`]];
  return unit === undefined ? [] : [[['unit'], 'a bit has no unit: leave it out']];
}

function obisFindings({ obis, record, bit }: RecordPoint, { kind }: Quantity): readonly Finding[] {
  if (obis === undefined) return [];
  if (kind === 'date') return obis === CLOCK_OBIS ? [] : [[['obis'], `a clock is ${CLOCK_OBIS}`]];
  if (bit !== undefined) return [[['obis'], 'only registers and the clock have an OBIS code']];
  return record.function === 'instantaneous' ? [] : [[['obis'], `a ${record.function} is no register`]];
}

function keptFindings({ frozen, obis, record }: RecordPoint, { kind }: Quantity): readonly Finding[] {
  const isKept = record.storage > 0 && kind !== 'date';
  if (record.day !== undefined && !isKept) {
    return [[['record', 'day'], 'it is of values that were kept: those with a storage number']];
  }
  if (frozen === undefined) return [];
  if (!isKept) return [[['frozen'], 'what the meter has kept has a storage number, and is no date']];
  return obis === undefined ? [[['frozen'], 'it needs obis: the name of the register that was kept']] : [];
}

/** Two points by one name, and two names of one value. */
function repeats(point: MbusPointFile, before: readonly PlacedPoint[]): readonly Finding[] {
  const twin = before.find((one) => one.point.key === point.key);
  if (twin) return [[['key'], `number ${twin.index} has this key already; a key names one point`]];
  const same = before.find((one) => placeOf(one.point) === placeOf(point) && inOneUnit(one.point, point));
  return same ? [[[], `${same.point.key} is the same value already; leave one out`]] : [];
}

function placeOf(point: MbusPointFile): string {
  if ('record' in point) return JSON.stringify([point.record, point.bit]);
  if ('counter' in point) return JSON.stringify(point.counter);
  return 'status' in point ? point.status : point.header;
}

/** A meter may send its energy in watt hours and in joules: two registers. */
function inOneUnit({ unit: a }: MbusPointFile, { unit: b }: MbusPointFile): boolean {
  return a === undefined || b === undefined || shiftUnit('0', a, b).ok;
}

function otherData(point: MbusPointFile, before: readonly PlacedPoint[]): readonly Finding[] {
  const other = 'record' in point ? 'counter' : 'counter' in point ? 'record' : null;
  const first = before.find((one) => other !== null && other in one.point);
  if (!first) return [];
  return [[[], `${first.point.key} is a ${other ?? ''}: a meter sends fixed data or variable data, not both`]];
}
