/** One number, one meter; one id, one home; and every home that a meter names is there. */
import type { Mistake } from '../../config/mistakes/mistake.ts';
import type { HomeRow } from './home-row.ts';
import type { MeterRow } from './meter-row.ts';
import { nearNames } from './near-names.ts';
import { atCell, lineOf } from './place-of-row.ts';

/** The first row of each number. */
export function byNumber(meters: readonly MeterRow[]): Map<string, MeterRow> {
  return firsts(meters, ({ number }) => number);
}

export function checkNumbers(meters: readonly MeterRow[]): Mistake[] {
  const first = byNumber(meters);
  return meters.flatMap((meter) => {
    const owner = first.get(meter.number);
    if (owner === undefined || owner === meter) return [];
    const message = `the number ${meter.number} stands on ${lineOf(owner, meter)} already`;
    return [atCell(meter, 'number', message, 'a meter has one line, and a new meter another number')];
  });
}

export function checkHomes(homes: readonly HomeRow[]): Mistake[] {
  const ids = firsts(homes, ({ id }) => id);
  const rooms = firsts(homes, roomOf);
  const extensions = firsts(homes, ({ home }) => home?.extension ?? null);
  return homes.flatMap((home) => {
    const sameId = ids.get(home.id);
    if (sameId && sameId !== home) {
      return [
        atCell(home, 'id', `the home ${home.id} stands on ${lineOf(sameId, home)} already`, 'a home has one line'),
      ];
    }
    const mistakes: Mistake[] = [];
    const sameRoom = rooms.get(roomOf(home));
    if (sameRoom && sameRoom !== home && home.home) {
      const message = `this room is the home ${sameRoom.id} on ${lineOf(sameRoom, home)} already`;
      mistakes.push(atCell(home, 'room', message, 'mend building, unit or room of one of the two'));
    }
    const sameExtension = extensions.get(home.home?.extension ?? null);
    if (sameExtension && sameExtension !== home && home.home?.extension) {
      const message = `extension ${home.home.extension} rings in ${sameExtension.id} (${lineOf(sameExtension, home)}) too`;
      mistakes.push(atCell(home, 'extension', message, 'right only if the two share it', 'warning'));
    }
    return mistakes;
  });
}

/** `unread`: what stands on lines of the homes that could not be read. */
export function checkHomesOfMeters(
  meters: readonly MeterRow[],
  homes: readonly HomeRow[],
  unread: ReadonlySet<string>,
): Mistake[] {
  const ids = new Set(homes.map(({ id }) => id));
  const hint = nearNames(ids, 'add it to the homes; an empty cell is a public area');
  return meters.flatMap((meter) => {
    const { home } = meter;
    if (typeof home !== 'string' || ids.has(home) || unread.has(home)) return [];
    return [atCell(meter, 'home', `there is no home ${JSON.stringify(home)}`, hint(home))];
  });
}

function roomOf({ home }: HomeRow): string | null {
  return home && JSON.stringify([home.building, home.unit, home.room]);
}

function firsts<T, K>(rows: readonly T[], key: (row: T) => K | null): Map<K | null, T> & Map<K, T> {
  const found = new Map<K | null, T>();
  for (const row of rows) {
    const name = key(row);
    if (name !== null && !found.has(name)) found.set(name, row);
  }
  return found as Map<K | null, T> & Map<K, T>;
}
