/** Whether a device is up, and if not why, in words for the person who has to go and look. Pure. */
import type { DriverErrorCode } from '../../drivers/errors.ts';
import type { DeviceStateName } from '../store/rows.ts';

export interface Failure {
  readonly code: DriverErrorCode;
  readonly message: string;
}

/** A failure of one block, and how many polls in a row of this block have failed. */
export interface BlockFailure extends Failure {
  readonly times: number;
}

export interface Health {
  /** Failed polls in a row, over all blocks. */
  readonly failedInARow: number;
  /** Blocks whose last poll failed, by their id. */
  readonly failing: ReadonlyMap<string, BlockFailure>;
  /** Unix milliseconds of the last good poll. */
  readonly lastGood: number | null;
}

export const UNKNOWN: Health = { failedInARow: 0, failing: new Map(), lastGood: null };

/** The health after a poll of one block; `failure` is null when it went well. `at` is Unix milliseconds. */
export function afterPoll(health: Health, block: string, failure: Failure | null, at: number): Health {
  if (failure === null && health.failedInARow === 0 && !health.failing.has(block)) return { ...health, lastGood: at };
  const failing = new Map(health.failing);
  if (failure === null) {
    failing.delete(block);
    return { failedInARow: 0, failing, lastGood: at };
  }
  failing.set(block, { ...failure, times: (failing.get(block)?.times ?? 0) + 1 });
  return { ...health, failedInARow: health.failedInARow + 1, failing };
}

export interface Neighbours {
  readonly total: number;
  readonly answering: number;
}

export interface Surroundings {
  readonly enabled: boolean;
  /** Why the bus is not open; null when it is. */
  readonly busTrouble: string | null;
  /** What the device refused to have set up; null when nothing. */
  readonly setupTrouble: string | null;
  /** Failed polls in a row after which a device counts as offline. */
  readonly failures: number;
  /** How long after its request its last answer came, when that was too late; otherwise null. Milliseconds. */
  readonly lateMs: number | null;
  /** How long an answer is waited for, in milliseconds. */
  readonly replyTimeoutMs: number;
  /** Other devices of the same bus, and how many of them answer; asked only when somebody has to go and look. */
  readonly neighbours: () => Neighbours;
  readonly address: string;
  readonly blocks: number;
}

export interface Judgement {
  readonly state: DeviceStateName;
  /** What kind of reason it is: a device may be offline for one cause and then for another. */
  readonly cause: 'setting' | 'bus' | 'late' | DriverErrorCode | 'none';
  readonly reason: string;
}

export function judge(health: Health, around: Surroundings): Judgement {
  const { enabled, busTrouble, failures } = around;
  if (!enabled) return { state: 'disabled', cause: 'setting', reason: 'switched off in the configuration' };
  if (busTrouble !== null) return { state: 'offline', cause: 'bus', reason: `its bus is not connected: ${busTrouble}` };
  if (health.failedInARow >= failures) {
    const last = lastFailure(health);
    const late = last.code === 'timeout' ? whyLate(around) : null;
    const reason = `${health.failedInARow} polls in a row failed: ${last.message}. ${late ?? advice(last.code, around)}`;
    return { state: 'offline', cause: late === null ? last.code : 'late', reason };
  }
  if (health.lastGood === null) return notHeardYet(health);
  if (health.failing.size > 0) return { state: 'degraded', cause: 'none', reason: whyDegraded(health, around) };
  if (around.setupTrouble === null) return { state: 'online', cause: 'none', reason: 'answers' };
  return {
    state: 'degraded',
    cause: 'refused',
    reason: `it answers, and refuses to be set up: ${around.setupTrouble}`,
  };
}

function notHeardYet(health: Health): Judgement {
  if (health.failing.size === 0) return { state: 'unknown', cause: 'none', reason: 'not asked yet' };
  const { code, message } = lastFailure(health);
  return { state: 'unknown', cause: code, reason: `it has not answered yet: ${message}` };
}

function lastFailure(health: Health): Failure {
  return [...health.failing.values()].at(-1) ?? { code: 'timeout', message: 'no answer' };
}

function whyLate({ lateMs, replyTimeoutMs }: Surroundings): string | null {
  return lateMs === null
    ? null
    : `It is alive, and its answers come after ${lateMs} ms where ${replyTimeoutMs} ms are waited: raise its replyTimeoutMs`;
}

/** Where to look first: what the neighbours do tells a dead device from a dead line. */
function advice(code: DriverErrorCode, { neighbours, address }: Surroundings): string {
  const { total, answering } = neighbours();
  switch (code) {
    case 'timeout':
      if (answering > 0)
        return `${answering} of ${total} others on this bus answer: look at this device (power, address ${address}, its drop of the cable)`;
      if (total > 0)
        return 'Nothing on this bus answers: look at the line (A and B swapped, baud rate, adapter, cable, power)';
      return `Look at its power, its address (${address}) and the baud rate`;
    case 'checksum':
      return 'Bytes arrive damaged: look at termination, shielding, baud rate and parity, or for two devices with one address';
    case 'foreign':
      return 'Somebody else answers: look for a second master on the line, two devices with one address, or a gateway that mixes replies up';
    case 'echo':
      return 'Look at the echo setting of this bus, and for a second master';
    case 'refused':
    case 'unsupported':
      return 'It is alive and refuses: look at whether the profile fits this model and firmware';
    case 'closed':
    case 'unsent':
    case 'unconfirmed':
    case 'config':
      return 'Look at the bus';
  }
}

/** Of blocks that were not asked since a start, a change or an outage nothing is known, and nothing is said. */
function whyDegraded({ failing }: Health, { blocks }: Surroundings): string {
  const [block, failure] = [...failing][0] ?? ['', { message: '' }];
  return `${failing.size} of ${blocks} blocks failed when last asked; ${block}: ${failure.message}`;
}
