/** What buses and devices count, as it is answered. */
import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { BusStatistics, DeviceStatistics, ExchangeStatistics } from '../../statistics.ts';
import { time } from '../schema/fields.ts';

const count = z.int().min(0);

const exchanges = {
  exchanges: count.describe('That reached the wire'),
  errors: z
    .record(z.string(), count)
    .describe('That failed, or that the device has refused by its answer, by their code'),
  latencyMs: z.object({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() }).nullable(),
};

export const deviceStatisticsSchema = z.object({
  ...exchanges,
  lastAnswer: time.nullable().describe('Since the start of the gateway'),
  breaker: z.enum(['closed', 'open']).describe('open: probed once per back-off until it answers'),
  failedInARow: count,
  lateMs: count
    .nullable()
    .describe('How long after its request its last answer came that came too late; null since one came in time'),
  surplusReplies: count.describe('Replies that answered no request: copies, or answers to another master'),
  lastError: z.object({ code: z.string(), message: z.string(), at: time }).nullable(),
});

export const busStatisticsSchema = z.object({
  ...exchanges,
  utilisation: z.number().describe('Share of the last minute in which the line was busy'),
  queued: count,
  dropped: count.describe('Exchanges refused because the queue was full'),
  discardedBytes: count.describe('That were no part of an answer'),
  surplusReplies: count.describe('Replies of its devices that answered no request'),
  reconnects: count,
});

function exchangesView({ exchanges: sum, errors, latencyMs }: ExchangeStatistics) {
  // A failure that never occurred is left out.
  const counted = Object.entries(errors).map(([code, times]) => [code, times] as const);
  return { exchanges: sum, errors: Object.fromEntries(counted), latencyMs: latencyMs && { ...latencyMs } };
}

export function deviceStatisticsView(statistics: DeviceStatistics): z.input<typeof deviceStatisticsSchema> {
  const { lastAnswer, breaker, failedInARow, lateMs, surplusReplies, lastError } = statistics;
  return {
    ...exchangesView(statistics),
    lastAnswer: iso(lastAnswer),
    breaker,
    failedInARow,
    lateMs,
    surplusReplies,
    lastError: lastError && { ...lastError, at: iso(lastError.at) },
  };
}

export function busStatisticsView(statistics: BusStatistics): z.input<typeof busStatisticsSchema> {
  const { utilisation, queued, dropped, discardedBytes, surplusReplies, reconnects } = statistics;
  return { ...exchangesView(statistics), utilisation, queued, dropped, discardedBytes, surplusReplies, reconnects };
}
