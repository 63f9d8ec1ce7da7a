/** How far a meter's own clock is off, and what to do about it. What a meter froze is worth as much as its clock. */
import type { LocalTime } from '../model.ts';
import type { Words } from './words.ts';
import { instantNear, isLocalTime, localOf } from './zone.ts';

export interface ClockRules {
  /** IANA name: meters show the wall's time. */
  readonly zone: string;
  /** More than this is reported, in seconds. */
  readonly reportBeyondS: number;
  /** Whether the site allows to set clocks by broadcast. */
  readonly mayBroadcast: boolean;
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
  /** `broadcast`: set it now. Otherwise `words` says why not, too. */
  | { readonly kind: 'off'; readonly offS: number | null; readonly broadcast: boolean; readonly words: Words };

/** DL/T 645 meters take a broadcast time once a day, by up to five minutes, and not around midnight. */
const SETTABLE_S = 300;
const NOT_AROUND_MIDNIGHT_S = 300;
const DAY_S = 86_400;

/**
 * `setAt`: when a broadcast was last sent on this meter's line, Unix milliseconds, or null. A broadcast sets every meter of the
 * line that is near enough.
 */
export function judgeClock(seen: ClockSeen, setAt: number | null, rules: ClockRules): ClockJudgement {
  if (!isLocalTime(seen.meterTime)) {
    const words = { zh: `表内时钟无效：${seen.meterTime}`, en: `the meter's clock shows no time: ${seen.meterTime}` };
    return { kind: 'off', offS: null, broadcast: false, words };
  }
  const offS = Math.round((instantNear(seen.meterTime, rules.zone, seen.at) - seen.at) / 1000);
  if (Math.abs(offS) <= rules.reportBeyondS) return { kind: 'right', offS };
  const obstacle = obstacleTo(offS, seen.at, setAt, rules);
  const { zh, en } = offWords(offS);
  const words = obstacle === null ? { zh, en } : { zh: `${zh}；${obstacle.zh}`, en: `${en}; ${obstacle.en}` };
  return { kind: 'off', offS, broadcast: obstacle === null, words };
}

function obstacleTo(offS: number, at: number, setAt: number | null, { zone, mayBroadcast }: ClockRules): Words | null {
  const wall = localOf(at, zone);
  if (!mayBroadcast) return { zh: '本站点不允许广播校时', en: 'the site does not allow to set it' };
  if (Math.abs(offS) > SETTABLE_S) {
    return {
      zh: '偏差超过 5 分钟，广播校时无效，须现场校时',
      en: 'beyond 5 min a broadcast does nothing: set it on site',
    };
  }
  if (setAt !== null && localOf(setAt, zone).slice(0, 10) === wall.slice(0, 10)) {
    return { zh: '今日已广播校时', en: 'a broadcast was sent today already' };
  }
  const [hours = 0, minutes = 0, seconds = 0] = wall.slice(11).split(':').map(Number);
  const sinceMidnight = hours * 3600 + minutes * 60 + seconds;
  const fromMidnight = Math.min(sinceMidnight, DAY_S - sinceMidnight);
  // Its own midnight counts, and it is off by up to five minutes.
  if (fromMidnight > NOT_AROUND_MIDNIGHT_S + SETTABLE_S) return null;
  return { zh: '零点前后不校时', en: 'not set around midnight' };
}

function offWords(offS: number): Words {
  const seconds = Math.abs(offS);
  const [zh, en] = offS > 0 ? ['快', 'ahead'] : ['慢', 'behind'];
  return { zh: `表内时钟${zh} ${seconds} 秒`, en: `the meter's clock is ${seconds} s ${en}` };
}
