/** What a zone of a home says, by its contact or by the resistors at the end of its line: docs/home-security.md. Pure. */
import type { Profile, Reading } from '../../drivers/contract.ts';
import type { HomeSecurity, ZoneConfig } from '../config/home-security-schema.ts';
import { holds } from './point-test.ts';
import { levelTest } from './rule-inputs.ts';
import type { PointTest } from './types.ts';

/** `broken`: the line shows what it never should. Only `closed` is closed. */
export type ZoneLevel = 'closed' | 'open' | 'tamper' | 'short' | 'cut' | 'broken' | 'unknown';

export interface ZoneTests {
  readonly point: string;
  /** What it is taken for where none of `tests` is met. */
  readonly otherwise: Extract<ZoneLevel, 'broken' | 'unknown'>;
  /** At most one is met: `check` sees to that. */
  readonly tests: readonly { readonly level: Exclude<ZoneLevel, 'broken' | 'unknown'>; readonly test: PointTest }[];
}

type Eol = NonNullable<ZoneConfig['eol']>;
type Contact = Pick<NonNullable<HomeSecurity['keyswitch']>, 'channel' | 'invert'>;

/** Null where the profile has no such channel or point, or nothing says which it is. */
export function zoneTests({ channel, invert, point, eol }: ZoneConfig, profile: Profile): ZoneTests | null {
  if (eol === undefined || point === undefined) return contactTests({ channel, invert }, profile);
  return profile.points.some(({ key }) => key === point) ? lineTests(point, eol) : null;
}

/** Of a contact alone: `open` is what it reports, whichever way it is wired. */
export function contactTests({ channel, invert }: Contact, profile: Profile): ZoneTests | null {
  if (channel === undefined) return null;
  const open = levelTest({ channel, invert }, profile);
  const closed = levelTest({ channel, invert: !invert }, profile);
  if (!open || !closed) return null;
  const tests = [{ level: 'open', test: open } as const, { level: 'closed', test: closed } as const];
  return { point: open.point, otherwise: 'unknown', tests };
}

/** An uncertain value can be an alarm, and cannot be anything that is well. */
export function levelOf({ tests, otherwise }: ZoneTests, reading: Reading): ZoneLevel {
  if (reading.quality === 'bad' || reading.value === null) return 'unknown';
  const met = tests.find(({ test }) => holds(test, false, reading) === true)?.level;
  if (reading.quality === 'uncertain') return met === 'open' || met === 'tamper' ? met : 'unknown';
  return met ?? otherwise;
}

const LEVELS = [
  ['normal', 'closed'],
  ['alarm', 'open'],
  ['tamper', 'tamper'],
  ['short', 'short'],
  ['open', 'cut'],
] as const;

/** What the site file says that the line shows, state by state. */
export function eolValues(eol: Eol) {
  return LEVELS.flatMap(([name, level]) => {
    const value = eol[name];
    return value === undefined ? [] : [{ name, level, value }];
  });
}

function lineTests(point: string, eol: Eol): ZoneTests {
  const tests = eolValues(eol).map(({ level, value }) => ({
    level,
    test: { point, kind: 'within', bands: [[value - eol.tolerance, value + eol.tolerance]] } as const,
  }));
  return { point, otherwise: 'broken', tests };
}
