/** How far a meter's own clock is off. What a meter froze is worth as much as its clock. */
import type { LocalTime } from '../model.ts';
import type { Words } from './words.ts';
import { instantNear, isLocalTime } from './zone.ts';

export interface ClockRules {
  /** IANA name: meters show the wall's time. */
  readonly zone: string;
  /** More than this is reported, in seconds. */
  readonly reportBeyondS: number;
}

/** A clock within a minute freezes the value of the right minute. */
export const USUAL_REPORT_BEYOND_S = 60;

/** When the meter showed `meterTime`, as the gateway's clock knows it, Unix milliseconds. */
export interface ClockSeen {
  readonly meterTime: LocalTime;
  readonly at: number;
}

/** `offS`: seconds that the meter is ahead of the gateway; negative: behind. Null where what it shows is no time. */
export type ClockJudgement =
  | { readonly kind: 'right'; readonly offS: number }
  | { readonly kind: 'off'; readonly offS: number | null; readonly words: Words };

export function judgeClock({ meterTime, at }: ClockSeen, { zone, reportBeyondS }: ClockRules): ClockJudgement {
  if (!isLocalTime(meterTime)) {
    const words = { zh: `表内时钟无效：${meterTime}`, en: `the meter's clock shows no time: ${meterTime}` };
    return { kind: 'off', offS: null, words };
  }
  const offS = Math.round((instantNear(meterTime, zone, at) - at) / 1000);
  return Math.abs(offS) <= reportBeyondS ? { kind: 'right', offS } : { kind: 'off', offS, words: offWords(offS) };
}

function offWords(offS: number): Words {
  const seconds = Math.abs(offS);
  const [zh, en] = offS > 0 ? ['快', 'ahead'] : ['慢', 'behind'];
  return { zh: `表内时钟${zh} ${seconds} 秒`, en: `the meter's clock is ${seconds} s ${en}` };
}
