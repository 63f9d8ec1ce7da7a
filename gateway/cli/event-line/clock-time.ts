/** When something was, as the first word of a line. */

const clocks = new Map<string | undefined, Intl.DateTimeFormat>();

/** `22:01:07`. `at` in Unix milliseconds; `timeZone`: undefined for that of this machine. */
export function clockTime(at: number, timeZone: string | undefined): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone });
    clocks.set(timeZone, clock);
  }
  return clock.format(at);
}

/** `2026-11-21 22:01:07`, as `clockTime`. */
export function dayAndClock(at: number, timeZone: string | undefined): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
  return `${day} ${clockTime(at, timeZone)}`;
}
