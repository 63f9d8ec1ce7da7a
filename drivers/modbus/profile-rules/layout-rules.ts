/** Rules on where points lie: against the device's limits, and against each other. */
import type { ProfileMistake } from '../../contract.ts';
import type { ModbusPoint } from '../profile.ts';
import type { Draft, Placed } from './draft.ts';
import { extentOf, isRegisterTable } from './extent.ts';

type Located = Placed<ModbusPoint>;

/** Checks the addresses of `draft`. */
export function layoutMistakes(draft: Draft): readonly ProfileMistake[] {
  return [
    ...holeMistakes(draft),
    ...draft.points.flatMap((point) => limitMistakes(point, draft.limits)),
    ...overlapMistakes(draft.points),
  ];
}

function holeMistakes({ limits }: Draft): readonly ProfileMistake[] {
  return limits.holes.flatMap(({ from, to }, index) =>
    from <= to && from >= 0 && to <= 65535
      ? []
      : [{ path: ['limits', 'holes', index], message: `hole ${from} to ${to}: must rise, from 0 to 65535 at most` }],
  );
}

function limitMistakes({ index, item }: Located, limits: Draft['limits']): readonly ProfileMistake[] {
  const mistakes: ProfileMistake[] = [];
  const report = (field: string, text: string) =>
    mistakes.push({ path: ['points', index, field], message: `point ${item.key}: ${text}` });
  const count = extentOf(item);
  const last = item.address + count - 1;
  if (isRegisterTable(item.table)) {
    if (count > limits.maxRegisters) {
      const field = item.type === 'string' ? 'length' : 'type';
      report(field, `takes ${count} registers and limits.maxRegisters is ${limits.maxRegisters}: no read can carry it`);
    }
    if (limits.evenRegisters && item.address % 2 === 1) {
      report(
        'address',
        `address ${item.address} is odd and limits.evenRegisters is set: reads start at even addresses`,
      );
    }
  }
  const hole = limits.holes.find(({ table, from, to }) => table === item.table && from <= last && to >= item.address);
  if (hole !== undefined) {
    report('address', `lies in the hole ${hole.from} to ${hole.to} of the ${hole.table} table: correct one of the two`);
  }
  return mistakes;
}

function overlapMistakes(points: readonly Located[]): readonly ProfileMistake[] {
  const holders = new Map<string, Located[]>();
  const mistakes: ProfileMistake[] = [];
  for (const point of points) {
    const clashes = new Set<Located>();
    for (const place of placesOf(point.item)) {
      const here = holders.get(place) ?? [];
      for (const other of here) if (!mayShare(point.item, other.item)) clashes.add(other);
      holders.set(place, [...here, point]);
    }
    for (const other of clashes) mistakes.push(overlap(point, other));
  }
  return mistakes;
}

function placesOf({ table, address, type, length }: ModbusPoint): readonly string[] {
  return Array.from({ length: extentOf({ type, length }) }, (_, offset) => `${table} ${address + offset}`);
}

/**
 * Disjoint bit fields of one register do not contradict each other. Nor does a point that is only written contradict
 * one that is only read: on some controllers an address means one thing to a read and another to a write (SmartGen).
 */
function mayShare(a: ModbusPoint, b: ModbusPoint): boolean {
  if ((a.access === 'w' && b.access === 'r') || (a.access === 'r' && b.access === 'w')) return true;
  if (a.bit === undefined || b.bit === undefined || a.byteOrder !== b.byteOrder) return false;
  return a.bit + a.width <= b.bit || b.bit + b.width <= a.bit;
}

function overlap({ index, item }: Located, other: Located): ProfileMistake {
  const fields = item.bit !== undefined && other.item.bit !== undefined;
  return {
    path: ['points', index, fields ? 'bit' : 'address'],
    message:
      `point ${item.key}: shares ${item.table} ${item.address} with point ${other.item.key} (${describe(other.item)}); ` +
      (fields
        ? 'give them bits of their own, in one byteOrder'
        : 'correct an address, or make both bit fields of one u16 register'),
  };
}

function describe({ type, address, bit, width }: ModbusPoint): string {
  return bit === undefined ? `${type} at ${address}` : `bits ${bit} to ${bit + width - 1} of ${address}`;
}
