/** What buses and devices count while they run: live figures for the API, metrics and the command line. Types only. */
import type { DriverErrorCode } from '../drivers/errors.ts';

export interface ExchangeStatistics {
  /** Exchanges that reached the wire. */
  readonly exchanges: number;
  readonly errors: Readonly<Partial<Record<DriverErrorCode, number>>>;
  /** From the request's first byte to the reply's last, of the latest exchanges; null before the first. Milliseconds. */
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number } | null;
}

export interface DeviceStatistics extends ExchangeStatistics {
  readonly device: string;
  /** When it last answered anything, in time; null before. Unix milliseconds. */
  readonly lastAnswer: number | null;
  /** `open`: one probe per back-off window until it answers. */
  readonly breaker: 'closed' | 'open';
  readonly failedInARow: number;
  /** How long after its request its last answer came that came too late; null since one came in time. Milliseconds. */
  readonly lateMs: number | null;
  /** Replies that answered no request: copies, or answers to somebody else. */
  readonly surplusReplies: number;
  /** The last failure in words, and when; null when none yet. */
  readonly lastError: { readonly code: DriverErrorCode; readonly message: string; readonly at: number } | null;
}

export interface BusStatistics extends ExchangeStatistics {
  readonly bus: string;
  readonly state: 'open' | 'connecting' | 'closed';
  /** Why it is not open, in words. */
  readonly reason: string | null;
  /** Share of the last minute in which the line was busy, 0 to 1. */
  readonly utilisation: number;
  readonly queued: number;
  /** Exchanges refused because the queue was full. */
  readonly dropped: number;
  /** Bytes that were no part of an answer: noise, other masters, late replies. */
  readonly discardedBytes: number;
  /** Replies of its devices that answered no request. */
  readonly surplusReplies: number;
  readonly reconnects: number;
  /** What the figures suggest, such as an adapter that echoes. */
  readonly hint: string | null;
  readonly devices: readonly DeviceStatistics[];
}
