/** What must hold of a point: that its places exist, agree with each other, and are what the point says that they are. */
import { isDeepStrictEqual } from 'node:util';
import type { Frozen, ProfileMistake } from '../../contract.ts';
import type { Version } from '../control-codes.ts';
import { keptWhen } from '../kept-when.ts';
import type { Place, Slot } from '../place.ts';
import type { Draft, DraftPoint, Placed } from './draft.ts';
import { judgePlace, unitMistake, valueKind } from './place-rules.ts';

const VERSIONS = ['2007', '1997'] as const;

interface Found {
  readonly version: Version;
  readonly place: Place;
  readonly slot: Slot;
}

type Path = readonly (string | number)[];
type Report = (path: Path, message: string) => void;

/** Each mistake has its path and names the point. */
export function pointMistakes({ points }: Draft): readonly ProfileMistake[] {
  return points.flatMap((placed) => {
    const mistakes: ProfileMistake[] = [];
    checkPoint(placed.item, (path, message) => {
      mistakes.push({ path: ['points', placed.index, ...path], message: `point ${placed.item.key}: ${message}` });
    });
    return mistakes.concat(keyMistake(points, placed));
  });
}

function keyMistake(points: readonly Placed<DraftPoint>[], { index, item }: Placed<DraftPoint>): ProfileMistake[] {
  const first = points.find((other) => other.item.key === item.key)?.index ?? index;
  if (first === index) return [];
  const message = `point ${item.key}: number ${first} has this key already; a key names one point`;
  return [{ path: ['points', index, 'key'], message }];
}

function checkPoint(point: DraftPoint, report: Report): void {
  if (point.clock) return checkClock(point, report);
  if (VERSIONS.every((version) => point[version] === undefined)) {
    return report([], 'it stands nowhere: give it a "2007" or "1997" place, or `clock`');
  }
  const found = VERSIONS.flatMap((version) => foundAt(point, version, report));
  for (const one of found) checkFound(point, one, report);
  const [newer, older] = found;
  if (newer && older && valueKind(newer.slot.format) !== valueKind(older.slot.format)) {
    report(['1997'], `the two versions have different kinds of value there (${newer.place.item}, ${older.place.item})`);
  }
}

function checkClock(point: DraftPoint, report: Report): void {
  for (const field of [...VERSIONS, 'unit', 'frozen'] as const) {
    if (point[field] !== undefined) report([field], `the clock has no \`${field}\``);
  }
}

function foundAt(point: DraftPoint, version: Version, report: Report): Found[] {
  const place = point[version];
  if (place === undefined) return [];
  const judged = judgePlace(place, version);
  if (judged.ok) return [{ version, place, slot: judged.slot }];
  report([version, ...(judged.field === null ? [] : [judged.field])], judged.message);
  return [];
}

function checkFound({ unit, obis, frozen }: DraftPoint, { version, place, slot }: Found, report: Report): void {
  const units = unitMistake(slot.format, unit);
  if (units !== null) report(['unit'], `${place.item}: ${units}`);
  if (obis !== undefined && slot.obis !== undefined && obis !== slot.obis) {
    report(['obis'], `${place.item} is ${slot.obis}, and not ${obis}: billing would take one quantity for another`);
  }
  const kept = keptWhen(place, version);
  if (frozen === undefined && kept !== null) {
    report(['frozen'], `${place.item} is what the meter kept: say so with \`frozen\`: ${JSON.stringify(kept)}`);
  } else if (frozen !== undefined && !isDeepStrictEqual(kept, { ...frozen })) {
    report(['frozen'], `${place.item} ${kept === null ? 'is not what a meter kept' : `is ${keptText(kept)}`}`);
  }
}

function keptText({ kind, ago }: Frozen): string {
  return `what it kept at the ${kind === 'daily' ? 'daily freeze' : 'settlement'} ${ago} ago`;
}
