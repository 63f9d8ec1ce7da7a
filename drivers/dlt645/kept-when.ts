/** Which items are what the meter kept at a settlement day, or each day, and how many times ago. */
import type { Frozen } from '../contract.ts';
import type { Version } from './control-codes.ts';
import { ALL } from './item.ts';
import type { Place } from './place.ts';

const DAILY_FREEZE = [0x05, 0x06] as const;
/** 1997: the second digit of an energy or demand; odd ones are reactive. */
const MONTHS_AGO: Readonly<Record<number, number>> = { 4: 1, 8: 2 };

/** Null for what is measured now. The occasion of a freeze that is neither is not told. */
export function keptWhen({ item, part }: Place, version: Version): Frozen | null {
  return version === '2007' ? kept2007(item, part) : kept1997(item);
}

/** The item that says when the meter made its daily freeze. 1997 has none. */
export function dailyFreezeTime(ago: number): string {
  return Buffer.from([...DAILY_FREEZE, 0, ago])
    .toString('hex')
    .toUpperCase();
}

function kept2007(item: string, part: string | undefined): Frozen | null {
  const [di3, di2, , di0 = 0] = Buffer.from(item, 'hex');
  if (di3 === DAILY_FREEZE[0] && di2 === DAILY_FREEZE[1]) return { kind: 'daily', ago: di0 };
  if (di3 !== 0x00 && di3 !== 0x01) return null;
  const ago = di0 === ALL ? Number(/^settlement (\d+)$/.exec(part ?? '')?.[1] ?? 0) : di0;
  return ago === 0 ? null : { kind: 'settlement', ago };
}

function kept1997(item: string): Frozen | null {
  const [family = '', second = '0'] = item;
  const ago = 'AB9'.includes(family) ? MONTHS_AGO[Number.parseInt(second, 16) & 0xe] : undefined;
  return ago === undefined ? null : { kind: 'settlement', ago };
}
