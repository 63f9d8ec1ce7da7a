/** What a clerk must look at before closing a run, and what each finding means for closing it. */
import { compare, multiply, toText } from '../../../drivers/bytes/decimal.ts';
import type { PastUse } from './estimate.ts';
import { pastUseOf, type BillLine } from './line.ts';
import type { ReasonCode } from './reasons.ts';
import { decimal, ZERO } from './register.ts';
import { dailyUse, usualDailyUse } from './usual-use.ts';
import { limitsOf } from './utilities.ts';
import type { Words } from './words.ts';

/**
 * `warns`: the run can be closed. `note`: it cannot until a clerk has accepted the finding with a note. `mend`: it cannot until the
 * reading is settled or the registry mended, and the run drafted again.
 */
export type Weight = 'warns' | 'note' | 'mend';

const WEIGHTS = {
  // Nothing is billed, the manifest lists it, and the next period bills it as well: no money is lost.
  missing: 'warns',
  // There is a closing value and no opening one: the next period begins at it, and what was used before is never billed.
  openingMissing: 'note',
  // The figure may be wrong, and whoever settles the reading says which is right.
  suspectAtCut: 'mend',
  suspectInPeriod: 'warns',
  // Nothing is billed; but a dial that went back is a defect, an exchange that nobody entered, or tampering.
  backwards: 'note',
  credit: 'note',
  unknownMeter: 'mend',
  estimate: 'warns',
  rollOver: 'warns',
  replacement: 'warns',
  sinceEarlier: 'warns',
  zeroUse: 'warns',
  // The bank is asked for it on the fifth: a burst pipe may be, and so may a wrong multiplier.
  tenTimes: 'note',
  clockOff: 'warns',
  seam: 'note',
  // Of a revision. Somebody would pay twice; somebody may not pay at all.
  billedTwice: 'mend',
  meterLeft: 'note',
} as const satisfies Record<string, Weight>;

export type FindingCode = keyof typeof WEIGHTS;

export interface Finding extends Words {
  /** Unique in a run: `{chain}:{code}`. */
  readonly key: string;
  readonly code: FindingCode;
  readonly chain: string;
  readonly home: string | null;
  readonly weight: Weight;
}

/** What is known of a line besides itself. */
export interface CheckFacts {
  /** Newest first. */
  readonly history: readonly PastUse[];
  /** Seconds that the meter's clock is ahead (or, negative, behind), where that is beyond what the site allows; else null. */
  readonly clockOff: number | null;
}

/** The findings of one line, in the order of the table above. */
export function checkLine(line: BillLine, facts: CheckFacts): Finding[] {
  const found = [...ofReasons(line), ...ofOpening(line), ...ofUse(line, facts), ...ofClock(line, facts)];
  return CODES.flatMap((code) => found.filter((finding) => finding.code === code));
}

/** A finding about `line`. */
export function finding(line: Pick<BillLine, 'chain' | 'home'>, code: FindingCode, { zh, en }: Words): Finding {
  const { chain, home } = line;
  return { key: `${chain}:${code}`, code, chain, home, weight: WEIGHTS[code], zh, en };
}

const CODES = Object.keys(WEIGHTS) as FindingCode[];
/** How often the usual use is worth a question. */
const MANY_TIMES = { digits: 10n, exponent: 0 };

function ofReasons(line: BillLine): Finding[] {
  const byCode = Map.groupBy(line.reasons, ({ code }) => code);
  return [...byCode].flatMap(([code, reasons]) => {
    if (!isFinding(code)) return [];
    const zh = reasons.map((reason) => reason.zh).join('；');
    const en = reasons.map((reason) => reason.en).join('; ');
    return [finding(line, code, { zh, en })];
  });
}

function ofOpening(line: BillLine): Finding[] {
  const { opening, closing } = line;
  if (opening !== null || closing === null) return [];
  return [
    finding(line, 'openingMissing', {
      zh: `没有期初读数：下期从 ${closing.value} 起计，此前的用量不会再计费；如知期初，请录入后重新生成草稿`,
      en: `there is no opening value: the next period begins at ${closing.value}, and what was used before is never billed; enter the opening value if anybody knows it, and draft again`,
    }),
  ];
}

function isFinding(code: ReasonCode | FindingCode): code is FindingCode {
  return code in WEIGHTS;
}

function ofUse(line: BillLine, { history }: CheckFacts): Finding[] {
  const use = pastUseOf(line);
  if (use === null) return [];
  const consumption = decimal(use.consumption);
  if (compare(consumption, ZERO) === 0)
    return [finding(line, 'zeroUse', { zh: '本期用量为零', en: 'nothing was used' })];
  const [daily, usual] = [dailyUse(use), usualDailyUse(history)];
  const { unit } = line;
  const { noticeable } = limitsOf(line.utility, unit);
  if (daily === null || usual === null || compare(consumption, decimal(noticeable)) < 0) return [];
  if (compare(daily, multiply(usual, MANY_TIMES)) < 0) return [];
  const [now, before] = [toText(daily), toText(usual)];
  return [
    finding(line, 'tenTimes', {
      zh: `日均用量 ${now} ${unit}，达到以往（中位数 ${before} ${unit}）的十倍以上`,
      en: `${now} ${unit} a day, ten times the usual ${before} ${unit} (median) or more`,
    }),
  ];
}

function ofClock(line: BillLine, { clockOff }: CheckFacts): Finding[] {
  if (clockOff === null) return [];
  const seconds = Math.abs(clockOff);
  const [zh, en] = clockOff > 0 ? ['快', 'ahead'] : ['慢', 'behind'];
  return [
    finding(line, 'clockOff', {
      zh: `表内时钟${zh} ${seconds} 秒：其冻结值不在结算时刻`,
      en: `the meter's clock is ${seconds} s ${en}: what it froze is not of the cut`,
    }),
  ];
}
