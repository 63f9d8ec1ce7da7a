/** One more value of a register, judged: what is kept of it, and whether the meter is to be asked again at once. Pure. */
import { withDoubted, type DoubtedLine } from '../rules/doubt.ts';
import { isOnDial, judge, scaleOf } from '../rules/plausible.ts';
import { countedOn, countPulses, startCounting, type PulseRegister, type PulseState } from '../rules/pulses.ts';
import type { Sighting } from '../rules/register.ts';
import type { Words } from '../rules/words.ts';
import type { MeterReading } from '../model.ts';
import type { PlacedRegister } from './registers.ts';

/** What is held for a person. */
export interface MeterDoubt {
  /** Values of the dial, or counts. */
  readonly lines: readonly DoubtedLine[];
  /** Whether people have been told. */
  readonly isTold: boolean;
}

export const NO_DOUBT: MeterDoubt = { lines: [], isTold: false };

/** What is known of a register before its next value. */
export interface Known {
  /** The last good value before the next one; at the beginning what it showed when it was installed. */
  readonly good: Sighting;
  /** When the newest good value of all was read: later than that one where the clock has been set back. Unix milliseconds. */
  readonly newestAt: number;
  readonly doubt: MeterDoubt;
  /** What it has just said, and was asked again for. */
  readonly asked: Sighting | null;
  /** Of a counter; null before it was first seen, and since a person has read the dial. */
  readonly pulses: PulseState | null;
  /** What had been counted before a person read the dial, which is `good`. */
  readonly before: PulseState | null;
}

/** What people have to be told. */
export interface Told {
  readonly type: 'suspect' | 'rollOver' | 'counterRestarted' | 'countingBegun';
  readonly words: Words;
}

export interface Outcome {
  readonly known: Known;
  /** Null: nothing is kept of it before it was read again. */
  readonly reading: Pick<MeterReading, 'value' | 'at' | 'standing' | 'notes'> | null;
  readonly event: Told | null;
  readonly readAgain: boolean;
}

export function dialSeen({ meter }: PlacedRegister, known: Known, seen: Sighting): Outcome {
  const { good, doubt } = known;
  const judged = judge(meter, { good, lines: doubt.lines, asked: known.asked }, seen);
  switch (judged.outcome) {
    case 'good':
      // Where it has not gone on, nothing has ended: not before it has said so twice.
      return believed(known, seen, null, seen.value === good.value && doubt.isTold ? doubt.lines : []);
    case 'rollOver':
      return believed(known, seen, { type: 'rollOver', words: judged.words }, []);
    case 'reread':
      return askedAgain(known, seen);
    case 'suspect': {
      const lines = isOnDial(meter, seen) ? withDoubted(scaleOf(meter), good, doubt.lines, seen) : doubt.lines;
      return doubted(known, seen, judged.words, lines);
    }
  }
}

export function countSeen(placed: PlacedRegister, known: Known, count: number, at: number): Outcome {
  const { meter, pulses } = placed;
  if (pulses === null) throw new Error(`${meter.number} is no counter`);
  const register: PulseRegister = { ...meter, ...pulses };
  const state = known.pulses;
  if (state === null) {
    const { value } = known.good;
    const wentOn = known.before && countedOn(register, known.before, known.good, { count, at });
    const event = wentOn ? gone(wentOn, known.good) : begun(value, count);
    return counted(known, wentOn ?? startCounting(register, value, { count, at }), event, []);
  }
  const { lines } = known.doubt;
  const step = countPulses(register, { state, lines, isAgain: known.asked !== null }, { count, at });
  switch (step.kind) {
    case 'counted':
    case 'overflowed':
      return counted(known, step.state, null, step.lines);
    case 'restarted':
      return counted(known, step.state, { type: 'counterRestarted', words: step.words }, step.lines);
    case 'reread':
      return askedAgain(known, { value: String(count), at });
    case 'suspect':
      // What the dial shows now nobody knows: the last value is held with the reason, for a person to look at.
      return doubted(known, { value: state.value, at }, step.words, step.lines);
  }
}

function counted(known: Known, pulses: PulseState, event: Told | null, lines: readonly DoubtedLine[]): Outcome {
  return believed({ ...known, pulses, before: null }, { value: pulses.value, at: pulses.at }, event, lines);
}

function believed(known: Known, good: Sighting, event: Told | null, lines: readonly DoubtedLine[]): Outcome {
  const reading = kept(good, event === null ? [] : [event.words]);
  const doubt = lines.length === 0 ? NO_DOUBT : { lines, isTold: false };
  const newestAt = Math.max(known.newestAt, good.at);
  return { known: { ...known, good, newestAt, doubt, asked: null }, reading, event, readAgain: false };
}

function askedAgain(known: Known, seen: Sighting): Outcome {
  return { known: { ...known, asked: seen }, reading: null, event: null, readAgain: true };
}

/** A value that stays suspect is told once. */
function doubted(known: Known, seen: Sighting, words: Words, lines: readonly DoubtedLine[]): Outcome {
  const reading = { ...kept(seen, [words]), standing: 'suspect' as const };
  const event = known.doubt.isTold ? null : ({ type: 'suspect', words } as const);
  return { known: { ...known, doubt: { lines, isTold: true }, asked: null }, reading, event, readAgain: false };
}

function begun(dial: string, count: number): Told {
  const words = {
    zh: `开始计数：表底数 ${dial} 对应脉冲数 ${count}`,
    en: `counting begins: the dial shows ${dial} at ${count} pulses`,
  };
  return { type: 'countingBegun', words };
}

function gone({ value, count }: PulseState, dial: Sighting): Told {
  const words = {
    zh: `抄录表底数 ${dial.value} 之后首次读到脉冲数 ${count}：按中断前的脉冲续计为 ${value}`,
    en: `the first count since the dial was read (${dial.value}) is ${count}: counted on from before, it shows ${value}`,
  };
  return { type: 'countingBegun', words };
}

function kept({ value, at }: Sighting, notes: readonly Words[]): NonNullable<Outcome['reading']> {
  return { value, at, standing: 'good', notes: notes.map(told) };
}

/** Both languages: it is kept with the reading, whoever reads it. */
export function told({ zh, en }: Words): string {
  return `${zh} / ${en}`;
}
