/** Chains of replaced meters: each meter takes the place of one, of the same home and utility, after its removal. */
import type { Mistake } from '../../config/mistakes/mistake.ts';
import { byNumber } from './check-names.ts';
import type { MeterRow } from './meter-row.ts';
import { nearNames } from './near-names.ts';
import { atCell, lineOf } from './place-of-row.ts';

/** `unread`: what stands on lines that could not be read. */
export function checkChains(meters: readonly MeterRow[], unread: ReadonlySet<string>): Mistake[] {
  const known = byNumber(meters);
  const hint = nearNames(known.keys(), 'a removed meter keeps its line, with "removedAt" and "final"');
  const successors = new Map<MeterRow, MeterRow>();
  const rings = ringsOf(known);
  return meters.flatMap((meter) => {
    const { replaces } = meter;
    if (typeof replaces !== 'string') return [];
    const old = known.get(replaces);
    if (old === undefined) {
      if (unread.has(replaces)) return [];
      return [atCell(meter, 'replaces', `there is no meter ${replaces} to replace`, hint(replaces))];
    }
    const ring = rings.get(meter);
    if (ring !== undefined) return ring === 'elsewhere' ? [] : [sayRing(meter, ring)];
    const first = successors.get(old);
    successors.set(old, first ?? meter);
    return [...(first ? [sayFork(meter, old, first)] : []), ...checkLink(meter, old)];
  });
}

function checkLink(meter: MeterRow, old: MeterRow): Mistake[] {
  const mistakes: Mistake[] = [];
  const where = `${old.number} (${lineOf(old, meter)})`;
  if (differ(meter.home, old.home)) {
    const message = `it replaces ${where} of ${nameOf(old.home)}, and is of ${nameOf(meter.home)}`;
    mistakes.push(atCell(meter, 'home', message, 'a meter replaces one of its own home: mend "home" or "replaces"'));
  }
  if (differ(meter.utility, old.utility)) {
    const message = `it replaces ${where}, which counts ${old.utility ?? ''}, and counts ${meter.utility ?? ''}`;
    mistakes.push(atCell(meter, 'utility', message, 'mend "utility" or "replaces"'));
  }
  if (meter.utility === old.utility && differ(meter.unit, old.unit)) {
    const message = `it replaces ${where}, which counts in ${old.unit ?? ''}, and counts in ${meter.unit ?? ''}`;
    const hint = 'each is billed in its own unit: leave "replaces" empty, the home then has two lines in that month';
    mistakes.push(atCell(meter, 'unit', message, hint));
  }
  if (old.removedAt === null) {
    const message = `${meter.number} (${lineOf(meter, old)}) took its place, and nobody says when it was removed`;
    mistakes.push(atCell(old, 'removedAt', message, 'enter "removedAt", and what it showed then as "final"'));
  } else if (old.removedAt !== undefined && meter.installedAt !== undefined && meter.installedAt < old.removedAt) {
    const message = `it was installed at ${meter.installedAt}, before ${where} was removed at ${old.removedAt}`;
    mistakes.push(atCell(meter, 'installedAt', message, `${old.removedAt} or later`));
  }
  return mistakes;
}

function differ<T>(a: T | undefined, b: T | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function nameOf(home: string | null | undefined): string {
  return home ?? 'a public area';
}

function sayFork(meter: MeterRow, old: MeterRow, first: MeterRow): Mistake {
  const message = `${old.number} was replaced by ${first.number} (${lineOf(first, meter)}) already`;
  return atCell(meter, 'replaces', message, 'one meter takes the place of one');
}

/** More numbers of a ring than this help nobody. */
const MOST_SHOWN = 6;

function sayRing(meter: MeterRow, ring: readonly MeterRow[]): Mistake {
  const shown = [...ring, meter].slice(0, MOST_SHOWN);
  const more = ring.length >= MOST_SHOWN ? ' …' : '';
  const message =
    ring.length === 1
      ? 'a meter cannot replace itself'
      : `${ring.length} meters replace each other in a ring: ${shown.map(({ number }) => number).join(' → ')}${more}`;
  return atCell(meter, 'replaces', message, 'leave "replaces" of the oldest one empty');
}

/** Each meter of a ring; the ring itself with the one of it that comes first. */
function ringsOf(known: ReadonlyMap<string, MeterRow>): Map<MeterRow, readonly MeterRow[] | 'elsewhere'> {
  const rings = new Map<MeterRow, readonly MeterRow[] | 'elsewhere'>();
  const seen = new Set<MeterRow>();
  for (const start of known.values()) {
    const walk: MeterRow[] = [];
    const onWalk = new Set<MeterRow>();
    let at: MeterRow | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      onWalk.add(at);
      walk.push(at);
      at = typeof at.replaces === 'string' ? known.get(at.replaces) : undefined;
    }
    if (at === undefined || !onWalk.has(at)) continue;
    const ring = walk.slice(walk.indexOf(at));
    for (const meter of ring) rings.set(meter, meter === at ? ring : 'elsewhere');
  }
  return rings;
}
