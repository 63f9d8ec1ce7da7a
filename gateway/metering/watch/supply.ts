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

/** A permit to close a relay: somebody has to press the button of the meter, and has so long for it. */
const PERMIT = 'closeRelay';
const PERMIT_MS = 15 * 60_000;

/**
 * By the last command for its supply that has left, whatever its proof was: what has left may have had its effect later. One that
 * was just permitted to close is still open by the command before.
 */
export function isCutOffByUs(commands: Pick<Store['commands'], 'list'>, device: string, at: number): boolean {
  const left = commands.list({ device, before: at + 1, limit: LOOK_BACK }).filter(({ sentAt }) => sentAt !== null);
  const [last, ...earlier] = left.filter(({ action }) => CUTS.has(action) || GIVES.has(action));
  const isAwaited = last?.action === PERMIT && at - (last.sentAt ?? 0) < PERMIT_MS;
  const by = isAwaited ? earlier.find(({ action }) => action !== PERMIT) : last;
  return by !== undefined && CUTS.has(by.action);
}
