/** What is to be done about the tests of one lift at this moment. Pure; times are Unix milliseconds. */
import type { LiftTestSettings } from '../config/lift-tests-schema.ts';
import type { AlarmRow } from '../store/rows.ts';

export interface TestState {
  /** Of the drill; undefined: there never was one. */
  readonly row: Pick<AlarmRow, 'letter'> | undefined;
  /** Whether everything that was told of the drill has arrived: its last event has left the outbox. */
  readonly hasArrived: boolean;
  /** Whether the module that the lift's button is on can be heard, and has the button: without it there is no way to test. */
  readonly isHeard: boolean;
  /** Of the last confirmed test, or from when on there are tests at all. */
  readonly testedAt: number;
  readonly wasTested: boolean;
}

export interface TestStep {
  /** `acknowledge`, then `end` it: by then both the raise and the acknowledgement have gone the whole way. */
  readonly next: 'begin' | 'acknowledge' | 'end' | null;
  readonly isMissing: boolean;
}

const HOUR_MS = 3_600_000;

export function testStep(state: TestState, { everyH, missingAfterH }: LiftTestSettings, now: number): TestStep {
  // A clock that was set back must not put the next test off.
  const ago = Math.abs(now - state.testedAt);
  const isDue = !state.wasTested || ago >= everyH * HOUR_MS;
  return { next: nextOf(state, isDue), isMissing: ago >= missingAfterH * HOUR_MS };
}

function nextOf({ row, hasArrived, isHeard }: TestState, isDue: boolean): TestStep['next'] {
  switch (row?.letter) {
    case undefined:
    case 'A':
      return isDue && isHeard ? 'begin' : null;
    case 'B':
    case 'D':
      return hasArrived ? 'acknowledge' : null;
    case 'C':
      return hasArrived ? 'end' : null;
    case 'E':
    case 'F':
    case 'G':
    case 'H':
    case 'I':
      // Somebody has made the type latch, or hidden the drill: then there is none, and it will be missed.
      return null;
  }
}
