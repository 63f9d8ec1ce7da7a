/** What the simulators say, as a line between those of the gateway. Pure. */
import { clockTime } from '../event-line/clock-time.ts';
import type { Palette } from '../text/palette.ts';

/** `2026-11-21T23:08:08.242Z the car alarm button is pressed` → `07:08:08 ~ …`, by the clock of the site and faint. */
export function simulatorLine(line: string, timezone: string, { faint }: Palette): string {
  const [, at, said] = /^(\S+Z) (.*)$/.exec(line) ?? [];
  if (at === undefined || said === undefined || Number.isNaN(Date.parse(at))) return faint(line);
  return faint(`${clockTime(Date.parse(at), timezone)} ~ ${said}`);
}
