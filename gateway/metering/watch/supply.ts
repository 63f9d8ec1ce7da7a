/** Whether a home is cut off from its water, gas or electricity, and whether somebody asked for that here. */
import type { Reading } from '../../../drivers/contract.ts';
import type { Store } from '../../store/store.ts';

const CUTS: ReadonlySet<string> = new Set(['closeValve', 'tripRelay']);
const GIVES: ReadonlySet<string> = new Set(['openValve', 'closeRelay', 'directClose']);
/** A meter is commanded seldom: its last commands for its supply are among these. */
const LOOK_BACK = 50;

/** Of a valve or a relay, as docs/points.md has them. */
export function isCutOff({ value }: Pick<Reading, 'value'>): boolean {
  return value === 'closed' || value === true;
}

/** By the last command for its supply that has left, whatever its proof was: what has left may have had its effect later. */
export function isCutOffByUs(commands: Pick<Store['commands'], 'list'>, device: string, at: number): boolean {
  const left = commands.list({ device, before: at + 1, limit: LOOK_BACK }).filter(({ sentAt }) => sentAt !== null);
  const last = left.find(({ action }) => CUTS.has(action) || GIVES.has(action));
  return last !== undefined && CUTS.has(last.action);
}
