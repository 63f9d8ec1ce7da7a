/** Times as they are read on paper: on the wall clock of the site, without a zone, which the document names once. Pure. */
import { localOf } from '../metering/rules/zone.ts';

/** `2026-11-22 21:30:37`; empty for null. `zone`: IANA name; `at`: Unix milliseconds. */
export function wallTime(at: number | null, zone: string): string {
  return at === null ? '' : localOf(at, zone).replace('T', ' ');
}

/** `2026-11-22 21:30:37.042`. */
export function wallTimeMs(at: number | null, zone: string): string {
  if (at === null) return '';
  const parts = ((at % 1000) + 1000) % 1000;
  return `${wallTime(at, zone)}.${String(Math.floor(parts)).padStart(3, '0')}`;
}

/** `3 h 05 min`, `12 min 07 s`, `42 s`: as long as that, rounded down. Milliseconds; empty for null. */
export function span(ms: number | null): string {
  if (ms === null) return '';
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  if (hours > 0) return `${hours} h ${two(minutes)} min`;
  return minutes > 0 ? `${minutes} min ${two(seconds % 60)} s` : `${seconds} s`;
}
