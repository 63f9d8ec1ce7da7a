/** What nobody may ask of a target while a fire alarm holds it open. Pure. */
import type { CommandSpec, Value } from '../../drivers/contract.ts';
import type { ReleaseTarget } from './target.ts';

export interface Asked {
  readonly action: string;
  readonly value: Value;
}

/**
 * The target of `held`, all of one device, that a command would close, lock or stop on its way; undefined where it does not.
 * A point has to keep its value. Of a barrier's actions only those pass that ask for the same, or that its profile says open:
 * of the rest nobody knows.
 */
export function closedBy(held: readonly ReleaseTarget[], asked: Asked, spec: CommandSpec): ReleaseTarget | undefined {
  if (held.some(({ action, value }) => action === asked.action && value === asked.value)) return undefined;
  const samePoint = held.find(({ action }) => action === asked.action);
  if (samePoint || spec.value !== undefined || spec.passage === 'opens') return samePoint;
  const [first] = held;
  return spec.passage === undefined ? held.find(({ value }) => value === null) : first;
}
