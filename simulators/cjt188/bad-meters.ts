/** What can be wrong with a meter, as parts of the options of meters.ts: every community has some of each. */
import { HOUR_MS, type LocalMs } from '../metering/local-time.ts';
import type { Cjt188Options } from './meters.ts';

type Bad = Pick<Cjt188Options, 'initial' | 'register' | 'clock' | 'model'>;

/** Never answers from then on. */
export const dead = (deadFrom: LocalMs = 0): Bad => ({ model: { deadFrom } });

/** Answers, but does not count any more. */
export const stuckDial = (stuckFrom: LocalMs): Bad => ({ register: { stuckFrom } });

/** Shows so many litres or kJ less from then on. */
export const jumpingBack = (at: LocalMs, by: number): Bad => ({ register: { jumps: [{ at, by: -by }] } });

/** Shows 999999.99 and then 0.00 after so many hundredths more. */
export const rollingOver = (hundredths: number): Bad => ({ initial: 100_000_000 - hundredths });

/** Knows `1F 90` alone, where its edition says `90 1F`. */
export const wrongDiOrder: Bad = { model: { diOrder: 'low' } };

export const lowBattery = (batteryLowFrom: LocalMs = 0): Bad => ({ model: { batteryLowFrom } });

/** Its motor turns for `motorMs`, and its status then says that something is wrong. */
export const stuckValve = (motorMs = 10_000): Bad => ({ model: { valve: { control: 0x04, motorMs, isStuck: true } } });

/** Its clock is ahead: its settlement values belong to an earlier moment. */
export const wrongClock = (aheadMs = HOUR_MS): Bad => ({ clock: { aheadMs, since: 0 } });

/** Answers with another SER than it was asked with. */
export const ownSer: Bad = { model: { ser: 'own' } };

/** Sleeps until it has heard so many FE. */
export const sleepy = (needsWakeUps = 2): Bad => ({ model: { needsWakeUps } });
