/** Live figures of the small community: one bus that works, one that is down. */
import type { BusBudget } from '../../config/budget.ts';
import type { BusStatistics } from '../../statistics.ts';
import type { Health } from '../deps.ts';

/** 2026-01-01T00:00:00Z. */
export const START = Date.UTC(2026, 0, 1);

const figures = { exchanges: 0, errors: {}, latencyMs: null } as const;
const idle = {
  utilisation: 0,
  queued: 0,
  dropped: 0,
  discardedBytes: 0,
  surplusReplies: 0,
  reconnects: 0,
  hint: null,
} as const;

export const BUSES: readonly BusStatistics[] = [
  {
    ...idle,
    ...{ bus: 'lifts', state: 'open', reason: null, utilisation: 0.25, discardedBytes: 7, hint: 'it echoes' },
    ...{ exchanges: 120, errors: { timeout: 3 }, latencyMs: { p50: 12, p95: 30, p99: 45, max: 60 } },
    devices: [
      {
        ...{
          device: 'lift-io',
          breaker: 'closed',
          failedInARow: 0,
          lateMs: null,
          surplusReplies: 2,
          lastAnswer: START,
          exchanges: 120,
        },
        errors: { timeout: 3 },
        latencyMs: { p50: 12, p95: 30, p99: 45, max: 60 },
        lastError: { code: 'timeout', message: 'no answer in 500 ms', at: START },
      },
    ],
  },
  { ...figures, ...idle, bus: 'pump-room', state: 'closed', reason: 'no such port', devices: [] },
];

export const BUDGET: BusBudget = {
  ...{ bus: 'lifts', utilisation: 0.4, exchangesPerSecond: 2, longestExchangeMs: 40 },
  longestReplies: new Map([['lift-io', 9]]),
  loads: [{ device: 'lift-io', poll: 'alarm', periodMs: 500, exchanges: 1, wireMs: 200, utilisation: 0.4 } as const],
};

export const HEALTH: Health = {
  recorder: { commits: 0, observations: 0, readings: 0, waiting: 0, droppedReadings: 0, failedCommits: 0 },
  storeTrouble: null,
  configuration: { mistakes: [], waitsForRestart: [], changes: { applied: 1, refused: 2 } },
  broker: { online: true, trouble: null, refusals: { oversize: 2 } },
  inbox: { received: { command: 4 }, refused: { malformed: 3 } },
  commands: { refused: { outOfRange: 2 }, repeated: 1, finished: { done: 5, expired: 1 } },
  loopLagMs: 12,
  skippedPolls: 1,
  monitoringStation: null,
  simulatedTime: null,
};
