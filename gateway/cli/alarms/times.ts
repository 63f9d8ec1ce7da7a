/** Times on the command line. Each throws commander's InvalidArgumentError, which names the option. */
import { InvalidArgumentError } from 'commander';

const DURATION = /^(?:(\d{1,4})h)?(?:(\d{1,5})m)?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** `2h`, `90m`, `1h30m`, in milliseconds. */
export function duration(text: string): number {
  const [, hours = '0', minutes = '0'] = DURATION.exec(text) ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (ms > 0) return ms;
  throw new InvalidArgumentError('A time such as 90m, 2h or 1h30m.');
}

/** ISO 8601, in UTC; without an offset by the clock of this machine. */
export function instant(text: string): string {
  const at = INSTANT.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  throw new InvalidArgumentError('A time such as 2026-12-01T08:00:00+08:00.');
}
