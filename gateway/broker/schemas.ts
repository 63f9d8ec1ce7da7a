/** Every payload of the feed. What comes in is validated with these; what goes out is tested against them. */
import { z } from 'zod';

/** ISO 8601, UTC. */
const time = z.iso.datetime();
const epoch = z.int().min(0);
const seq = z.int().min(0);
const value = z.union([z.number(), z.boolean(), z.string(), z.null()]);
/** Becomes a topic segment of the answer. */
export const requestId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id is 1 to 64 letters, digits, - or _');
const letter = z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']);

export const status = z.strictObject({
  online: z.boolean(),
  /** A new one at each start of the gateway. */
  bootId: z.string(),
  epoch,
  /** The newest event of the feed when this was published. */
  seq,
  version: z.string(),
});

export const deviceStatus = z.strictObject({
  state: z.enum(['online', 'degraded', 'offline', 'disabled', 'unknown']),
  reason: z.string(),
  since: time.nullable(),
  lastGood: time.nullable(),
});

export const pointValue = z.strictObject({
  /** Null when unknown: never 0 instead. */
  value,
  unit: z.string().nullable(),
  quality: z.enum(['good', 'uncertain', 'bad']),
  reason: z.string().optional(),
  /** Source time; null where the device told an impossible one. */
  at: time.nullable(),
});

export const reading = z.strictObject({
  registers: z
    .array(
      z.strictObject({
        point: z.string(),
        /** IEC 62056-6-1. */
        obis: z.string().optional(),
        /** Exact; null when the meter gave none. */
        value: z
          .string()
          .regex(/^-?\d+(\.\d+)?$/)
          .nullable(),
        unit: z.string().nullable(),
        quality: z.enum(['good', 'uncertain', 'bad']),
        reason: z.string().optional(),
        at: time.nullable(),
        /** The meter's own wall clock, without zone. */
        meterTime: z.string().optional(),
        frozen: z.strictObject({ kind: z.enum(['settlement', 'daily']), ago: z.int().min(1) }).optional(),
        meter: z.string().optional(),
        standing: z.enum(['good', 'suspect']).optional(),
      }),
    )
    .min(1),
});

export const alarmState = z.strictObject({
  letter,
  active: z.boolean(),
  acked: z.boolean(),
  latched: z.boolean(),
  shelved: z.boolean(),
  suppressed: z.boolean(),
  outOfService: z.boolean(),
  raisedWhileSuppressed: z.boolean(),
  epoch,
  rev: seq,
  alarm: z.string(),
  source: z.string(),
  device: z.string(),
  type: z.string(),
  channel: z.string().nullable(),
  occurrenceId: z.string().nullable(),
  priority: z.int().min(1).max(4),
  count: z.int().min(0),
  escalation: z.int().min(0),
  detectedAfterOutage: z.boolean(),
  drill: z.boolean(),
  /** Of a drill that a person began: when it ends, or has ended. */
  drillEndsAt: time.nullable(),
  raisedAt: time.nullable(),
  ackedAt: time.nullable(),
  ackedBy: z.string().nullable(),
  clearedAt: time.nullable(),
  announcedAt: time.nullable(),
  shelving: z.strictObject({ until: time.nullable(), by: z.string(), reason: z.string() }).nullable(),
  suppressedBy: z.array(z.string()),
  permit: z.strictObject({ by: z.string(), text: z.string(), since: time.nullable() }).nullable(),
  changedAt: time,
});

export const alarmHead = z.strictObject({
  epoch,
  /** The newest alarm event that was published. */
  seq,
  nonNormal: z.int().min(0),
  /** Over the non-normal states that were published; docs/topics.md says how. */
  stateHash: z.string().regex(/^[0-9a-f]{16}$/),
  at: time,
});

/** CloudEvents 1.0, structured JSON; `epoch`, `seq` and `backlog` are extension attributes. */
const cloudEvent = {
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  time,
  datacontenttype: z.literal('application/json'),
  epoch,
  seq,
  /** Sent late: never overwrite a newer state with it. */
  backlog: z.literal(true).optional(),
};

export const event = z.strictObject({ ...cloudEvent, data: z.record(z.string(), z.unknown()) });

export const alarmEventType = z.enum([
  ...(['raise', 'raiseAgain', 'ack', 'clear', 'reset', 'reAlarm', 'escalate', 'shelve', 'unshelve'] as const),
  ...(['suppress', 'unsuppress', 'removeFromService', 'placeInService'] as const),
]);

export const alarmTransition = z.looseObject({
  /** Seq of the alarm event before this one, of any alarm; 0 for the first. */
  prevSeq: seq,
  alarm: z.string().min(1),
  occurrenceId: z.string().nullable(),
  type: alarmEventType,
  from: letter,
  to: letter,
  by: z.string().nullable(),
  note: z.string().nullable(),
  priority: z.int().min(1).max(4),
});

export const alarmEvent = z.strictObject({
  ...cloudEvent,
  data: z.looseObject({ ...alarmTransition.shape, epoch, seq, at: time }),
});

/** What a command has seen: the proof of its effect, never the echo of the request. */
export const commandOutcome = z.strictObject({
  seen: z.array(
    z.strictObject({
      point: z.string(),
      ...pointValue.omit({ unit: true }).shape,
      /** Of a meter's register: all its digits. */
      exact: z.string().optional(),
      /** The meter's own wall clock, without zone. */
      meterTime: z.string().optional(),
    }),
  ),
});

export const commandResult = z.strictObject({
  commandId: requestId,
  /** `accepted` and `refused` answer at once; the others are the end, and come through the outbox with epoch and seq. */
  state: z.enum(['accepted', 'refused', 'done', 'failed', 'expired']),
  device: z.string().optional(),
  action: z.string().optional(),
  value: value.optional(),
  /** When done. */
  result: commandOutcome.nullish(),
  error: z.string().nullish(),
  at: time,
  epoch: epoch.optional(),
  seq: seq.optional(),
  backlog: z.literal(true).optional(),
});

export const alarmResult = z.strictObject({
  commandId: requestId,
  ok: z.boolean(),
  /** False: accepted, but not yet on the disk. */
  stored: z.boolean().optional(),
  error: z.string().optional(),
  at: time,
});

export const feedSkipped = z.strictObject({
  epoch,
  skipped: z.array(z.strictObject({ seq, reason: z.string() })),
});

export const refreshAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('event'), event: alarmEvent }),
  z.strictObject({ kind: z.literal('gap'), from: seq, to: seq }),
  z.strictObject({ kind: z.literal('start'), epoch, seq }),
  z.strictObject({ kind: z.literal('item'), state: alarmState }),
  z.strictObject({ kind: z.literal('end'), epoch, seq, count: z.int().min(0) }),
  z.strictObject({ kind: z.literal('refused'), error: z.string() }),
]);

const note = z.string().max(500).nullable().default(null);

const alarmKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,200}$/, 'an alarm is named as in its state, such as lift-3-2--lift-carAlarm');
const signed = { commandId: requestId, alarm: alarmKey, note };
const seen = { ...signed, occurrenceId: z.string().max(300).nullable(), rev: seq };

/** To acknowledge, to reset, to take out of service. */
export const alarmDecision = z.strictObject(seen);

export const alarmShelving = z.strictObject({ ...seen, until: z.iso.datetime({ offset: true }) });

/** To show an alarm again, which needs no look at it first. */
export const alarmShowing = z.strictObject(signed);

export const deviceCommand = z.strictObject({
  commandId: requestId,
  value: value.default(null),
  expiresInMs: z.int().min(1).max(10_000).optional(),
});

export const refreshRequest = z.strictObject({
  requestId,
  fromEpoch: epoch.nullable().default(null),
  fromSeq: seq.default(0),
});

export const watermark = z.strictObject({ epoch, seq });
