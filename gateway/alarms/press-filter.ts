/**
 * The alarm filter of a lift (EN 81-28:2018, 4.1.2): whether a press of the car's button can be left unannounced, because the
 * car stands at a floor with its doors open, or moves and then opens them. Pure; times are monotonic milliseconds.
 *
 * Only what is known, and was read after the press, lets one be left out: everything else announces it.
 */
import type { Reading } from '../../drivers/contract.ts';
import { holds } from './point-test.ts';
import type { LiftFilter, PointTest } from './types.ts';

/** What a contact last said, and when that was read. */
interface Contact {
  readonly on: boolean;
  readonly readAt: number;
}

/** Null: not known. A lift that has no contact for `running` is taken to stand: nothing then waits for it to arrive. */
export interface Car {
  readonly doorOpen: Contact | null;
  readonly running: Contact | null;
}

export const UNKNOWN_CAR: Car = { doorOpen: null, running: null };

/** A press that waits for what the car does. */
export interface Press {
  readonly since: number;
  /** How many there were since, and when the latest was. */
  readonly presses: number;
  readonly latest: number;
  /** Since when the button is held; null once it has been seen released. */
  readonly heldSince: number | null;
  /** Whether the car has been seen moving since. */
  readonly travelled: boolean;
  /** Since when it stands after that with its doors closed; null while it does not. */
  readonly stoppedAt: number | null;
  /** When time alone decides. */
  readonly due: number;
}

/** Why a press was left out. */
export type Excuse = 'doorOpen' | 'doorOpened';

/** Why one was announced. */
export type Alarming = 'doorClosed' | 'held' | 'unknown' | 'notRead' | 'travelledTooLong' | 'doorStayedClosed';

export type Verdict =
  | { readonly kind: 'raise'; readonly why: Alarming }
  | { readonly kind: 'drop'; readonly why: Excuse }
  | { readonly kind: 'wait'; readonly press: Press };

/** How long the car's contacts may take to be read after a press: several polls of a contact. */
const READ_WITHIN_MS = 5_000;

/** One press more, of which nothing is known yet. */
export function takePress(before: Press | null, now: number): Press {
  const presses = (before?.presses ?? 0) + 1;
  const heldSince = before?.heldSince ?? now;
  const first = { since: now, travelled: false, stoppedAt: null, due: now };
  return { ...(before ?? first), presses, latest: now, heldSince };
}

/** The button has been released. */
export function releasePress(press: Press): Press {
  return { ...press, heldSince: null };
}

/** Takes what was read of the car's contacts. A value that is not good is not known. */
export function seeCar(car: Car, filter: LiftFilter, seen: ReadonlyMap<string, Reading>, now: number): Car {
  const { doorOpen, running } = filter;
  return {
    doorOpen: seeContact(car.doorOpen, doorOpen, seen, now),
    running: running && seeContact(car.running, running, seen, now),
  };
}

/** `isButtonKnown`: whether the button's own contact could be read when it was last asked. */
export function judge(press: Press, car: Car, isButtonKnown: boolean, filter: LiftFilter, now: number): Verdict {
  const { doorOpen, running } = car;
  if (!isButtonKnown || !doorOpen || (filter.running && !running)) return raise('unknown');
  const heldUntil = press.heldSince === null ? Infinity : press.heldSince + filter.holdMs;
  if (now >= heldUntil) return raise('held');
  if (running?.on === true) return travelling(press, heldUntil, filter, now);
  if (!doorOpen.on) return closed(press, heldUntil, filter, now);
  const readAt = Math.min(doorOpen.readAt, running?.readAt ?? Infinity);
  return open(press, heldUntil, readAt, now);
}

/** A contact that says so for longer than any travel takes is not believed. */
function travelling(press: Press, heldUntil: number, filter: LiftFilter, now: number): Verdict {
  const arrivesBy = press.since + filter.travelMs;
  if (now >= arrivesBy) return raise('travelledTooLong');
  return wait({ ...press, travelled: true, stoppedAt: null }, Math.min(heldUntil, arrivesBy));
}

/** Whoever stands before an open door may leave; whoever holds the button all the same wants more. */
function open(press: Press, heldUntil: number, readAt: number, now: number): Verdict {
  const isReleased = press.heldSince === null;
  if (readAt > press.latest) {
    if (isReleased) return { kind: 'drop', why: press.travelled ? 'doorOpened' : 'doorOpen' };
    return wait({ ...press, stoppedAt: null }, heldUntil);
  }
  const readBy = press.latest + READ_WITHIN_MS;
  if (now >= readBy) return raise('notRead');
  return wait({ ...press, stoppedAt: null }, Math.min(heldUntil, readBy));
}

/** A car that has just arrived is given a moment to open; one that stood already when the button was pressed is not. */
function closed(press: Press, heldUntil: number, filter: LiftFilter, now: number): Verdict {
  if (!press.travelled) return raise('doorClosed');
  const stoppedAt = press.stoppedAt ?? now;
  const opensBy = Math.min(stoppedAt + filter.openMs, press.since + filter.travelMs);
  if (now >= opensBy) return raise('doorStayedClosed');
  return wait({ ...press, stoppedAt }, Math.min(heldUntil, opensBy));
}

function seeContact(
  before: Contact | null,
  test: PointTest,
  seen: ReadonlyMap<string, Reading>,
  now: number,
): Contact | null {
  const reading = seen.get(test.point);
  if (!reading) return before;
  const on = reading.quality === 'good' ? holds(test, before?.on ?? false, reading) : null;
  return on === null ? null : { on, readAt: now };
}

function raise(why: Alarming): Verdict {
  return { kind: 'raise', why };
}

function wait(press: Press, due: number): Verdict {
  return { kind: 'wait', press: { ...press, due } };
}
