/**
 * A register that is kept here, from a counter of pulses: what the dial shows is the value that was noted once, and what has been
 * counted since. The device debounces; a contact that is closed at power-up is its affair, too.
 */
import { add, compare, multiply, subtract, type Decimal } from '../../../drivers/bytes/decimal.ts';
import type { DecimalText } from '../model.ts';
import { lineOf, linesTo, withDoubted, type DoubtedLine, type Scale } from './doubt.ts';
import { asOnDial, capacity, decimal, mostWithin, ZERO, type Register, type Sighting } from './register.ts';
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

export interface PulsesKnown {
  readonly state: PulseState;
  /** Counts that nobody has believed. */
  readonly lines: readonly DoubtedLine[];
  /** It has been asked for a second time, because the first answer was not plausible or would end a doubt. */
  readonly isAgain: boolean;
}

/**
 * `restarted`: the device began again at 0. What it has counted since is added; what passed between the last poll and the restart
 * is known to nobody, and an event says so. Should it remember its old count after all, that is in doubt. `suspect` leaves the dial
 * as it was. `lines`: what is in doubt from now on.
 */
export type PulseStep =
  | { readonly kind: 'counted' | 'overflowed'; readonly state: PulseState; readonly lines: readonly DoubtedLine[] }
  | {
      readonly kind: 'restarted';
      readonly state: PulseState;
      readonly lines: readonly DoubtedLine[];
      readonly words: Words;
    }
  | { readonly kind: 'suspect'; readonly lines: readonly DoubtedLine[]; readonly words: Words }
  | { readonly kind: 'reread' };

/** From here on the counter is believed: when it is first seen, or after a person has read the dial. */
export function startCounting(register: PulseRegister, dial: DecimalText, { count, at }: Count): PulseState {
  return { value: asOnDial(decimal(dial), register), count, at };
}

/** A count that comes so soon after the dial was read is that of the dial. */
const AT_ONCE_MS = 15 * 60_000;

/**
 * Where the line was away when a person read the dial, `dial`: what had been counted before, `before`, and the first count since say
 * together what has passed it, if that is no less than the dial showed. Null where they do not, and counting begins at the dial.
 */
export function countedOn(register: PulseRegister, before: PulseState, dial: Sighting, seen: Count): PulseState | null {
  if (seen.at - dial.at <= AT_ONCE_MS || before.at > dial.at || !isCount(register, seen.count)) return null;
  const way = passage(register, before, seen);
  if (way === null) return null;
  const state = advance(register, before, seen, way.pulses);
  const [from, shown, to] = [before, dial, state].map(({ value }) => decimal(value)) as [Decimal, Decimal, Decimal];
  return compare(from, shown) <= 0 && compare(shown, to) <= 0 ? state : null;
}

/** Takes the next count. */
export function countPulses(register: PulseRegister, { state, lines, isAgain }: PulsesKnown, seen: Count): PulseStep {
  if (!isCount(register, seen.count)) return isAgain ? suspect(lines, impossible(state, seen)) : { kind: 'reread' };
  const scale = scaleOf(register);
  const [good, next] = [sighting(state), sighting(seen)];
  const way = passage(register, state, seen);
  if (way !== null) {
    const line = lineOf(scale, good, lines, next);
    if (line !== null) return suspect(withDoubted(scale, good, lines, next), unsettled(line, seen));
    // Where nothing was counted, nothing has ended; and one answer does not end a doubt.
    if (way.pulses > 0 && lines.length > 0 && !isAgain) return { kind: 'reread' };
    return { kind: way.kind, state: advance(register, state, seen, way.pulses), lines: way.pulses > 0 ? [] : lines };
  }
  const isNews = linesTo(scale, good, lines, next).length === 0;
  if (isNews && !isAgain) return { kind: 'reread' };
  // A counter in doubt that begins again has counted nobody knows what before.
  if (seen.count < state.count && lines.length === 0 && isPossible(register, seen.count, seen.at - state.at)) {
    const before = [{ first: good, last: good }];
    return {
      kind: 'restarted',
      state: advance(register, state, seen, seen.count),
      lines: before,
      words: restartWords(state, seen),
    };
  }
  return suspect(withDoubted(scale, good, lines, next), impossible(state, seen));
}

function scaleOf(register: PulseRegister): Scale {
  const comes = (from: Sighting, to: Sighting): boolean => passage(register, countOf(from), countOf(to)) !== null;
  return { top: { digits: BigInt(register.range), exponent: 0 }, slack: ZERO, mayFlicker: false, comes };
}

function sighting({ count, at }: Count): Sighting {
  return { value: String(count), at };
}

function countOf({ value, at }: Sighting): Count {
  return { count: Number(value), at };
}

/** How a counter came from one count to the next, and by how many pulses; null where it cannot have. */
function passage(register: PulseRegister, from: Count, to: Count) {
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
  return { value: asOnDial(dial, register), count, at };
}

function worth(register: PulseRegister, pulses: number): Decimal {
  return multiply({ digits: BigInt(pulses), exponent: 0 }, decimal(register.weight));
}

function isCount({ range }: PulseRegister, count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count < range;
}

function suspect(lines: readonly DoubtedLine[], words: Words): PulseStep {
  return { kind: 'suspect', lines, words };
}

function impossible(state: PulseState, seen: Count): Words {
  return {
    zh: `脉冲计数从 ${state.count} 变为 ${seen.count}，不合理；复读仍不合理`,
    en: `the counter went from ${state.count} to ${seen.count}, which cannot be; read again: neither`,
  };
}

function unsettled({ first }: DoubtedLine, seen: Count): Words {
  return {
    zh: `脉冲计数 ${seen.count} 可能是计数 ${first.value} 的延续，尚待人工处理`,
    en: `the counter's ${seen.count} may go on from ${first.value}, which nobody has believed`,
  };
}

function restartWords(state: PulseState, seen: Count): Words {
  return {
    zh: `脉冲计数器重新从零开始：${state.count} → ${seen.count}；两次读取之间、重启之前的脉冲无法得知`,
    en: `the pulse counter began again at zero: ${state.count} → ${seen.count}; pulses between the last poll and the restart are lost`,
  };
}
