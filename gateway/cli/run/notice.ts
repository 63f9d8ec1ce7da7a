/** What in the log needs a person, as lines between those of the events. Pure. */
import { z } from 'zod';
import { mistakeLines } from '../check/report.ts';
import { clockTime } from '../event-line/clock-time.ts';
import type { Palette } from '../text/palette.ts';

export interface Notices {
  /** IANA name. */
  readonly timezone: string;
  readonly colours: Palette;
}

/** Pino's levels. */
const WARN = 40;
const ERROR = 50;

const mistake = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  message: z.string(),
  hint: z.string().optional(),
  severity: z.enum(['error', 'warning']),
});

const loggedRecord = z.object({
  level: z.number(),
  time: z.number(),
  msg: z.string(),
  /** Why, in words. */
  reason: z.string().optional(),
  /** Of a configuration that was refused. */
  mistakes: z.array(mistake).default([]),
  /** What a configuration that was applied has changed. */
  change: z.unknown().optional(),
  /** Trouble that was said before is over. */
  allClear: z.literal(true).optional(),
});

/** Warnings and errors, that they are over, and what has become of a changed configuration; nothing for other records. */
export function noticeLines(record: unknown, { timezone, colours }: Notices): string[] {
  const { data } = loggedRecord.safeParse(record);
  if (!data || (data.level < WARN && data.change === undefined && data.allClear === undefined)) return [];
  const { level, time, msg, reason, mistakes } = data;
  const symbol = level >= ERROR ? colours.bad('✗') : level >= WARN ? colours.warning('!') : colours.good('✓');
  return [
    `${colours.faint(clockTime(time, timezone))} ${symbol} ${msg}${reason === undefined ? '' : `: ${reason}`}`,
    ...mistakeLines(mistakes, colours).map((line) => `    ${line}`),
  ];
}
