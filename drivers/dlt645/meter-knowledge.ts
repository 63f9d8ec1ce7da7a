/** What is remembered of a meter across restarts: plain JSON, never trusted when it is read back. */
import type { Knowledge } from '../contract.ts';
import type { Version } from './control-codes.ts';

export interface MeterKnowledge {
  /** Undefined until it has been detected. */
  readonly version?: Version;
  /** By identifier: how many times in a row the meter has said that it has no such item. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** A refusal names no item, and may be a late one to another: only so many in a row are believed. */
const BELIEVED = 3;

export function parseMeterKnowledge(raw: Knowledge): MeterKnowledge {
  const { version, refusals } = raw;
  const counts = typeof refusals === 'object' && refusals !== null ? Object.entries(refusals) : [];
  return {
    ...(version === '2007' || version === '1997' ? { version } : {}),
    refusals: Object.fromEntries(counts.filter((entry): entry is [string, number] => Number.isInteger(entry[1]))),
  };
}

/** The meter has said that it has no such item. Returns `known` itself when that is believed already. */
export function afterRefusal(known: MeterKnowledge, di: string): MeterKnowledge {
  return isUnsupported(known, di) ? known : withRefusals(known, di, (known.refusals[di] ?? 0) + 1);
}

/** The meter has sent a block of which nobody can tell what is what: its values are asked for one by one. */
export function afterUselessBlock(known: MeterKnowledge, di: string): MeterKnowledge {
  return isUnsupported(known, di) ? known : withRefusals(known, di, BELIEVED);
}

function withRefusals(known: MeterKnowledge, di: string, count: number): MeterKnowledge {
  return { ...known, refusals: { ...known.refusals, [di]: count } };
}

/** The meter has sent the item. Returns `known` itself when that taught nothing. */
export function afterAnswer(known: MeterKnowledge, di: string): MeterKnowledge {
  if (known.refusals[di] === undefined) return known;
  const { [di]: _forgotten, ...refusals } = known.refusals;
  return { ...known, refusals };
}

/** Whether the item need not be polled any more: single-phase meters refuse what is of phases B and C. */
export function isUnsupported(known: MeterKnowledge, di: string): boolean {
  return (known.refusals[di] ?? 0) >= BELIEVED;
}
