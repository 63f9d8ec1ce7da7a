/** Which point of a profile is a meter's register, and whether it can be one. */
import type { Point, Profile } from '../../../drivers/contract.ts';
import { shiftUnit } from '../../../drivers/unit-shift.ts';
import { UNITS } from '../../../drivers/units.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import type { BilledUnit, Utility } from '../model.ts';
import { unitsOf, UTILITIES } from '../rules/utilities.ts';
import { parsed, type Parsed } from './parsed.ts';

/** IEC 62056-6-1 has no name for reclaimed water; the profile of a cold water meter serves the hot one too. */
const COLD_WATER = UTILITIES.coldWater.obis;

export interface RegisterWanted {
  readonly profile: Profile;
  readonly utility: Utility;
  /** Of the meter. */
  readonly unit: BilledUnit;
  /** Null: the one that carries the total of the utility. */
  readonly point: string | null;
  readonly pulseWeight: string | null;
}

/** The key of the point. */
export function registerPoint(wanted: RegisterWanted): Parsed<string> {
  const { profile, point: key } = wanted;
  if (key === null) return totalOf(wanted);
  const readable = profile.points.filter(({ access }) => access !== 'w');
  const point = readable.find((candidate) => candidate.key === key);
  if (point) return checkPoint(point, wanted);
  const names = readable
    .filter((candidate) => candidate.role !== 'level' && !candidate.enum && !candidate.frozen)
    .map((known) => known.key);
  const message = `the profile ${profile.id} has no point ${JSON.stringify(key)} that can be read`;
  return { ok: false, message, hint: suggest(key, names) };
}

function totalOf(wanted: RegisterWanted): Parsed<string> {
  const { profile, utility } = wanted;
  const { obis } = UTILITIES[utility];
  const names = utility === 'hotWater' ? [obis, COLD_WATER] : [obis];
  for (const name of names) {
    const found = profile.points.find((point) => point.obis === name && !point.frozen);
    if (found) return checkUnit(found, wanted);
  }
  const message = `no point of the profile ${profile.id} is the total of ${utility} (OBIS ${names.join(' or ')})`;
  return { ok: false, message, hint: 'mend "profile" or "utility", or name the point in the column "point"' };
}

function checkPoint(point: Point, wanted: RegisterWanted): Parsed<string> {
  const { profile, pulseWeight } = wanted;
  const { key, role, frozen } = point;
  if (frozen) {
    const message = `${key} of the profile ${profile.id} is what the meter kept then, and not what it shows now`;
    return {
      ok: false,
      message,
      hint: 'name the point that is the register, or none: what the meter kept is found by itself',
    };
  }
  if (role === 'counter' && pulseWeight === null) {
    const message = `${key} of the profile ${profile.id} counts pulses, and nobody says what one is worth`;
    return { ok: false, message, hint: 'enter "pulseWeight", in the unit of the utility, such as 0.01' };
  }
  if (role !== 'counter' && pulseWeight !== null) {
    const counters = profile.points.filter((candidate) => candidate.role === 'counter').map((counter) => counter.key);
    const message = `${key} of the profile ${profile.id} is no counter, and there is a pulseWeight`;
    return { ok: false, message, hint: suggest(key, counters) ?? 'this profile has no counters: empty "pulseWeight"' };
  }
  return checkUnit(point, wanted);
}

/** A register without a unit is taken for one that counts in the meter's. */
function checkUnit({ key, unit }: Point, { profile, utility, unit: billed }: RegisterWanted): Parsed<string> {
  if (unit === undefined || shiftUnit('1', unit, billed).ok) return parsed(key);
  const [measured, wanted] = [UNITS[unit], UNITS[billed]];
  const what = `${key} of the profile ${profile.id}`;
  if (measured !== wanted) {
    const message = `${what} is a ${measured} in ${unit}, and ${utility} is billed by ${wanted}`;
    return { ok: false, message, hint: 'name the point that is the register' };
  }
  const message = `${what} is in ${unit}, which no decimal number of ${billed} stands for exactly`;
  const other = unitsOf(utility).find((known) => shiftUnit('1', unit, known).ok);
  const hint =
    other === undefined ? 'take a profile in another unit' : `bill it in its own unit: enter "unit": ${other}`;
  return { ok: false, message, hint };
}
