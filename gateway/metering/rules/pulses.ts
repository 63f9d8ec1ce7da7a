/**
 * A register that is kept here, from a counter of pulses: what the dial shows is the value that was noted once, and what has been
 * counted since. The device debounces; a contact that is closed at power-up is its affair, too.
 */
import { add, compare, multiply, subtract, type Decimal } from '../../../drivers/bytes/decimal.ts';
import type { DecimalText } from '../model.ts';
import { asOnDial, capacity, decimal, mostWithin, type Register } from './register.ts';
import type { Words } from './words.ts';

export interface PulseRegister extends Register {
  /** What one pulse is worth, in the utility's unit. More than 0. */
  readonly weight: DecimalText;
  /** How many values the counter has, 65,536 or 4,294,967,296: after the last one comes 0. */
  readonly range: number;
}

/** What has to be kept of it, across restarts of the gateway. */
export interface PulseState {
  /** What the dial shows when the counter stands at `count`. */
  readonly value: DecimalText;
  readonly count: number;
  readonly at: number;
}

/** `at`: Unix milliseconds. */
export type Count = Pick<PulseState, 'count' | 'at'>;

/**
 * `restarted`: the device began again at 0. What it has counted since is added; what passed between the last poll and the restart
 * is known to nobody, and an event says so. `reread` and `suspect` leave the state as it was.
 */
export type PulseStep =
  | { readonly kind: 'counted' | 'overflowed'; readonly state: PulseState }
  | { readonly kind: 'restarted'; readonly state: PulseState; readonly words: Words }
  | { readonly kind: 'reread' | 'suspect'; readonly words: Words };

/** From here on the counter is believed: when it is first seen, or after a person has read the dial. */
export function startCounting(register: PulseRegister, dial: DecimalText, { count, at }: Count): PulseState {
  return { value: asOnDial(decimal(dial), register), count, at };
}

/** Takes the next count. `isAgain`: it has been asked for a second time, because the first answer was not plausible. */
export function countPulses(register: PulseRegister, state: PulseState, seen: Count, isAgain = false): PulseStep {
  const most = mostWithin(register, Math.max(0, seen.at - state.at));
  const isPossible = (pulses: number): boolean =>
    compare(worth(register, pulses), add(most, decimal(register.weight))) <= 0;
  const forward = seen.count - state.count;
  if (!isCount(register, seen.count)) return doubtful(state, seen, isAgain);
  if (forward >= 0) {
    return isPossible(forward)
      ? { kind: 'counted', state: advance(register, state, seen, forward) }
      : doubtful(state, seen, isAgain);
  }
  const overTop = forward + register.range;
  const hundredth = register.range / 100;
  if (state.count >= register.range - hundredth && seen.count < hundredth && isPossible(overTop)) {
    return { kind: 'overflowed', state: advance(register, state, seen, overTop) };
  }
  if (!isAgain || !isPossible(seen.count)) return doubtful(state, seen, isAgain);
  return { kind: 'restarted', state: advance(register, state, seen, seen.count), words: restartWords(state, seen) };
}

function advance(register: PulseRegister, state: PulseState, { count, at }: Count, pulses: number): PulseState {
  const top = capacity(register);
  let dial = add(decimal(state.value), worth(register, pulses));
  while (compare(dial, top) >= 0) dial = subtract(dial, top);
  return { value: asOnDial(dial, register), count, at };
}

function worth(register: PulseRegister, pulses: number): Decimal {
  return multiply({ digits: BigInt(pulses), exponent: 0 }, decimal(register.weight));
}

function isCount({ range }: PulseRegister, count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count < range;
}

function doubtful(state: PulseState, seen: Count, isAgain: boolean): PulseStep {
  const words = {
    zh: `脉冲计数从 ${state.count} 变为 ${seen.count}，不合理${isAgain ? '；复读仍不合理' : ''}`,
    en: `the counter went from ${state.count} to ${seen.count}, which cannot be${isAgain ? '; read again: neither' : ''}`,
  };
  return { kind: isAgain ? 'suspect' : 'reread', words };
}

function restartWords(state: PulseState, seen: Count): Words {
  return {
    zh: `脉冲计数器重新从零开始：${state.count} → ${seen.count}；两次读取之间、重启之前的脉冲无法得知`,
    en: `the pulse counter began again at zero: ${state.count} → ${seen.count}; pulses between the last poll and the restart are lost`,
  };
}
