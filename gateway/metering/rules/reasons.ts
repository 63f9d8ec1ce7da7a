/** Why a line is as it is, in words. Each reason is a fact with its figures; the words are made once, and kept with the line. */
import type { Sighting } from './register.ts';
import type { Words } from './words.ts';
import { localOf } from './zone.ts';

/** What a reason is about, by its code. Times are Unix milliseconds, values as on the dial. */
interface Details {
  readonly missing: {
    readonly meter: string;
    readonly side: Side;
    readonly at: number;
    readonly last: Sighting | null;
  };
  readonly suspectAtCut: Shown;
  readonly suspectInPeriod: Shown & { readonly count: number };
  readonly backwards: Between;
  /** An estimate was too high. */
  readonly credit: Between;
  readonly rollOver: Between & { readonly use: string };
  readonly replacement: { readonly old: Shown; readonly new: Shown };
  readonly installed: Shown;
  readonly removed: Shown;
  readonly moveIn: Shown;
  readonly moveOut: Shown;
  readonly manual: Shown & { readonly side: Side };
  /** `basis`: null where a person estimated it. */
  readonly estimate: Shown & { readonly side: Side; readonly basis: Basis | null };
  readonly sinceEarlier: { readonly at: number };
  /** What a person wrote beside a reading. */
  readonly noted: { readonly meter: string; readonly note: string };
  /** What is said of a reading between the cuts, of `count` that were settled with the same words. */
  readonly notedInPeriod: Shown & { readonly notes: readonly string[]; readonly count: number };
  /** What was billed last is not in the registry. */
  readonly unknownMeter: { readonly meter: string };
}

export type ReasonCode = keyof Details;
export type Fact<C extends ReasonCode = ReasonCode> = { readonly [K in C]: { readonly code: K } & Details[K] }[C];
export type Side = 'opening' | 'closing' | 'removal';

export interface Reason extends Words {
  readonly code: ReasonCode;
}

interface Shown extends Sighting {
  readonly meter: string;
}

interface Between {
  readonly meter: string;
  readonly from: Sighting;
  readonly to: Sighting;
}

/** The period that an estimate goes by, and the value that it goes on from. */
interface Basis {
  readonly consumption: string;
  readonly from: number;
  readonly to: number;
  readonly start: Sighting;
}

type When = (at: number) => string;
type Telling = { readonly [C in ReasonCode]: (details: Details[C], when: When) => Words };

const SIDE: Readonly<Record<Side, Words>> = {
  opening: { zh: '期初', en: 'opening' },
  closing: { zh: '期末', en: 'closing' },
  removal: { zh: '拆表', en: 'removal' },
};

const TELLING: Telling = {
  missing: ({ meter, side, at, last }, when) => ({
    zh: `表 ${meter} 缺${SIDE[side].zh}读数（${when(at)}）；${last ? `最后一次有效读数 ${last.value}（${when(last.at)}）` : '无任何有效读数'}`,
    en: `meter ${meter} has no ${SIDE[side].en} value at ${when(at)}; ${last ? `its last good one is ${last.value} at ${when(last.at)}` : 'it has no good one at all'}`,
  }),
  suspectAtCut: ({ meter, value, at }, when) => ({
    zh: `表 ${meter} 的读数 ${value}（${when(at)}）可疑，待处理，未用于计费`,
    en: `meter ${meter}: ${value} at ${when(at)} is suspect, and held until a clerk has settled it`,
  }),
  suspectInPeriod: ({ meter, value, at, count }, when) => ({
    zh: `表 ${meter} 本期有 ${count} 个可疑读数未处理，第一个为 ${value}（${when(at)}）`,
    en: `meter ${meter} has unsettled suspect readings in the period: ${count}, the first ${value} at ${when(at)}`,
  }),
  backwards: ({ meter, from, to }, when) => ({
    zh: `表 ${meter} 读数倒退：${from.value}（${when(from.at)}）→ ${to.value}（${when(to.at)}），原因不明，不计用量`,
    en: `meter ${meter} went back from ${from.value} at ${when(from.at)} to ${to.value} at ${when(to.at)}, and nobody has said why: no use is billed`,
  }),
  credit: ({ meter, from, to }, when) => ({
    zh: `表 ${meter} 期初估计值 ${from.value}（${when(from.at)}）偏高，实际为 ${to.value}（${when(to.at)}），多计部分退回`,
    en: `meter ${meter}: the estimate ${from.value} at ${when(from.at)} was too high, it shows ${to.value} at ${when(to.at)}: the difference is given back`,
  }),
  rollOver: ({ meter, from, to, use }, when) => ({
    zh: `表 ${meter} 计度器翻转：${from.value}（${when(from.at)}）→ ${to.value}（${when(to.at)}），用量 ${use}`,
    en: `meter ${meter} rolled over: ${from.value} at ${when(from.at)} → ${to.value} at ${when(to.at)}, ${use} used`,
  }),
  replacement: ({ old, new: next }, when) => ({
    zh: `换表：旧表 ${old.meter} 止码 ${old.value}（${when(old.at)}），新表 ${next.meter} 底数 ${next.value}（${when(next.at)}）`,
    en: `replaced: meter ${old.meter} ended with ${old.value} at ${when(old.at)}, meter ${next.meter} began with ${next.value} at ${when(next.at)}`,
  }),
  installed: ({ meter, value, at }, when) => ({
    zh: `本期装表：表 ${meter} 底数 ${value}（${when(at)}）`,
    en: `installed: meter ${meter} began with ${value} at ${when(at)}`,
  }),
  removed: ({ meter, value, at }, when) => ({
    zh: `本期拆表：表 ${meter} 止码 ${value}（${when(at)}）`,
    en: `removed: meter ${meter} ended with ${value} at ${when(at)}`,
  }),
  moveIn: ({ meter, value, at }, when) => ({
    zh: `入住抄表：表 ${meter} 读数 ${value}（${when(at)}）`,
    en: `moved in: meter ${meter} showed ${value} at ${when(at)}`,
  }),
  moveOut: ({ meter, value, at }, when) => ({
    zh: `迁出抄表：表 ${meter} 读数 ${value}（${when(at)}）`,
    en: `moved out: meter ${meter} showed ${value} at ${when(at)}`,
  }),
  manual: ({ meter, side, value, at }, when) => ({
    zh: `表 ${meter} ${SIDE[side].zh}为人工抄表：${value}（${when(at)}）`,
    en: `meter ${meter}: the ${SIDE[side].en} value ${value} was noted by a person at ${when(at)}`,
  }),
  estimate: ({ meter, side, value, at, basis }, when) => ({
    zh: `表 ${meter} ${SIDE[side].zh}为估计值 ${value}（${when(at)}），${basis ? goesBy(basis, when).zh : '由人工估计'}`,
    en: `meter ${meter}: the ${SIDE[side].en} value ${value} at ${when(at)} is estimated, ${basis ? goesBy(basis, when).en : 'by a person'}`,
  }),
  sinceEarlier: ({ at }, when) => ({
    zh: `含以前未计费的用量：自 ${when(at)} 起`,
    en: `includes what was not billed before: since ${when(at)}`,
  }),
  noted: ({ meter, note }) => ({ zh: `表 ${meter}：${note}`, en: `meter ${meter}: ${note}` }),
  notedInPeriod: ({ meter, value, at, notes, count }, when) => ({
    zh: `表 ${meter} 读数 ${value}（${when(at)}）：${notes.join('；')}${count > 1 ? `；同样处理的读数共 ${count} 个` : ''}`,
    en: `meter ${meter}, ${value} at ${when(at)}: ${notes.join('; ')}${count > 1 ? `; ${count} readings were settled so` : ''}`,
  }),
  unknownMeter: ({ meter }) => ({
    zh: `上次计费的表 ${meter} 已不在表计档案中，无法接续`,
    en: `meter ${meter}, which was billed last, is not in the registry: there is nothing to go on from`,
  }),
};

function goesBy({ consumption, from, to, start }: Basis, when: When): Words {
  return {
    zh: `从 ${start.value}（${when(start.at)}）起，按 ${when(from)} 至 ${when(to)} 的日均用量（共 ${consumption}）推算`,
    en: `from ${start.value} at ${when(start.at)} by the daily use between ${when(from)} and ${when(to)} (${consumption} in all)`,
  };
}

/** `zone`: IANA name; the words tell the time on the wall, to the minute. */
export function tell<C extends ReasonCode>(fact: Fact<C>, zone: string): Reason & { readonly code: C } {
  const when: When = (at) => localOf(at, zone).slice(0, 16).replace('T', ' ');
  return { code: fact.code, ...TELLING[fact.code](fact, when) };
}
