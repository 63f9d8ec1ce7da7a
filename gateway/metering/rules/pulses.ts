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
  /** What was counted last and is held for a person; null where nothing is. */
  readonly doubt: Count | null;
}

export interface Count {
  readonly count: number;
  /** Unix milliseconds. */
  readonly at: number;
}

/**
 * `restarted`: the device began again at 0. What it has counted since is added; what passed between the last poll and the restart
 * is known to nobody, and an event says so. `suspect` leaves the dial as it was.
 */
export type PulseStep =
  | { readonly kind: 'counted' | 'overflowed'; readonly state: PulseState }
  | { readonly kind: 'restarted' | 'suspect'; readonly state: PulseState; readonly words: Words }
  | { readonly kind: 'reread'; readonly words: Words };

/** From here on the counter is believed: when it is first seen, or after a person has read the dial. */
export function startCounting(register: PulseRegister, dial: DecimalText, { count, at }: Count): PulseState {
  return { value: asOnDial(decimal(dial), register), count, at, doubt: null };
}

/** Takes the next count. `isAgain`: it has been asked for a second time, because the first answer was not plausible. */
export function countPulses(register: PulseRegister, state: PulseState, seen: Count, isAgain = false): PulseStep {
  if (!isCount(register, seen.count)) return doubtful(state, seen, isAgain, state.doubt);
  const way = counted(register, state, seen);
  if (way !== null) {
    // The longer nobody looks, the more can have been counted: time heals no doubt. What cannot come from there comes from here.
    if (state.doubt !== null && counted(register, state.doubt, seen) !== null)
      return unsettled(state, state.doubt, seen);
    return { kind: way.kind, state: advance(register, state, seen, way.pulses) };
  }
  // A counter in doubt that begins again has counted nobody knows what before.
  const isRestart =
    seen.count < state.count && state.doubt === null && isPossible(register, seen.count, seen.at - state.at);
  if (!isAgain || !isRestart) return doubtful(state, seen, isAgain);
  return { kind: 'restarted', state: advance(register, state, seen, seen.count), words: restartWords(state, seen) };
}

/** How a counter came from one count to the next, and by how many pulses; null where it cannot have. */
function counted(register: PulseRegister, from: Count, to: Count) {
  const { range } = register;
  const forward = to.count - from.count;
  const hundredth = range / 100;
  const isOver = forward < 0 && from.count >= range - hundredth && to.count < hundredth;
  const pulses = isOver ? forward + range : forward;
  if (pulses < 0 || !isPossible(register, pulses, to.at - from.at)) return null;
  return { kind: isOver ? ('overflowed' as const) : ('counted' as const), pulses };
}

function isPossible(register: PulseRegister, pulses: number, duration: number): boolean {
  const most = add(mostWithin(register, Math.max(0, duration)), decimal(register.weight));
  return compare(worth(register, pulses), most) <= 0;
}

function advance(register: PulseRegister, state: PulseState, { count, at }: Count, pulses: number): PulseState {
  const top = capacity(register);
  let dial = add(decimal(state.value), worth(register, pulses));
  while (compare(dial, top) >= 0) dial = subtract(dial, top);
  return { value: asOnDial(dial, register), count, at, doubt: null };
}

function worth(register: PulseRegister, pulses: number): Decimal {
  return multiply({ digits: BigInt(pulses), exponent: 0 }, decimal(register.weight));
}

function isCount({ range }: PulseRegister, count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count < range;
}

function doubtful(state: PulseState, seen: Count, isAgain: boolean, doubt: Count | null = seen): PulseStep {
  const words = {
    zh: `脉冲计数从 ${state.count} 变为 ${seen.count}，不合理${isAgain ? '；复读仍不合理' : ''}`,
    en: `the counter went from ${state.count} to ${seen.count}, which cannot be${isAgain ? '; read again: neither' : ''}`,
  };
  return isAgain ? { kind: 'suspect', state: { ...state, doubt }, words } : { kind: 'reread', words };
}

function unsettled(state: PulseState, doubt: Count, seen: Count): PulseStep {
  const words = {
    zh: `脉冲计数 ${seen.count} 是可疑计数 ${doubt.count} 的延续，尚待人工处理`,
    en: `the counter's ${seen.count} goes on from ${doubt.count}, which is in doubt, and nobody has believed it`,
  };
  return { kind: 'suspect', state: { ...state, doubt: seen }, words };
}

function restartWords(state: PulseState, seen: Count): Words {
  return {
    zh: `脉冲计数器重新从零开始：${state.count} → ${seen.count}；两次读取之间、重启之前的脉冲无法得知`,
    en: `the pulse counter began again at zero: ${state.count} → ${seen.count}; pulses between the last poll and the restart are lost`,
  };
}
