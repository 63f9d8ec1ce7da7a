/** Meters that took each other's place, oldest first: one line is billed for all of them. */
import type { Meter } from '../model.ts';
import type { Stay } from './boundary.ts';
import { instantOf } from './zone.ts';

export interface Chain {
  /** The number of its oldest meter, which stays when another one is put up. */
  readonly id: string;
  readonly stays: readonly Stay[];
}

/**
 * Chains in the order of their oldest meters in `meters`. The registry has been checked: one meter takes the place of one, and
 * none of itself. Throws RangeError where that is not so, because a meter would go without a bill. `zone`: IANA name.
 */
export function chainsOf(meters: readonly Meter[], zone: string): Chain[] {
  const known = new Set(meters.map(({ number }) => number));
  const successors = new Map<string, Meter>();
  for (const meter of meters) {
    if (meter.replaces === null || !known.has(meter.replaces)) continue;
    if (successors.has(meter.replaces)) throw new RangeError(`meter ${meter.replaces} was replaced by two`);
    successors.set(meter.replaces, meter);
  }
  const heads = meters.filter(({ replaces }) => replaces === null || !known.has(replaces));
  const chains = heads.map((head) => chainFrom(head, successors, zone));
  const placed = chains.reduce((count, { stays }) => count + stays.length, 0);
  if (placed !== meters.length) throw new RangeError('meters replace each other in a ring, or a number is there twice');
  return chains;
}

function chainFrom(head: Meter, successors: ReadonlyMap<string, Meter>, zone: string): Chain {
  const stays: Stay[] = [];
  for (let meter: Meter | undefined = head; meter !== undefined; meter = successors.get(meter.number)) {
    const until = meter.removedAt === null ? Infinity : instantOf(meter.removedAt, zone);
    stays.push({ meter, from: instantOf(meter.installedAt, zone), until });
  }
  return { id: head.number, stays };
}
