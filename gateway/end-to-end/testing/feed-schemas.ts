/** Which payload belongs on which topic: the table of docs/topics.md. */
import type { z } from 'zod';
import {
  alarmDecision,
  alarmEvent,
  alarmHead,
  alarmResult,
  alarmState,
  commandResult,
  deviceCommand,
  deviceStatus,
  event,
  feedSkipped,
  pointValue,
  status,
} from '../../broker/schemas.ts';
import { PREFIX } from './site.ts';

const TABLE: readonly (readonly [topic: RegExp, schema: z.ZodType])[] = [
  [/^status$/, status],
  [/^device\/[^/]+\/status$/, deviceStatus],
  [/^point\/[^/]+\/[^/]+$/, pointValue],
  [/^alarm\/state\/[^/]+$/, alarmState],
  [/^alarm\/head$/, alarmHead],
  [/^feed\/skipped$/, feedSkipped],
  [/^alarm\/event$/, alarmEvent],
  [/^event\/[^/]+\/[^/]+$/, event],
  [/^command-result\/[^/]+$/, commandResult],
  [/^alarm\/result\/[^/]+$/, alarmResult],
  // What is said to the gateway is heard by whoever listens to everything.
  [/^alarm\/command\/(ack|reset)$/, alarmDecision],
  [/^command\/[^/]+\/[^/]+$/, deviceCommand],
];

/** What is wrong with a message, in words; null when nothing is. */
export function misfit(topic: string, payload: string): string | null {
  const found = TABLE.find(([pattern]) => pattern.test(topic.slice(PREFIX.length + 1)));
  if (!found) return `${topic} is not in the table`;
  const parsed = found[1].safeParse(JSON.parse(payload));
  return parsed.success ? null : `${topic}: ${parsed.error.message}`;
}
