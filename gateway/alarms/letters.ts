/** The letters of docs/alarms.md, which follow from an alarm's flags and are never set. */
import type { AlarmFlags, AlarmLetter } from '../store/rows.ts';

/** What an alarm is underneath whatever hides it. */
export type Visible = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

/** The letter that is shown: out of service over suppressed by design over shelved over the rest. */
export function letterOf(flags: AlarmFlags): AlarmLetter {
  if (flags.outOfService) return 'I';
  if (flags.suppressed) return 'H';
  if (flags.shelved) return 'G';
  return underlying(flags);
}

export function underlying({ active, acked, latched }: AlarmFlags): Visible {
  if (active) return acked ? 'C' : 'B';
  if (latched) return acked ? 'F' : 'E';
  return acked ? 'A' : 'D';
}

/** The same of a letter, as the journal has it. */
export function isHiddenLetter(letter: unknown): boolean {
  return letter === 'G' || letter === 'H' || letter === 'I';
}

export function isHidden({ shelved, suppressed, outOfService }: AlarmFlags): boolean {
  return shelved || suppressed || outOfService;
}
