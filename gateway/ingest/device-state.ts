/** Whether a device is up, and if not why, in words for the person who has to go and look. Pure. */
import type { DriverErrorCode } from '../../drivers/errors.ts';
import type { DeviceStateName } from '../store/rows.ts';
import { advise, REPEATS, type Failure, type Look, type Medium, type Neighbours } from './advice.ts';

/** A failure of one block, and how many polls in a row of this block have failed. */
export interface BlockFailure extends Failure {
  readonly times: number;
  /** Whether it says anything of the device: not while another block was read when it was last asked, and this one was not. */
  readonly counts: boolean;
}

export interface Health {
  /** Failed polls in a row, over all blocks whose failure counts. */
  readonly failedInARow: number;
  /** Polls in a row that were not answered, not even by a refusal; over all blocks. */
  readonly missedInARow: number;
  /** Blocks whose last poll failed, by their id; the latest failure last. */
  readonly failing: ReadonlyMap<string, BlockFailure>;
  /** Blocks whose last poll went well. */
  readonly answered: ReadonlySet<string>;
  /** Unix milliseconds of the first and the latest failure since the last good poll. */
  readonly failingSince: number | null;
  readonly lastFailure: number | null;
  /** Unix milliseconds of the first good poll since the last failure, and of the last good poll. */
  readonly answeringSince: number | null;
  readonly lastGood: number | null;
}

export const UNKNOWN: Health = {
  ...{ failedInARow: 0, missedInARow: 0, failing: new Map(), answered: new Set<string>() },
  ...{ failingSince: null, lastFailure: null, answeringSince: null, lastGood: null },
};

/** The health after a poll of one block; `failure` is null when it went well. `at` is Unix milliseconds. */
export function afterPoll(health: Health, block: string, failure: Failure | null, at: number): Health {
  return failure === null ? afterAnswer(health, block, at) : afterFailure(health, block, failure, at);
}

function afterAnswer(health: Health, block: string, at: number): Health {
  const { failing, answered, failingSince, answeringSince } = health;
  if (failingSince === null && failing.size === 0 && answered.has(block)) return { ...health, lastGood: at };
  const others = [...failing].filter(([id]) => id !== block);
  return {
    ...{ failedInARow: 0, missedInARow: 0 },
    failing: new Map(others.map(([id, each]) => [id, { ...each, counts: false }])),
    answered: new Set([...answered, block]),
    ...{ failingSince: null, lastFailure: null, answeringSince: answeringSince ?? at, lastGood: at },
  };
}

/** A block that fails while others are read may be missing in this device: its failure says nothing of it. */
function afterFailure(health: Health, block: string, failure: Failure, at: number): Health {
  const before = health.failing.get(block);
  const counts = before?.counts === true || health.answered.has(block) || health.answered.size === 0;
  const isRefusal = failure.code === 'refused' || failure.code === 'unsupported';
  const failing = new Map(health.failing);
  failing.delete(block);
  failing.set(block, { ...failure, times: (before?.times ?? 0) + 1, counts });
  return {
    failedInARow: health.failedInARow + Number(counts),
    missedInARow: health.missedInARow + Number(!isRefusal),
    failing,
    answered: new Set([...health.answered].filter((id) => id !== block)),
    failingSince: health.failingSince ?? at,
    lastFailure: at,
    answeringSince: null,
    lastGood: health.lastGood,
  };
}

/** The health with only the blocks that there are now. */
export function withBlocks(health: Health, blocks: ReadonlyMap<string, unknown>): Health {
  const answered = new Set([...health.answered].filter((id) => blocks.has(id)));
  return { ...health, answered, failing: new Map([...health.failing].filter(([id]) => blocks.has(id))) };
}

/**
 * After `failures` polls in a row were not answered: the block that is asked next whether the device is there, and no other is.
 * One that was read when last asked goes first, then the one whose failure is the oldest: always the same, as their periods
 * would have it, may be one that this device has not got. Null: any.
 */
export function nextProbe(health: Health, blocks: ReadonlyMap<string, unknown>, failures: number): string | null {
  if (health.missedInARow < failures) return null;
  const ids = [...blocks.keys()];
  const read = ids.find((id) => health.answered.has(id)) ?? ids.find((id) => !health.failing.has(id));
  return read ?? [...health.failing.keys()].find((id) => blocks.has(id)) ?? null;
}

/** Before the bus was lost is long ago: how often a block failed then says nothing. */
export function afterOutage(health: Health): Health {
  return {
    ...health,
    failedInARow: 0,
    failing: new Map(),
    failingSince: null,
    lastFailure: null,
    answeringSince: null,
  };
}

/** A neighbour's last answer says nothing of the line any more after so long. */
const RECENT_MS = 120_000;

/**
 * What a neighbour did while `device` failed. Null: it was not asked since, or it is not known yet what `device` does now that
 * this neighbour answers again.
 */
export function meanwhile(neighbour: Health, { failingSince, lastFailure }: Health): 'answering' | 'silent' | null {
  if (failingSince === null || lastFailure === null) return null;
  const { answeringSince, lastGood } = neighbour;
  const lastHeard = lastGood ?? -Infinity;
  if (answeringSince !== null && answeringSince <= lastFailure)
    return lastHeard > failingSince && lastHeard > lastFailure - RECENT_MS ? 'answering' : null;
  return neighbour.failingSince !== null && lastHeard <= failingSince ? 'silent' : null;
}

export interface Surroundings {
  readonly enabled: boolean;
  /** Why the bus is not open; null when it is. */
  readonly busTrouble: string | null;
  /** What the device refused to have set up; null when nothing. */
  readonly setupTrouble: string | null;
  /** Whose alarms cannot be raised, as it answers without a value for their contacts. */
  readonly unheard: readonly string[];
  /** Whether it has lately answered more often than it was asked. */
  readonly repeats: boolean;
  /** Failed polls in a row after which a device counts as offline. */
  readonly failures: number;
  /** How long after its request its last answer came, when that was too late; otherwise null. Milliseconds. */
  readonly lateMs: number | null;
  /** How long an answer is waited for, in milliseconds. */
  readonly replyTimeoutMs: number;
  /** Other devices of the same bus; asked only when somebody has to go and look. */
  readonly neighbours: () => Neighbours;
  readonly address: string;
  readonly medium: Medium;
  readonly blocks: number;
}

export interface Judgement {
  readonly state: DeviceStateName;
  /** What kind of reason it is: a device may be offline for one cause and then for another. */
  readonly cause: 'setting' | 'bus' | 'late' | 'repeats' | DriverErrorCode | 'none';
  readonly reason: string;
  /** Where the reason sends whoever goes to look; null where that is not known, or always the same for its cause. */
  readonly look: Look;
}

const NOWHERE = { look: null } as const;

export function judge(health: Health, around: Surroundings): Judgement {
  const { enabled, busTrouble, failures, setupTrouble, unheard, repeats } = around;
  if (!enabled) return { ...NOWHERE, state: 'disabled', cause: 'setting', reason: 'switched off in the configuration' };
  if (busTrouble !== null)
    return { ...NOWHERE, state: 'offline', cause: 'bus', reason: `its bus is not connected: ${busTrouble}` };
  if (health.failedInARow >= failures) return whyOffline(health, around);
  if (health.lastGood === null) return notHeardYet(health);
  if (repeats) return { ...NOWHERE, state: 'degraded', cause: 'repeats', reason: REPEATS };
  if (health.failing.size > 0)
    return { ...NOWHERE, state: 'degraded', cause: 'none', reason: whyDegraded(health, around) };
  if (unheard.length > 0) {
    const reason = `it answers, and has no value for the alarm contacts of ${unheard.join(', ')}: is it another model, or set up otherwise?`;
    return { ...NOWHERE, state: 'degraded', cause: 'unsupported', reason };
  }
  if (setupTrouble === null) return { ...NOWHERE, state: 'online', cause: 'none', reason: 'answers' };
  const reason = `it answers, and refuses to be set up: ${setupTrouble}`;
  return { ...NOWHERE, state: 'degraded', cause: 'refused', reason };
}

function whyOffline(health: Health, around: Surroundings): Judgement {
  const last = lastFailure(health);
  const failed = `${health.failedInARow} polls in a row failed: ${last.message}.`;
  const late = last.code === 'timeout' ? whyLate(around) : null;
  if (late !== null) return { ...NOWHERE, state: 'offline', cause: 'late', reason: `${failed} ${late}` };
  const { words, look } = advise(last, around);
  return { state: 'offline', cause: last.code, reason: `${failed} ${words}`, look };
}

function notHeardYet(health: Health): Judgement {
  if (health.failing.size === 0) return { ...NOWHERE, state: 'unknown', cause: 'none', reason: 'not asked yet' };
  const { code, message } = lastFailure(health);
  return { ...NOWHERE, state: 'unknown', cause: code, reason: `it has not answered yet: ${message}` };
}

function lastFailure(health: Health): Failure {
  return [...health.failing.values()].at(-1) ?? { code: 'timeout', message: 'no answer' };
}

function whyLate({ lateMs, replyTimeoutMs }: Surroundings): string | null {
  return lateMs === null
    ? null
    : `It is alive, and its answers come after ${lateMs} ms where ${replyTimeoutMs} ms are waited: raise its replyTimeoutMs`;
}

/** Of blocks that were not asked since a start, a change or an outage nothing is known, and nothing is said. */
function whyDegraded({ failing }: Health, { blocks }: Surroundings): string {
  const [block, failure] = [...failing][0] ?? ['', { message: '' }];
  return `${failing.size} of ${blocks} blocks failed when last asked; ${block}: ${failure.message}`;
}
