/** Judges a meter's new value against its last good one and what is in doubt, before anybody is billed by it. */
import { compare, parseDecimal, toText, type Decimal } from '../../../drivers/bytes/decimal.ts';
import { isDoubted, lineOf, linesTo, type DoubtedLine, type Scale } from './doubt.ts';
import { asOnDial, capacity, mostWithin, passage, ZERO, type Register, type Sighting } from './register.ts';
import { GJ_PER_KWH } from './utilities.ts';
import type { Words } from './words.ts';

export interface Known {
  /** The last good value before it (or after it, for one that the meter had kept); null for a meter without any. */
  readonly good: Sighting | null;
  /** What has been read since and nobody has believed. */
  readonly lines: readonly DoubtedLine[];
  /** What the meter has just said, and was asked again for; null where this is its first answer. */
  readonly asked: Sighting | null;
}

/** `unsettled`: nothing is wrong with it, but that it may go on from what is in doubt. */
export type Problem = 'notANumber' | 'beyondDigits' | 'zero' | 'backwards' | 'jump' | 'unsettled';

/**
 * `reread`: ask the meter again at once, and judge that answer. `suspect`: hold it from billing; it has been asked for again, unless
 * that is nothing new.
 */
export type Judgement =
  | { readonly outcome: 'good' | 'reread' }
  | { readonly outcome: 'rollOver'; readonly words: Words }
  | { readonly outcome: 'suspect'; readonly problem: Problem; readonly words: Words };

export interface Doubt {
  readonly problem: Problem;
  readonly words: Words;
}

/** What a register shows between two digits, of the last one or of the first before the point. */
const LEAST_SLACK: Decimal = { digits: 1n, exponent: 0 };
const WHOLE = LEAST_SLACK;

/** Never throws for what a meter may say; `known` has been judged before. */
export function judge(register: Register, known: Known, seen: Sighting): Judgement {
  const { good, asked } = known;
  const scale = scaleOf(register);
  const lines = withAsked(register, known);
  const found = assess(register, { good, lines }, seen);
  if (isDoubt(found)) {
    const isKnown = good !== null && isOnDial(register, seen) && linesTo(scale, good, lines, seen).length > 0;
    const isNews = found.problem !== 'unsettled' && !isKnown;
    if (asked === null && isNews) return { outcome: 'reread' };
    return { outcome: 'suspect', problem: found.problem, words: withFirst(found.words, asked, seen) };
  }
  // One answer does not end a doubt.
  const isEnd = good !== null && good.value !== seen.value && isDoubted(scale, good, lines);
  if (isEnd && asked === null) return { outcome: 'reread' };
  return found === null ? { outcome: 'good' } : { outcome: 'rollOver', words: found };
}

/** An answer in doubt is one also where the second never came, for the meter was lost. */
function withAsked(register: Register, { good, lines, asked }: Known): readonly DoubtedLine[] {
  if (asked === null || !isOnDial(register, asked) || !isDoubt(doubtOf(register, good, asked))) return lines;
  return [...lines, { first: asked, last: asked }];
}

/** What is to be said against it. Null: nothing is wrong. Words alone: it rolled over. */
export function assess(
  register: Register,
  { good, lines }: Pick<Known, 'good' | 'lines'>,
  seen: Sighting,
): Doubt | Words | null {
  const found = doubtOf(register, good, seen);
  if (good === null || isDoubt(found)) return found;
  const line = lineOf(scaleOf(register), good, lines, seen);
  return line === null ? found : unsettled(line, seen);
}

export function isDoubt(found: Doubt | Words | null): found is Doubt {
  return found !== null && 'problem' in found;
}

/** Whether it is a number that the register has digits for. */
export function isOnDial(register: Register, seen: Sighting): boolean {
  return doubtOf(register, null, seen) === null;
}

export function scaleOf(register: Register): Scale {
  const steps: Decimal = { digits: 2n, exponent: -register.decimals };
  const least = register.unit === 'GJ' ? GJ_PER_KWH : LEAST_SLACK;
  return {
    top: capacity(register),
    slack: compare(steps, least) > 0 ? steps : least,
    mayFlicker: true,
    comes: (from, to) => isOnDial(register, to) && !isDoubt(doubtOf(register, from, to)),
  };
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
  if (compare(way.use, most) > 0 && !isWholeStep(register, earlier, later, way.use))
    return jumped(register, earlier, later, asOnDial(most, register));
  if (way.kind === 'forward') return null;
  const use = asOnDial(way.use, register);
  return {
    zh: `计度器翻转：${earlier.value} → ${later.value}，用量 ${use}`,
    en: `the register rolled over: ${earlier.value} → ${later.value}, ${use} used`,
  };
}

/** A dial that shows whole units, whatever decimals the table has, was about to turn. */
function isWholeStep({ unit }: Register, earlier: Sighting, later: Sighting, use: Decimal): boolean {
  // No dial shows whole GJ: that is a month's heat of a flat.
  if (unit === 'GJ') return false;
  return compare(use, WHOLE) <= 0 && [earlier, later].every(({ value }) => /^\d+(\.0*)?$/.test(value));
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

function withFirst({ zh, en }: Words, first: Sighting | null, again: Sighting): Words {
  if (first === null) return { zh, en };
  if (first.value === again.value) return { zh: `${zh}；复读相同`, en: `${en}; read again: the same` };
  return { zh: `${zh}；之前读得 ${first.value}`, en: `${en}; read before: ${first.value}` };
}

function unsettled({ first }: DoubtedLine, seen: Sighting): Doubt {
  return doubt(
    'unsettled',
    `读数 ${seen.value} 可能是可疑读数 ${first.value} 的延续，尚待人工处理`,
    `${seen.value} may go on from ${first.value}, which is in doubt, and nobody has believed it`,
  );
}

function doubt(problem: Problem, zh: string, en: string): Doubt {
  return { problem, words: { zh, en } };
}
