/** What goes on in a community, and what it gets hold of. */
import type { Contacts } from '../devices/contacts.ts';

/** Something that goes on by itself: water runs, meters count. `now` in monotonic milliseconds. */
export interface Process {
  advance(now: number): void;
}

/** One contact of one module. */
export interface Terminal {
  readonly contacts: Contacts;
  readonly channel: number;
}
