/** Judges a meter's new value against its last good one, before anybody is billed by it. */
import { compare, parseDecimal, toText } from '../../../drivers/bytes/decimal.ts';
import { asOnDial, capacity, mostWithin, passage, ZERO, type Register, type Sighting } from './register.ts';
import type { Words } from './words.ts';

export interface Known {
  /** The last good value before it (or after it, for one that the meter had kept); null for a meter without any. */
  readonly good: Sighting | null;
  /** What has been read since and is not plausible: the value that has just been read again, or one that is held already. */
  readonly doubtful: Sighting | null;
}

export type Problem = 'notANumber' | 'beyondDigits' | 'zero' | 'backwards' | 'jump';

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
export function judge(register: Register, known: Known, seen: Sighting): Judgement {
  const found = doubtOf(register, known.good, seen);
  if (found === null) return { outcome: 'good' };
  if (!('problem' in found)) return { outcome: 'rollOver', words: found };
  const { doubtful } = known;
  if (doubtful === null) return { outcome: 'reread', ...found };
  return { outcome: 'suspect', problem: found.problem, words: withFirst(found.words, doubtful, seen) };
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
