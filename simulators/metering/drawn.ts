/** What a home draws, as a pure function of time: a month can be had in an instant, and asked for again. */
import type { LocalMs } from './local-time.ts';

/**
 * What has been drawn up to `local`, by tariff: at index 0 what counts for tariff 1. One entry where there is one tariff.
 * Whole numbers: Wh of electricity, litres of water and gas. It never falls.
 */
export type Drawn = (local: LocalMs) => readonly number[];

export const nothing: Drawn = () => [0];

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** A fixed multiple or share of what else is drawn, cut off to whole units. */
export function scaled(drawn: Drawn, factor: number): Drawn {
  return (local) => drawn(local).map((amount) => Math.floor(amount * factor));
}
