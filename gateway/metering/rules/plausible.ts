/** Judges a meter's new value against its last good one and what is held for a person, before anybody is billed by it. */
import { compare, parseDecimal, subtract, toText, type Decimal } from '../../../drivers/bytes/decimal.ts';
import { asOnDial, capacity, mostWithin, passage, ZERO, type Register, type Sighting } from './register.ts';
import type { Words } from './words.ts';

/** Values that are held for a person, each going on from the one before. */
export interface Held {
  readonly first: Sighting;
  readonly last: Sighting;
}

export interface Known {
  /** The last good value before it (or after it, for one that the meter had kept); null for a meter without any. */
  readonly good: Sighting | null;
  /** What has been read since and is not plausible: the value that has just been read again, or one that is held already. */
  readonly doubtful: Sighting | null;
  /** What was held since, or before that time, and no person has believed; null where there is nothing. */
  readonly held: Held | null;
}

/** `unsettled`: nothing is wrong with it, but that it goes on from what is held. */
export type Problem = 'notANumber' | 'beyondDigits' | 'zero' | 'backwards' | 'jump' | 'unsettled';

/**
 * `reread`: ask the meter again at once, and judge the answer with this value as the doubtful one. `suspect`: it has been asked
 * again, and stays implausible: hold it from billing.
 */
export type Judgement =
  | { readonly outcome: 'good' }
  | { readonly outcome: 'rollOver'; readonly words: Words }
  | { readonly outcome: 'reread' | 'suspect'; readonly problem: Problem; readonly words: Words };

interface Doubt {
  readonly problem: Problem;
  readonly words: Words;
}

/** Never throws for what a meter may say; `known` has been judged before. */
export function judge(register: Register, { good, doubtful, held }: Known, seen: Sighting): Judgement {
  const found = doubtOf(register, good, seen);
  if (found !== null && 'problem' in found) {
    if (doubtful === null) return { outcome: 'reread', ...found };
    return { outcome: 'suspect', problem: found.problem, words: withFirst(found.words, doubtful, seen) };
  }
  if (held !== null && !isFlicker(register, good, held) && goesOn(register, held, seen)) {
    return { outcome: 'suspect', ...unsettled(held, seen) };
  }
  return found === null ? { outcome: 'good' } : { outcome: 'rollOver', words: found };
}

/** With a value that was held now. One that does not go on from those before begins anew. */
export function withHeld(register: Register, held: Held | null, seen: Sighting): Held {
  return { first: held !== null && goesOn(register, held, seen) ? held.first : seen, last: seen };
}

/**
 * What is still held, as it would be had nothing been forgotten. `doubted`: what has been held since the good one, oldest first. What a
 * person has believed has become the good one, and the doubt about what goes on from it has gone.
 */
export function stillHeld(register: Register, good: Sighting, doubted: readonly Sighting[]): Held | null {
  return doubted.reduce<Held | null>((held, seen) => {
    const { outcome } = judge(register, { good, doubtful: null, held }, seen);
    return outcome === 'good' || outcome === 'rollOver' ? null : withHeld(register, held, seen);
  }, null);
}

/**
 * The longer nobody looks, the more can have passed since the last good value, until a meter that was exchanged unseen would be
 * believed: time heals no doubt. What cannot have come from the held value comes from the good one.
 */
function goesOn(register: Register, { last }: Held, seen: Sighting): boolean {
  const isOnDial = doubtOf(register, null, last) === null;
  if (!isOnDial) return false;
  const found = doubtOf(register, last, seen);
  return found === null || !('problem' in found);
}

/** A last wheel, or the sensor that looks at it, that stands between two digits: there is nothing to settle. */
function isFlicker(register: Register, good: Sighting | null, { first }: Held): boolean {
  const [from, to] = [parseDecimal(good?.value ?? ''), parseDecimal(first.value)];
  if (from === null || to === null) return false;
  const steps: Decimal = { digits: 2n, exponent: -register.decimals };
  const back = subtract(from, to);
  return compare(back, ZERO) > 0 && compare(back, steps) <= 0;
}

function unsettled({ first }: Held, seen: Sighting): Doubt {
  return doubt(
    'unsettled',
    `读数 ${seen.value} 是可疑读数 ${first.value} 的延续，尚待人工处理`,
    `${seen.value} goes on from ${first.value}, which is in doubt, and nobody has believed it`,
  );
}

/** Null: nothing is wrong. Words alone: it rolled over. */
function doubtOf(register: Register, good: Sighting | null, seen: Sighting): Doubt | Words | null {
  const value = parseDecimal(seen.value);
  if (value === null) return doubt('notANumber', `“${seen.value}”不是数字`, `“${seen.value}” is no number`);
  if (compare(value, ZERO) < 0 || compare(value, capacity(register)) >= 0) {
    return doubt(
      'beyondDigits',
      `读数 ${seen.value} 超出 ${register.digits} 位整数的计度器范围`,
      `${seen.value} is not on a register of ${register.digits} digits`,
    );
  }
  if (good === null) return null;
  const [earlier, later] = seen.at < good.at ? [seen, good] : [good, seen];
  const way = passage(register, earlier, later);
  if (way.kind === 'backwards') return wentBack(register, earlier, later, toText(way.by));
  const most = mostWithin(register, later.at - earlier.at);
  if (compare(way.use, most) > 0) return jumped(register, earlier, later, asOnDial(most, register));
  if (way.kind === 'forward') return null;
  const use = asOnDial(way.use, register);
  return {
    zh: `计度器翻转：${earlier.value} → ${later.value}，用量 ${use}`,
    en: `the register rolled over: ${earlier.value} → ${later.value}, ${use} used`,
  };
}

function wentBack(register: Register, earlier: Sighting, later: Sighting, by: string): Doubt {
  const top = toText(capacity(register));
  if (compare(parseDecimal(later.value) ?? ZERO, ZERO) === 0) {
    return doubt('zero', `读数为零，此前为 ${earlier.value}`, `it reads zero, and was ${earlier.value}`);
  }
  return doubt(
    'backwards',
    `读数从 ${earlier.value} 倒退到 ${later.value}（减少 ${by}），不在 ${top} 附近，不是翻转`,
    `it went back from ${earlier.value} to ${later.value} (by ${by}); that is no roll-over at ${top}`,
  );
}

function jumped(register: Register, earlier: Sighting, later: Sighting, most: string): Doubt {
  const { unit } = register;
  const minutes = Math.round((later.at - earlier.at) / 60_000);
  return doubt(
    'jump',
    `读数从 ${earlier.value} 跳到 ${later.value}，${minutes} 分钟内最多可能 ${most} ${unit}`,
    `it jumped from ${earlier.value} to ${later.value}; at most ${most} ${unit} can pass in ${minutes} min`,
  );
}

function withFirst({ zh, en }: Words, first: Sighting, again: Sighting): Words {
  if (first.value === again.value) return { zh: `${zh}；复读相同`, en: `${en}; read again: the same` };
  return { zh: `${zh}；之前读得 ${first.value}`, en: `${en}; read before: ${first.value}` };
}

function doubt(problem: Problem, zh: string, en: string): Doubt {
  return { problem, words: { zh, en } };
}
