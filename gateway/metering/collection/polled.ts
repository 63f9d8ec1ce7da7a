/** One more value of a register, judged: what is kept of it, and whether the meter is to be asked again at once. Pure. */
import { judge, withHeld, type Held } from '../rules/plausible.ts';
import { countPulses, startCounting, type PulseRegister, type PulseState } from '../rules/pulses.ts';
import type { Sighting } from '../rules/register.ts';
import type { Words } from '../rules/words.ts';
import type { MeterReading } from '../model.ts';
import type { PlacedRegister } from './registers.ts';

/** What is known of a register before its next value. */
export interface Known {
  /** The last good value; at the beginning what it showed when it was installed. */
  readonly good: Sighting;
  readonly doubtful: Sighting | null;
  /** Of a dial. */
  readonly held: Held | null;
  /** Whether a value is held for a person, who has been told. */
  readonly isTold: boolean;
  /** Of a counter; null before it was first seen. */
  readonly pulses: PulseState | null;
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
  const judged = judge(meter, known, seen);
  switch (judged.outcome) {
    case 'good':
      return believed(known, seen, null);
    case 'rollOver':
      return believed(known, seen, { type: 'rollOver', words: judged.words });
    case 'reread':
      return { known: { ...known, doubtful: seen }, reading: null, event: null, readAgain: true };
    case 'suspect':
      return doubted({ ...known, doubtful: seen, held: withHeld(meter, known.held, seen) }, seen, judged.words);
  }
}

export function countSeen(placed: PlacedRegister, known: Known, count: number, at: number): Outcome {
  const { meter, pulses } = placed;
  if (pulses === null) throw new Error(`${meter.number} is no counter`);
  const register: PulseRegister = { ...meter, ...pulses };
  if (known.pulses === null) {
    const { value } = known.good;
    return counted(known, startCounting(register, value, { count, at }), begun(value, count));
  }
  const step = countPulses(register, known.pulses, { count, at }, known.doubtful !== null);
  switch (step.kind) {
    case 'counted':
    case 'overflowed':
      return counted(known, step.state, null);
    case 'restarted':
      return counted(known, step.state, { type: 'counterRestarted', words: step.words });
    case 'reread':
      return {
        known: { ...known, doubtful: { value: String(count), at } },
        reading: null,
        event: null,
        readAgain: true,
      };
    case 'suspect':
      // What the dial shows now nobody knows: the last value is held with the reason, for a person to look at.
      return doubted({ ...known, pulses: step.state }, { value: known.pulses.value, at }, step.words);
  }
}

function counted(known: Known, pulses: PulseState, event: Told | null): Outcome {
  return believed({ ...known, pulses }, { value: pulses.value, at: pulses.at }, event);
}

function believed(known: Known, good: Sighting, event: Told | null): Outcome {
  const reading = kept(good, event === null ? [] : [event.words]);
  return { known: { ...known, good, doubtful: null, held: null, isTold: false }, reading, event, readAgain: false };
}

/** A value that stays suspect is told once. */
function doubted(known: Known, seen: Sighting, words: Words): Outcome {
  const reading = { ...kept(seen, [words]), standing: 'suspect' as const };
  const event = known.isTold ? null : ({ type: 'suspect', words } as const);
  return { known: { ...known, isTold: true }, reading, event, readAgain: false };
}

function begun(dial: string, count: number): Told {
  const words = {
    zh: `开始计数：表底数 ${dial} 对应脉冲数 ${count}`,
    en: `counting begins: the dial shows ${dial} at ${count} pulses`,
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
